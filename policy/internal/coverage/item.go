package coverage

import (
	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/policy/internal/program"
)

// Item is one thing that a policy can do with a customer: a criterion that fails, a row that holds, a score exactly on the
// threshold of a grade.
type Item struct {
	ID      string    // "scoring.volume.row-2": stable, and no other item's
	Section Section   // of the policy
	Place   doc.Place // in the policy
	Name    Words     // for people
	Shows   []Figure  // the figures of a decision in which it can be seen

	happens func(*program.State) bool
	near    reading // of what is one number: how far from it a customer is, above it or below; nil: it is not
}

// Happens reports whether the customer that was decided in s shows the item.
func (it *Item) Happens(s *program.State) bool {
	happens := it.happens(s)
	// An expression that is asked outside of its turn may fail; that is no fault of the decision, which is made.
	return s.Frame.TakeErr() == nil && happens
}

// Section is the section of a policy that an item belongs to.
type Section uint8

// The sections, in the order in which a customer passes through them.
const (
	Values Section = iota
	Admission
	Scoring
	Grade
	Credit
	Outcome
)

var sections = [...]Words{
	{"取值", "values"}, {"准入", "admission"}, {"评分", "scoring"}, {"等级", "grade"}, {"信用额度", "credit"}, {"结论", "outcome"},
}

// Words returns the name of the section for people.
func (s Section) Words() Words { return sections[s] }

// String returns the name of the section as a policy has it.
func (s Section) String() string { return sections[s].En }

// Words are a text in both languages.
type Words struct{ Zh, En string }

// In returns the text in lang: Chinese for "zh", else English.
func (w Words) In(lang string) string {
	if lang == "zh" {
		return w.Zh
	}
	return w.En
}

// and returns w and x one after the other.
func (w Words) and(x Words) Words { return Words{w.Zh + " " + x.Zh, w.En + " " + x.En} }

// with returns w and what is true of it, in signs that need no language.
func (w Words) with(formula string) Words {
	return Words{w.Zh + "：" + formula, w.En + ": " + formula}
}

// called returns what something is called: its title, or its id where there is none.
func called(what Words, id string, title doc.Title) Words {
	name := Words{title.In("zh"), title.In("en")}
	if name.Zh == "" {
		name = Words{id, id}
	}
	return what.and(name)
}

// Figure is a figure of a decision as test files name it: its key, and for what there are several of, a name.
type Figure struct{ Key, Name string }

// Items returns all that p can do, in the order in which a customer passes through it. idle are the places of what has been
// proved never to happen: it is left out.
func Items(p *program.Program, idle []doc.Place) []*Item {
	l := &lister{program: p, idle: map[doc.Place]bool{}, known: map[string]bool{}}
	for _, at := range idle {
		l.idle[doc.Place{Line: at.Line, Col: at.Col}] = true
	}
	l.values()
	l.admission()
	if p.File.Scoring != nil {
		l.scoring(p.File.Scoring)
	}
	if p.File.Grade != nil {
		l.grade(p.File.Grade)
	}
	if p.File.Credit != nil {
		l.credit(p.File.Credit)
	}
	l.outcome()
	return l.items
}

// lister gathers the items of a program.
type lister struct {
	program *program.Program
	idle    map[doc.Place]bool // without widths
	items   []*Item
	known   map[string]bool // by ID
}

// thing is a part of the policy that has items.
type thing struct {
	*lister
	section Section
	id      string
	name    Words
	place   doc.Place
	shows   []Figure
}

// about returns the thing id of a section, which a person knows by name.
func (l *lister) about(s Section, id string, name Words, place doc.Place, shows ...Figure) *thing {
	return &thing{l, s, id, name, place, shows}
}

// add adds an item of t, unless it has been proved never to happen, or is there already.
func (t *thing) add(id string, place doc.Place, name Words, happens func(*program.State) bool) *Item {
	return t.item(id, place, t.name.and(name), happens)
}

// item is add with the whole name.
func (t *thing) item(id string, place doc.Place, name Words, happens func(*program.State) bool) *Item {
	it := &Item{ID: t.section.String() + "." + t.id + "." + id, Section: t.section, Place: place, Name: name, Shows: t.shows, happens: happens}
	if !place.Known() {
		it.Place = t.place
	}
	if t.known[it.ID] || t.idle[doc.Place{Line: place.Line, Col: place.Col}] {
		return it
	}
	t.known[it.ID] = true
	t.items = append(t.items, it)
	return it
}
