package yamldoc

import (
	"sort"

	"github.com/tallystick-go/tallystick/internal/doc"
)

// maxFaults is how many faults are reported: nobody reads more, and a file made of nothing else would cost memory.
const maxFaults = 100

// faults gathers what is wrong.
type faults struct {
	list []doc.Fault
	more int // those beyond maxFaults
}

func (fs *faults) add(f doc.Fault) {
	if len(fs.list) == maxFaults {
		fs.more++
		return
	}
	fs.list = append(fs.list, f)
}

func (fs *faults) addAll(more *faults) {
	for _, f := range more.list {
		fs.add(f)
	}
	fs.more += more.more
}

// sorted returns the faults in the order of the file.
func (fs *faults) sorted() []doc.Fault {
	sort.SliceStable(fs.list, func(i, j int) bool { return fs.list[i].Place.Before(fs.list[j].Place) })
	if fs.more > 0 {
		last := fs.list[len(fs.list)-1].Place
		note := doc.Errorf(last, "more-faults", "there are %d more faults of notation than are shown", fs.more)
		note.Severity = doc.Note
		fs.list = append(fs.list, note)
		fs.more = 0
	}
	return fs.list
}
