package program

import "github.com/tallystick-go/tallystick/internal/doc"

// readers notes where each slot is first read.
func (l *linker) readers() {
	p := l.program
	p.readers = map[int]doc.Place{}
	note := func(slots []int, at doc.Place) {
		for _, s := range slots {
			if first, known := p.readers[s]; !known || at.Before(first) {
				p.readers[s] = at
			}
		}
	}
	for _, e := range l.Decoder.Expressions {
		if prog := l.programs[e]; prog != nil {
			note(prog.Reads, source(e).Place())
		}
	}
	for i := range p.Values {
		note(p.Values[i].reads, p.Values[i].place)
	}
}

// Reader returns where input i is first read, be it by a value that nothing else reads; ok is false where nothing reads it,
// so that no decision depends on it, save for the name of the customer in it. What is given by hand is always read.
func (p *Program) Reader(i int) (at doc.Place, ok bool) {
	if i >= len(p.File.Inputs) {
		return doc.Place{}, true
	}
	at, ok = p.readers[i]
	return at, ok
}
