// Package prove says of a compiled policy what can come of it: which scores, which grades, how large a limit, and whether
// anything in it can go wrong or never happens.
//
// Start with [Run], which returns a [Report]. There are three verdicts. What is [Proved] or [Refuted] is so: by a witness, a
// record that was decided again from its text, or by exact bounds, or because every record that there can be was decided.
// What is [Unproved] was not found in so many records, which proves nothing. A policy owner must never take the third for
// one of the others.
//
// # What is asked
//
//	that something can happen     a grade is given, a criterion passes and fails, a rule applies: Proved by a witness
//	that something always holds   every score has a grade, every limit its approver: Refuted by a witness
//	how far a number goes         points, the score, the largest limit: a bound that is proved, and how near a record came
//
// Bounds hold on any day; what was found by deciding was found on the day of the report. Grades and limits that are given by
// hand are left out: what a person decides is not what can come of a policy.
package prove

import (
	"encoding/json"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/program"
	"github.com/tallystick-go/tallystick/policy/internal/search"
)

// Verdict is what is known of a claim.
type Verdict uint8

// The verdicts.
const (
	Unproved Verdict = iota // neither the one nor the other was found
	Proved                  // it is so
	Refuted                 // it is not so
)

var verdicts = [...]string{"unproved", "proved", "refuted"}

// String returns "proved", "refuted" or "unproved".
func (v Verdict) String() string {
	if int(v) < len(verdicts) {
		return verdicts[v]
	}
	return verdicts[Unproved]
}

// MarshalText returns what String returns.
func (v Verdict) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// Report is what can come of a policy.
type Report struct {
	AsOf     slot.Day
	Records  int  // how many were looked at for all claims together; single claims were looked into further
	Complete bool // they are all that there can be on that day
	ByHand   bool // grades or limits can be given by hand, which is left out here

	// Ordinary is the record that the others were made of: everything is there, and all criteria are met, as far as such a
	// record was found.
	Ordinary Witness

	Points []Extent // of each indicator that has some, in the order of the file
	Score  *Extent  // nil: the policy has no score
	Grades []Grade  // from best to worst, then those off the ladder
	Limit  *Limit   // of admitted customers; nil: the policy gives no limits, or nobody was admitted
	Claims []Claim  // in the order of the file
}

// Claim is something that a policy should do, or can do, and whether it does.
type Claim struct {
	About   About
	ID      string // of the rule, the criterion, the value, ...
	Place   doc.Place
	Verdict Verdict
	Witness Witness // the record that proves or refutes it, if there is one
	Detail  string  // where the witness cannot be decided: why not
	Why     string  // where it is Unproved: why
	Meant   bool    // the policy says itself what follows where it is not so

	minor bool // that it is not so is worth a note only
	last  int  // line of the file, of what the claim is about
}

// Witness is a record that was decided. The zero Witness is none.
type Witness struct {
	Text  string          // as a policy owner writes it in a test: {overdue_days: 91, industry: 矿业}
	Given string          // how it differs from Report.Ordinary, as `given` in a test: {overdue_days: 91}
	JSON  json.RawMessage // as an object
}

// Found reports whether there is a witness.
func (w Witness) Found() bool { return w.Text != "" }

// MarshalJSON returns the record as an object, or null.
func (w Witness) MarshalJSON() ([]byte, error) {
	if !w.Found() {
		return []byte("null"), nil
	}
	return w.JSON, nil
}

// Options say how much is done.
type Options struct {
	// Budget is how many records are decided for all claims together, and again for a number that is made great or small.
	// A claim that is open after that is given a part of it. 0: search.DefaultBudget.
	Budget int
}

// Run finds out what can come of p on the day asOf.
func Run(p *program.Program, asOf slot.Day, o Options) *Report {
	s := search.New(p, asOf)
	if o.Budget > 0 {
		s.Budget = o.Budget
	}
	report := &Report{AsOf: asOf}
	for i := range p.Inputs {
		if p.Inputs[i].Optional { // of an override by hand
			s.Leave(i)
			report.ByHand = true
		}
	}
	r := &prover{Program: p, search: s, report: report}
	r.ask()
	r.measure()
	r.look()
	r.conclude()
	return r.report
}

// prover is the state of Run.
type prover struct {
	*program.Program
	search    *search.Search
	report    *Report
	questions []*question
	extremes  []*extreme
	spans     []*span // of points
	score     *span
	limits    []*most
	broken    []broken       // records that cannot be decided, one for each place that fails
	decided   *program.State // the last witness
}

// look decides records, and keeps the first witness of each question and the most extreme of each number.
func (r *prover) look() {
	see := func(in search.Inputs, state *program.State, err error) {
		r.report.Records++
		if err != nil {
			r.breaks(in, err)
			return
		}
		for _, q := range r.questions {
			if q.witness == nil && q.asks(state) {
				q.witness = in.Clone()
			}
		}
		for _, x := range r.extremes {
			x.see(in, state)
		}
	}
	r.report.Complete = r.search.All(see)
	if r.report.Complete {
		return
	}
	r.search.Explore(func(in search.Inputs, state *program.State, err error) bool {
		see(in, state, err)
		return true
	})
	const part = 4
	whole := r.search.Budget
	r.search.Budget = max(1, whole/part)
	for _, q := range r.questions {
		if q.witness != nil || q.settled != Unproved {
			continue
		}
		in, found := r.search.Find(q.asks, q.hints...)
		if !found {
			continue
		}
		q.witness = in
		if state, err := r.search.Decide(in); err == nil {
			for _, x := range r.extremes {
				x.see(in, state)
			}
		}
	}
	r.search.Budget = whole
	for _, x := range r.extremes {
		x.search(r.search)
	}
}
