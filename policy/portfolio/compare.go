package portfolio

import (
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/shopspring/decimal"

	"github.com/tallystick-go/tallystick/policy"
	"github.com/tallystick-go/tallystick/policy/internal/display"
)

// Side is one of two policies that are compared, and the day on which it decides.
type Side struct {
	Policy *policy.Policy
	AsOf   policy.Date
}

// Comparison is what two policies make of the same customers. Counts are of customers; amounts are exact, in the currency
// of the policies. Keys of its JSON are stable; more may be added.
type Comparison struct {
	Old       Half `json:"old"`
	New       Half `json:"new"`
	Customers int  `json:"customers"` // records read
	Bad       int  `json:"bad"`       // records that one of the policies, or both, could not decide

	Changed Changed `json:"changed"` // of those that both decided

	Outcomes Matrix `json:"outcomes"` // "error": could not be decided
	Grades   Matrix `json:"grades"`   // of those that both decided; "": no grade; empty where neither policy has grades

	Movers []Mover `json:"movers"` // the largest changes first, at most as many as asked for
	Faults []Fault `json:"faults"` // the first records that could not be decided, at most as many as asked for

	top  int
	lang string
}

// Half is what came out by one of the policies, of all customers that it could decide.
type Half struct {
	Policy    string          `json:"policy"`
	Version   string          `json:"version"`
	AsOf      string          `json:"as_of"`
	Admitted  int             `json:"admitted"`
	Referred  int             `json:"referred"`
	Rejected  int             `json:"rejected"`
	Bad       int             `json:"bad"`       // records that it could not decide
	Limit     decimal.Decimal `json:"-"`         // all limits in force together, of those that both decided
	Total     string          `json:"limit"`     // Limit with all the places of money
	Unlimited int             `json:"unlimited"` // limits without an amount, of those that both decided
}

// Changed counts customers of whom something is different.
type Changed struct {
	Outcome int `json:"outcome"`
	Grade   int `json:"grade"`
	Score   int `json:"score"`
	Limit   int `json:"limit"`
	Raised  int `json:"limit_raised"`  // of those with another limit; unlimited is more than any amount
	Lowered int `json:"limit_lowered"` // of those with another limit
	None    int `json:"none"`          // nothing of all that is different
}

// Matrix counts customers by what the old policy makes of them, the rows, and the new one, the columns.
type Matrix struct {
	Rows    []string `json:"rows"`
	Columns []string `json:"columns"`
	Counts  [][]int  `json:"counts"` // by row, then by column
}

// Mover is a customer of whom the outcome, the score, the grade or the limit has changed.
type Mover struct {
	Line     int      `json:"line"` // where the record begins, from 1
	Customer string   `json:"customer,omitempty"`
	Old      Standing `json:"old"`
	New      Standing `json:"new"`
	Change   string   `json:"limit_change,omitempty"` // of the limit; "" where there is none, or it has no amount
	Why      []string `json:"why"`                    // what is different, in the order in which a customer passes through the policy
}

// Standing is what a policy makes of a customer; "" where there is nothing.
type Standing struct {
	Outcome policy.Outcome `json:"outcome"`
	Score   string         `json:"score,omitempty"`
	Grade   string         `json:"grade,omitempty"`
	Limit   string         `json:"limit,omitempty"` // in force, "unlimited" where it has no amount
}

// Fault is a record that could not be decided.
type Fault struct {
	Line int    `json:"line"`
	Old  string `json:"old,omitempty"` // why the old policy could not, "" where it could
	New  string `json:"new,omitempty"`
}

// Compare decides the customers in r by both policies, in one pass and in memory that does not grow with their number.
// A record may have what either policy knows; what neither knows is an error of the record, unless both policies were
// loaded with policy.AllowUnknownFields. Records that cannot be decided are counted, and the rest is compared.
//
// top bounds the movers and faults that are kept. What is told is in lang, "zh" or "en", or in the language of the new
// policy where lang is "". The error is a *policy.AsOfError where a policy is not in force on its day, or that of reading.
func Compare(old, new Side, r io.Reader, f policy.Format, top int, lang string) (*Comparison, error) {
	if lang == "" {
		lang = new.Policy.Language()
	}
	first, second := (&twice{r: r}).ends()
	a, err := old.Policy.CustomersBeside(new.Policy, first, f)
	if err != nil {
		return nil, fmt.Errorf("by the old policy: %w", err)
	}
	b, err := new.Policy.CustomersBeside(old.Policy, second, f)
	if err != nil {
		return nil, fmt.Errorf("by the new policy: %w", err)
	}
	c := newComparison(old, new, top, lang)
	movers := ranking{most: top}
	var d, e policy.Decision
	for {
		line, oldErr := a.Decide(&d, policy.AsOf(old.AsOf))
		_, newErr := b.Decide(&e, policy.AsOf(new.AsOf))
		for _, err := range []error{oldErr, newErr} {
			var bad *policy.RecordError
			switch {
			case err == nil, errors.As(err, &bad):
			case errors.Is(err, io.EOF):
				c.Movers = movers.told(lang)
				c.Old.Total, c.New.Total = fixed(c.Old.Limit), fixed(c.New.Limit)
				return c, nil
			default:
				return nil, err
			}
		}
		c.Customers++
		c.Old.add(&d, oldErr)
		c.New.add(&e, newErr)
		c.Outcomes.Counts[outcomeIndex(&d, oldErr)][outcomeIndex(&e, newErr)]++
		if oldErr != nil || newErr != nil {
			c.bad(line, oldErr, newErr)
			continue
		}
		m := move{line: line, old: &d, new: &e}
		m.measure()
		c.compare(&m)
		if m.any() {
			movers.add(m)
		}
	}
}

func newComparison(old, new Side, top int, lang string) *Comparison {
	half := func(s Side) Half {
		return Half{Policy: s.Policy.ID(), Version: s.Policy.Version(), AsOf: s.AsOf.String()}
	}
	outcomes := []string{policy.Admitted.String(), policy.Referred.String(), policy.Rejected.String(), "error"}
	c := &Comparison{
		Old: half(old), New: half(new), Outcomes: newMatrix(outcomes, outcomes), Faults: []Fault{}, top: top, lang: lang,
	}
	rows, columns := gradesOf(old.Policy), gradesOf(new.Policy)
	if len(rows)+len(columns) > len([]string{"", ""}) {
		c.Grades = newMatrix(rows, columns)
	}
	return c
}

func newMatrix(rows, columns []string) Matrix {
	m := Matrix{Rows: rows, Columns: columns, Counts: make([][]int, len(rows))}
	for i := range m.Counts {
		m.Counts[i] = make([]int, len(columns))
	}
	return m
}

// table returns the matrix as a table, in which nothing is a dot. name names a row or column.
func (m Matrix) table(name func(string) string) *display.Table {
	headers, right := []string{""}, []int{}
	for i, column := range m.Columns {
		headers = append(headers, name(column))
		right = append(right, i+1)
	}
	t := display.NewTable(headers...).Right(right...)
	for i, row := range m.Rows {
		cells := []string{name(row)}
		for j := range m.Columns {
			cell := "."
			if n := m.Counts[i][j]; n > 0 {
				cell = strconv.Itoa(n)
			}
			cells = append(cells, cell)
		}
		t.Row(cells...)
	}
	return t
}

// empty reports whether nobody is counted.
func (m Matrix) empty() bool {
	for _, row := range m.Counts {
		for _, n := range row {
			if n > 0 {
				return false
			}
		}
	}
	return true
}

// gradesOf returns the grades of p, and "" for none.
func gradesOf(p *policy.Policy) []string {
	var out []string
	for _, g := range p.Grades() {
		out = append(out, g.Name)
	}
	return append(out, "")
}

func outcomeIndex(d *policy.Decision, err error) int {
	if err != nil {
		return int(policy.Rejected) + 1
	}
	return int(d.Outcome())
}

// gradeIndex returns the row or column of the grades that d belongs to.
func gradeIndex(d *policy.Decision) int {
	if i, ok := d.GradeIndex(); ok {
		return i
	}
	return len(d.Policy().Grades())
}

// add counts a decision.
func (h *Half) add(d *policy.Decision, err error) {
	switch {
	case err != nil:
		h.Bad++
	case d.Outcome() == policy.Admitted:
		h.Admitted++
	case d.Outcome() == policy.Referred:
		h.Referred++
	default:
		h.Rejected++
	}
}

// limit adds the limit of a decision to the total.
func (h *Half) limit(d *policy.Decision) {
	if d.Unlimited() {
		h.Unlimited++
	} else if limit, ok := d.Limit(); ok {
		h.Limit = h.Limit.Add(limit)
	}
}

// fixed returns d with all its places.
func fixed(d decimal.Decimal) string { return d.StringFixed(max(0, -d.Exponent())) }

// bad notes that a record could not be decided by both.
func (c *Comparison) bad(line int, old, new error) {
	c.Bad++
	if len(c.Faults) == c.top {
		return
	}
	f := Fault{Line: line}
	if old != nil {
		f.Old = old.Error()
	}
	if new != nil {
		f.New = new.Error()
	}
	c.Faults = append(c.Faults, f)
}

// compare counts what has changed for a customer.
func (c *Comparison) compare(m *move) {
	c.Old.limit(m.old)
	c.New.limit(m.new)
	if len(c.Grades.Counts) > 0 {
		c.Grades.Counts[gradeIndex(m.old)][gradeIndex(m.new)]++
	}
	count := func(n *int, is bool) {
		if is {
			*n++
		}
	}
	count(&c.Changed.Outcome, m.outcome)
	count(&c.Changed.Grade, m.grade)
	count(&c.Changed.Score, m.score)
	count(&c.Changed.Limit, m.limit)
	count(&c.Changed.Raised, m.limit && m.by > 0)
	count(&c.Changed.Lowered, m.limit && m.by < 0)
	count(&c.Changed.None, !m.any())
}
