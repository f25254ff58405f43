package portfolio

import (
	"fmt"
	"io"
	"strconv"

	"github.com/shopspring/decimal"
	"github.com/tallystick-go/tallystick/policy"
	"github.com/tallystick-go/tallystick/policy/internal/display"
)

// Summary is what came out for a portfolio (客户等级管理汇总表). Totals are exact.
type Summary struct {
	Customers int // records read, bad ones included
	Bad       int // records that could not be decided
	Outcomes  map[policy.Outcome]int
	Grades    []GradeTotal // in the order of the scale; then, if any, customers without a grade
	Limit     decimal.Decimal
	Unlimited int // customers whose limit has no amount
}

// GradeTotal is what came out for the customers of one grade.
type GradeTotal struct {
	Grade, Title string // "" for customers without a grade
	Customers    int
	Outcomes     map[policy.Outcome]int
	Limit        decimal.Decimal
}

func newSummary(p *policy.Policy) *Summary {
	s := &Summary{Outcomes: map[policy.Outcome]int{}}
	for _, g := range p.Grades() {
		s.Grades = append(s.Grades, GradeTotal{Grade: g.Name, Title: g.Title, Outcomes: map[policy.Outcome]int{}})
	}
	s.Grades = append(s.Grades, GradeTotal{Outcomes: map[policy.Outcome]int{}})
	return s
}

func (s *Summary) add(d *policy.Decision) {
	s.Customers++
	s.Outcomes[d.Outcome()]++
	at := len(s.Grades) - 1
	if i, ok := d.GradeIndex(); ok {
		at = i
	}
	g := &s.Grades[at]
	g.Customers++
	g.Outcomes[d.Outcome()]++
	if d.Unlimited() {
		s.Unlimited++
	} else if limit, ok := d.Limit(); ok {
		g.Limit = g.Limit.Add(limit)
		s.Limit = s.Limit.Add(limit)
	}
}

// Write writes the summary for people, as text.
func (s *Summary) Write(w io.Writer) error {
	t := display.NewTable("grade", "title", "customers", "admitted", "referred", "rejected", "limits")
	t.Right(2, 3, 4, 5, 6)
	row := func(grade, title string, n int, o map[policy.Outcome]int, limit string) {
		t.Row(grade, title, strconv.Itoa(n), strconv.Itoa(o[policy.Admitted]), strconv.Itoa(o[policy.Referred]),
			strconv.Itoa(o[policy.Rejected]), limit)
	}
	for _, g := range s.Grades {
		if g.Grade == "" && g.Customers == 0 {
			continue
		}
		name := g.Grade
		if name == "" {
			name = "-"
		}
		row(name, g.Title, g.Customers, g.Outcomes, money(g.Limit))
	}
	row("total", "", s.Customers-s.Bad, s.Outcomes, money(s.Limit))
	if err := t.Write(w); err != nil {
		return err
	}
	if s.Unlimited > 0 {
		if _, err := fmt.Fprintf(w, "unlimited: %d\n", s.Unlimited); err != nil {
			return err
		}
	}
	if s.Bad > 0 {
		_, err := fmt.Fprintf(w, "not decided: %d of %d records\n", s.Bad, s.Customers)
		return err
	}
	return nil
}

// money shows an amount with all its places and commas between the thousands.
func money(d decimal.Decimal) string { return display.Thousands(fixed(d)) }
