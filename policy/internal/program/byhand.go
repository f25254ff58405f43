package program

import (
	"github.com/tallystick-go/tallystick/credit"
	"github.com/tallystick-go/tallystick/grade"
	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/record"
)

// byHand are the slots of what a record says of overrides by hand, -1 where the policy does not open itself to them.
type byHand struct{ grade, limit, reason, by, until int }

var noneByHand = byHand{-1, -1, -1, -1, -1}

// byHand declares inputs for the overrides by hand, which come with the record: one author, reason and expiry for the grade
// and the limit that he gives.
func (l *linker) byHand() {
	grades := l.file.Grade != nil && l.file.Grade.Override != nil
	limits := l.file.Credit != nil && l.file.Credit.Overrides != nil
	if !grades && !limits {
		return
	}
	p, h := l.program, &l.program.byHand
	add := func(to *int, name string, in record.Input) {
		in.Name, in.Optional = overrideName+"."+name, true
		*to = len(p.Inputs)
		l.addInput(in)
	}
	var given []int
	if grades {
		add(&h.grade, "grade", record.Input{Type: slot.GradeType})
		given = append(given, h.grade)
	}
	if limits {
		places := p.Rounding.Money
		add(&h.limit, "limit", record.Input{Type: slot.NumberType, Min: new(exact.Number), Decimals: &places})
		given = append(given, h.limit)
	}
	add(&h.reason, "reason", record.Input{Type: slot.StringType, With: given})
	add(&h.by, "by", record.Input{Type: slot.StringType, With: given})
	add(&h.until, "until", record.Input{Type: slot.DateType})
}

// grading returns the grade given by hand that the record brings, or nil.
func (h *byHand) grading(s *State) *grade.Override {
	if h.grade < 0 || s.Frame.Slots[h.grade].Kind == slot.Missing {
		return nil
	}
	v := s.Frame.Slots
	return &grade.Override{
		Grade: int(v[h.grade].Int), Reason: text(&v[h.reason]), By: text(&v[h.by]),
		Until: slot.Day(v[h.until].Int), HasUntil: v[h.until].Kind == slot.Date, AsOf: s.AsOf,
	}
}

// limiting returns the limit given by hand that the record brings, or nil.
func (h *byHand) limiting(s *State) *credit.Override {
	if h.limit < 0 || s.Frame.Slots[h.limit].Kind == slot.Missing {
		return nil
	}
	v := s.Frame.Slots
	return &credit.Override{
		Limit: v[h.limit].Num, Reason: text(&v[h.reason]), By: text(&v[h.by]),
		Until: slot.Day(v[h.until].Int), HasUntil: v[h.until].Kind == slot.Date, AsOf: s.AsOf,
	}
}

// text returns the text in v, "" where there is none.
func text(v *slot.Value) string {
	if v.Kind == slot.Missing {
		return ""
	}
	return v.Str
}

// Until returns the last day of the overrides by hand that were taken, the earlier of two; ok is false where there is none.
func (p *Program) Until(s *State) (day slot.Day, ok bool) {
	taken := p.File.Grade != nil && s.Grade.Overridden() || p.File.Credit != nil && s.Credit.Override.Effect.Taken()
	if !taken {
		return 0, false
	}
	v := &s.Frame.Slots[p.byHand.until]
	return slot.Day(v.Int), v.Kind == slot.Date
}
