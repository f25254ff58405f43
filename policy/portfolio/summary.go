package portfolio

import (
	"fmt"
	"io"
	"slices"
	"strconv"

	"github.com/shopspring/decimal"
	"github.com/tallystick-go/tallystick/policy"
	"github.com/tallystick-go/tallystick/policy/internal/display"
)

// Summary is what came out for a portfolio (客户等级管理汇总表). Totals are exact.
type Summary struct {
	Customers int                    // records read, bad ones included
	Bad       int                    // records that could not be decided
	Outcomes  map[policy.Outcome]int // customers by their outcome
	Grades    []GradeTotal           // in the order of the scale; then, if any, customers without a grade
	Limit     decimal.Decimal        // all limits in force together
	Unlimited int                    // customers whose limit has no amount

	// Migration counts customers by the grade that they had before, the rows, and the one that they have now, the columns
	// (等级迁移): those who have both. It is empty where the policy has no transitions.
	Migration Matrix
}

// GradeTotal is what came out for the customers of one grade.
type GradeTotal struct {
	Grade, Title string // "" for customers without a grade
	Customers    int
	Outcomes     map[policy.Outcome]int
	Limit        decimal.Decimal // all limits in force together
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
		row(or(g.Grade, "-"), g.Title, g.Customers, g.Outcomes, money(g.Limit))
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
		if _, err := fmt.Fprintf(w, "not decided: %d of %d records\n", s.Bad, s.Customers); err != nil {
			return err
		}
	}
	if s.Migration.empty() {
		return nil
	}
	if _, err := io.WriteString(w, "\ngrades: previous in rows, now in columns\n"); err != nil {
		return err
	}
	return s.Migration.table(func(grade string) string { return grade }).Write(w)
}

// money shows an amount with all its places and commas between the thousands.
func money(d decimal.Decimal) string { return display.Thousands(fixed(d)) }

// tally adds up what comes out, on the way. It is kept in the state of a run, see checkpoint.
type tally struct {
	Customers int          `json:"customers"`
	Bad       int          `json:"bad"`
	Unlimited int          `json:"unlimited"`
	Grades    []gradeTally `json:"grades"`              // in the order of the scale; then customers without a grade
	Migration [][]int      `json:"migration,omitempty"` // by the grade before and the grade now
}

// gradeTally adds up customers of one grade.
type gradeTally struct {
	Outcomes [len(outcomes)]int `json:"outcomes"`
	Limit    policy.Number      `json:"limit"`
}

// outcomes are all of them.
var outcomes = [...]policy.Outcome{policy.Admitted, policy.Referred, policy.Rejected}

func newTally(p *policy.Policy) tally {
	grades := len(p.Grades())
	t := tally{Grades: make([]gradeTally, grades+1)}
	if p.HasTransitions() {
		for range grades {
			t.Migration = append(t.Migration, make([]int, grades))
		}
	}
	return t
}

// fits reports whether t counts what u does.
func (t *tally) fits(u *tally) bool {
	square := func(m [][]int) bool {
		return !slices.ContainsFunc(m, func(row []int) bool { return len(row) != len(m) })
	}
	return len(t.Grades) == len(u.Grades) && len(t.Migration) == len(u.Migration) && square(t.Migration)
}

func (t *tally) reset() {
	t.Customers, t.Bad, t.Unlimited = 0, 0, 0
	clear(t.Grades)
	for i := range t.Migration {
		clear(t.Migration[i])
	}
}

func (t *tally) bad() {
	t.Customers++
	t.Bad++
}

func (t *tally) decision(d *policy.Decision) {
	t.Customers++
	now, graded := d.GradeIndex()
	if !graded {
		now = len(t.Grades) - 1
	}
	g := &t.Grades[now]
	g.Outcomes[d.Outcome()]++
	if limit, ok := d.ExactLimit(); ok {
		g.Limit = g.Limit.Add(limit)
	} else if d.Unlimited() {
		t.Unlimited++
	}
	if before, ok := d.PreviousGradeIndex(); ok && graded {
		t.Migration[before][now]++
	}
}

// add adds what came out for other customers.
func (t *tally) add(u *tally) {
	t.Customers += u.Customers
	t.Bad += u.Bad
	t.Unlimited += u.Unlimited
	for i := range u.Grades {
		for o, n := range u.Grades[i].Outcomes {
			t.Grades[i].Outcomes[o] += n
		}
		t.Grades[i].Limit = t.Grades[i].Limit.Add(u.Grades[i].Limit)
	}
	for i := range u.Migration {
		for j, n := range u.Migration[i] {
			t.Migration[i][j] += n
		}
	}
}

// summary returns t for people.
func (t *tally) summary(p *policy.Policy) *Summary {
	s := &Summary{Customers: t.Customers, Bad: t.Bad, Unlimited: t.Unlimited, Outcomes: map[policy.Outcome]int{}}
	amount := func(n policy.Number) decimal.Decimal {
		d, _ := n.Decimal()
		if !p.HasLimit() {
			return d
		}
		places := int32(p.MoneyPlaces())
		return d.Round(places).Truncate(places) // which shows all of them
	}
	var limit policy.Number
	grades := append(p.Grades(), policy.Grade{})
	for i := range t.Grades {
		g := GradeTotal{Grade: grades[i].Name, Title: grades[i].Title, Outcomes: map[policy.Outcome]int{}, Limit: amount(t.Grades[i].Limit)}
		for o, n := range t.Grades[i].Outcomes {
			if n > 0 {
				g.Outcomes[outcomes[o]] = n
				s.Outcomes[outcomes[o]] += n
				g.Customers += n
			}
		}
		limit = limit.Add(t.Grades[i].Limit)
		s.Grades = append(s.Grades, g)
	}
	s.Limit = amount(limit)
	if t.Migration != nil {
		names := gradesOf(p)
		names = names[:len(names)-1]
		s.Migration = Matrix{Rows: names, Columns: names, Counts: make([][]int, len(names))}
		for i := range names {
			s.Migration.Counts[i] = append([]int(nil), t.Migration[i]...)
		}
	}
	return s
}
