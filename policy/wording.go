package policy

import (
	"github.com/tallystick-go/tallystick/policy/internal/program"
	"github.com/tallystick-go/tallystick/scoring"
)

// wording is what is the same in the JSON of all decisions of a policy. It is made when the first one is written.
type wording struct {
	head       string                        // {"policy":{...}
	criteria   [][program.Unknown + 1]string // of each criterion, the object for each result
	indicators []indicatorWording
	values     []string // of each value, "name":
	attributes []keyedSlot
	steps      []string // of each step of the limit, how its object begins
}

// indicatorWording is what is the same of an indicator.
type indicatorWording struct {
	of         *scoring.Indicator
	id, weight string // {"id":"volume" and ,"weight":"20" where there is a weight
}

// keyedSlot is a slot with the key, "name":, under which it is written.
type keyedSlot struct {
	key  string
	slot int
}

// wording returns what is the same in all decisions of p, of which d is one.
func (p *Policy) wording(d *Decision) *wording {
	if w := p.worded.Load(); w != nil {
		return w
	}
	// Where several goroutines come here at once, each makes the same, and all but one are forgotten.
	w := &wording{head: p.head()}
	for i := range p.program.File.Admission {
		var results [program.Unknown + 1]string
		for r := range results {
			j := jsonWriter{out: []byte("{")}
			j.text("id", p.program.File.Admission[i].ID.Value)
			j.plain("result", program.Result(r).String())
			results[r] = string(j.out) + "}"
		}
		w.criteria = append(w.criteria, results)
	}
	for i := range d.whole().Score.Items {
		w.indicators = append(w.indicators, wordingOf(d.whole().Score.Items[i].Indicator))
	}
	for i := range p.program.Values {
		w.values = append(w.values, keyText(p.program.Values[i].Decl.Name.Value))
	}
	if g := p.program.File.Grade; g != nil {
		for _, a := range g.Attributes() {
			w.attributes = append(w.attributes, keyedSlot{keyText(a.Name), p.program.Symbols["grade."+a.Name].Slot})
		}
	}
	if t := p.program.File.Credit; t != nil {
		for i := range t.Steps {
			j := jsonWriter{out: []byte("{")}
			j.optional("id", t.Steps[i].ID)
			w.steps = append(w.steps, string(j.out))
		}
	}
	if p.program.File.Scoring == nil || len(w.indicators) > 0 { // without weights there are no indicators: see the next decision
		p.worded.Store(w)
	}
	return w
}

// head returns how every decision begins.
func (p *Policy) head() string {
	w := jsonWriter{out: []byte(`{"policy":{`)}
	w.text("id", p.ID())
	w.text("version", p.Version())
	w.plain("digest", p.digest)
	w.plain("meaning", p.Meaning())
	return string(w.out) + "}"
}

func wordingOf(x *scoring.Indicator) indicatorWording {
	id, weight := jsonWriter{out: []byte("{")}, jsonWriter{out: []byte(" ")}
	id.text("id", x.ID.Value)
	if x.Weight != nil {
		weight.number("weight", *x.Weight)
	}
	return indicatorWording{x, string(id.out), string(weight.out[1:])}
}

// keyText returns name as a key of JSON.
func keyText(name string) string { return string(AppendJSONString(nil, name)) + ":" }

// indicator returns what is the same of x, the i-th indicator of a decision. Weights that depend on the customer make
// another indicator of the same id.
func (w *wording) indicator(i int, x *scoring.Indicator) indicatorWording {
	if i < len(w.indicators) && w.indicators[i].of == x {
		return w.indicators[i]
	}
	return wordingOf(x)
}
