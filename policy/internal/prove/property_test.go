package prove_test

import (
	"errors"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/credit"
	"github.com/tallystick-go/tallystick/grade"
	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/program"
	"github.com/tallystick-go/tallystick/policy/internal/prove"
	"github.com/tallystick-go/tallystick/policy/internal/record"
	"github.com/tallystick-go/tallystick/scoring"
)

// span is how far a number went.
type span struct {
	least, most exact.Number
	has         bool
}

func (s *span) see(n exact.Number) {
	if !s.has {
		s.least, s.most, s.has = n, n, true
	}
	s.least, s.most = exact.Min(s.least, n), exact.Max(s.most, n)
}

// event is something that happened: a claim is about it.
type event struct {
	about prove.About
	id    string
}

// truth is what came of the records of a policy.
type truth struct {
	p       *program.Program
	records int
	score   span
	points  map[string]*span // where nothing was reweighted
	grades  map[string]bool
	limits  map[string]*span // by grade, of admitted customers
	endless map[string]bool  // grades with unlimited customers
	events  map[event]bool
}

func newTruth(p *program.Program) *truth {
	return &truth{p: p, points: map[string]*span{}, grades: map[string]bool{}, limits: map[string]*span{}, endless: map[string]bool{}, events: map[event]bool{}}
}

func (t *truth) happened(about prove.About, id string) { t.events[event{about, id}] = true }

// see decides a record and notes what came of it.
func (t *truth) see(s *program.State, inputs []slot.Value) {
	t.records++
	t.p.Begin(s)
	for i, v := range inputs {
		if v.Kind == slot.Missing {
			v = slot.Gone(s.Frame.Blame(t.p.Inputs[i].Atom))
		}
		s.Frame.Slots[i] = v
	}
	if t.p.Run(s, asOf) != nil {
		t.happened(prove.Decided, "")
		return
	}
	t.note(s)
}

func at[K comparable](m map[K]*span, k K) *span {
	if m[k] == nil {
		m[k] = &span{}
	}
	return m[k]
}

// note keeps what came of a decision.
func (t *truth) note(s *program.State) {
	for i, c := range t.p.File.Admission {
		switch s.Criteria[i].Result {
		case program.Pass:
			t.happened(prove.Passes, c.ID.Value)
		case program.Fail:
			t.happened(prove.Fails, c.ID.Value)
		}
	}
	if s.Outcome == program.Admitted {
		t.happened(prove.Admits, "")
	}
	for _, a := range t.p.Blamed(s, s.Missing) {
		if id, ok := a.RowsOf(); ok && id != "grade" {
			t.happened(prove.HasRow, id)
		}
	}
	if s.Score.HasScore {
		t.score.see(s.Score.Score)
		if s.Grade.NoRow {
			t.happened(prove.Graded, "")
		}
	}
	for _, it := range s.Score.Items {
		if it.Effect <= scoring.Substituted && s.Score.Present.Equal(s.Score.Shared) {
			at(t.points, it.Indicator.ID.Value).see(it.Points)
		}
	}
	for _, list := range [][]scoring.Applied{s.Score.Adjustments, s.Score.Caps} {
		for _, a := range list {
			switch {
			case !a.Holds:
			case a.Cap != nil:
				t.happened(prove.Applies, a.Cap.ID.Value)
			default:
				t.happened(prove.Applies, a.Adjustment.ID.Value)
			}
		}
	}
	name := ""
	if s.Grade.Has {
		name = t.p.Grades[s.Grade.Final]
		t.grades[name] = true
	}
	for _, step := range s.Grade.Steps {
		switch {
		case step.Kind == grade.OfRule && step.Fired():
			t.happened(prove.Applies, t.p.File.Grade.Rules[step.Index].ID)
		case step.Kind == grade.Transition && slices.Contains([]grade.Effect{grade.HeldUp, grade.HeldDown}, step.Effect):
			t.happened(prove.Limits, "transitions")
		}
	}
	l := &s.Credit.Limit
	for i, step := range l.Steps {
		if step.Effect <= credit.Unchanged {
			t.happened(prove.Applies, t.p.File.Credit.Steps[i].ID)
		}
	}
	if s.Outcome == program.Rejected || !l.Has {
		return
	}
	if !l.Exact.Unlimited && l.Exact.Value.Sign() < 0 {
		t.happened(prove.NotNegative, "")
	}
	switch a := &s.Credit.Approval; {
	case a.Has:
		t.happened(prove.Approves, a.By)
	case a.Missing == 0 && len(t.p.File.Credit.Approval) > 0:
		t.happened(prove.Approved, "")
	}
	switch {
	case s.Outcome != program.Admitted:
	case l.Amount.Unlimited:
		t.endless[name] = true
	default:
		at(t.limits, name).see(l.Amount.Value)
	}
}

// always are claims of which a witness is a customer for whom they do not hold.
var always = []prove.About{prove.Decided, prove.Graded, prove.Approved, prove.NotNegative, prove.HasRow}

// agrees checks that nothing that r says is proved or refuted is otherwise. all: t knows of every record that there is.
// It returns how many of the things that can happen were found, and how many there are.
func (t *truth) agrees(test testing.TB, r *prove.Report, src string, all bool) (found, possible int) {
	test.Helper()
	ok := func(holds bool, what string, args ...any) {
		test.Helper()
		require.Truef(test, holds, what+"\n%s", append(args, src)...)
	}
	for _, c := range r.Claims {
		happened := t.events[event{c.About, c.ID}]
		if happened {
			possible++
			if c.Witness.Found() {
				found++
			}
		}
		yes, no := prove.Proved, prove.Refuted
		if slices.Contains(always, c.About) {
			yes, no = no, yes
		}
		ok(c.Verdict != no || !happened, "%s %s is %s, but was seen otherwise", c.About, c.ID, c.Verdict)
		ok(!all || c.Verdict != yes || happened, "%s %s is %s, but never was", c.About, c.ID, c.Verdict)
		ok(!r.Complete || c.Verdict != prove.Unproved, "%s %s is unproved, though everything was decided", c.About, c.ID)
		if c.Witness.Found() {
			w := newTruth(t.p)
			w.witness(test, c.Witness)
			ok(w.events[event{c.About, c.ID}], "%s %s: the witness %s does not show it", c.About, c.ID, c.Witness.Text)
		}
	}
	end := func(what string, e *prove.End, has bool, seen exact.Number, sign int) {
		test.Helper()
		if !has {
			ok(!all || !e.Witness.Found(), "%s was reached, but there is none", what)
			return
		}
		farther := func(a, b exact.Number) bool { return a.Cmp(b)*sign > 0 }
		if e.Bounded {
			ok(!farther(seen, e.Bound), "%s: %s was seen, beyond the bound %s", what, seen, e.Bound)
		}
		if e.Verdict == prove.Proved {
			ok(!farther(seen, e.Reached), "%s: %s was seen, but %s is proved to be the farthest", what, seen, e.Reached)
		}
		possible++
		if !e.Witness.Found() {
			ok(!r.Complete, "%s: no witness, though everything was decided", what)
			return
		}
		ok(!all || !farther(e.Reached, seen), "%s: %s is said to be reached, but %s is the farthest", what, e.Reached, seen)
		if e.Reached.Equal(seen) || farther(e.Reached, seen) {
			found++
		}
	}
	end("the lowest score", &r.Score.Lowest, t.score.has, t.score.least, -1)
	end("the highest score", &r.Score.Highest, t.score.has, t.score.most, 1)
	for i := range r.Points {
		x := &r.Points[i]
		seen := at(t.points, x.ID)
		end("the fewest points of "+x.ID, &x.Lowest, seen.has, seen.least, -1)
		end("the most points of "+x.ID, &x.Highest, seen.has, seen.most, 1)
	}
	for i := range r.Grades {
		g := &r.Grades[i]
		ok(g.Verdict != prove.Refuted || !t.grades[g.Name], "grade %s is refuted, but somebody has it", g.Name)
		ok(!all || g.Verdict != prove.Proved || t.grades[g.Name], "grade %s is proved, but nobody has it", g.Name)
		seen := at(t.limits, g.Name)
		switch {
		case t.endless[g.Name]:
			possible++
			if g.Limit != nil && g.Limit.Unlimited {
				found++
			}
			ok(g.Limit == nil || g.Limit.Unlimited || g.Limit.Verdict != prove.Proved, "grade %s can have no limit, but another one is proved", g.Name)
		case g.Limit == nil:
			ok(!r.Complete || !seen.has, "grade %s can have a limit", g.Name)
		default:
			ok(!all || !g.Limit.Unlimited, "grade %s is never unlimited", g.Name)
			end("the limit of grade "+g.Name, &g.Limit.End, seen.has, seen.most, 1)
		}
		if g.Limit != nil {
			w := newTruth(t.p)
			s := w.witness(test, g.Limit.Witness)
			ok(w.limits[g.Name] != nil && w.limits[g.Name].most.Equal(g.Limit.Reached) || g.Limit.Unlimited && w.endless[g.Name],
				"the witness of the limit of grade %s has another one: %s", g.Name, g.Limit.Witness.Text)
			ok(s.Credit.Approval.By == g.Limit.Approval, "%s approves the limit of grade %s, not %s", s.Credit.Approval.By, g.Name, g.Limit.Approval)
		}
	}
	return found, possible
}

// witness decides a witness from its text, and notes what came of it.
func (t *truth) witness(test testing.TB, w prove.Witness) *program.State {
	test.Helper()
	s := new(program.State)
	t.p.Begin(s)
	require.NoError(test, record.New(t.p.Inputs, record.Options{Grades: t.p.Grades}).ReadJSON(&s.Frame, w.JSON), w.Text)
	err := t.p.Run(s, asOf)
	var fault *program.Error
	if errors.As(err, &fault) {
		t.happened(prove.Decided, "")
		return s
	}
	require.NoError(test, err)
	t.note(s)
	return s
}

// every shows see each record that there can be, by counting: nothing of the search is used.
func every(p *program.Program, see func([]slot.Value)) (records int) {
	domains := make([][]slot.Value, len(p.Inputs))
	records = 1
	for i, in := range p.Inputs {
		switch {
		case in.OneOf != nil:
			domains[i] = slices.Clone(in.OneOf)
		case in.Type.Kind == slot.Bool:
			domains[i] = []slot.Value{slot.Truth(true), slot.Truth(false)}
		case in.Type.Kind == slot.Grade:
			for g, name := range p.Grades {
				domains[i] = append(domains[i], slot.Rank(g, name))
			}
		default:
			for tenths := int64(-30); tenths <= 150; tenths++ {
				n, _ := exact.Ratio(tenths, 10)
				if within(&in, n) {
					domains[i] = append(domains[i], slot.Num(n))
				}
			}
		}
		if !in.Required {
			domains[i] = append(domains[i], slot.Value{})
		}
		records *= len(domains[i])
	}
	if see == nil {
		return records
	}
	record := make([]slot.Value, len(domains))
	var fill func(i int)
	fill = func(i int) {
		if i == len(record) {
			see(record)
			return
		}
		for _, v := range domains[i] {
			record[i] = v
			fill(i + 1)
		}
	}
	fill(0)
	return records
}

func within(in *record.Input, n exact.Number) bool {
	if in.Decimals != nil && !n.Equal(n.Round(*in.Decimals, exact.Down)) || in.Min != nil && n.Less(*in.Min) ||
		in.Max != nil && in.Max.Less(n) || in.Above != nil && !in.Above.Less(n) {
		return false
	}
	return in.Ranges == nil || slices.ContainsFunc(in.Ranges, func(r record.Range) bool { return !n.Less(r.Min) && !r.Max.Less(n) })
}

// What is said of small policies is compared with what comes of all of their records.
func TestNothingIsProvedThatIsNotSo(t *testing.T) {
	const policies, most = 240, 4_000
	const fair = 100 // records, in which something should be found
	found, possible, whole := 0, 0, 0
	r := rand.New(rand.NewPCG(7, 7))
	var s program.State
	for n := 0; n < policies; {
		g := generator{Rand: r}
		src := g.policy()
		p := link(src)
		if p == nil || every(p, nil) > most {
			continue
		}
		n++
		truth := newTruth(p)
		records := every(p, func(in []slot.Value) { truth.see(&s, in) })
		budget := records
		if n%4 != 0 { // too few to decide all
			budget = min(records/2, 1_500)
		}
		report := prove.Run(p, asOf, prove.Options{Budget: budget})
		f, all := truth.agrees(t, report, src, true)
		switch {
		case report.Complete: // also where the budget is less, but there are inputs that nothing reads
			whole++
		case budget >= fair:
			found, possible = found+f, possible+all
		}
		require.True(t, n%4 != 0 || report.Complete, src)
	}
	t.Logf("%d of %d things that can happen were found without deciding everything; %d policies were decided whole", found, possible, whole)
	require.Greater(t, found*100, possible*95, "the search finds little")
	require.Greater(t, whole, policies/5)
}

// What is said of changed versions of a real policy is held against records drawn at random.
func TestNothingIsProvedOfChangedPoliciesThatIsNotSo(t *testing.T) {
	src, err := os.ReadFile("../../testdata/contract/customer-management.yaml")
	require.NoError(t, err)
	const mutants, records = 16, 4_000
	r := rand.New(rand.NewPCG(3, 4))
	var s program.State
	for n := 0; n < mutants; {
		g := generator{Rand: r}
		text := string(src)
		for range 1 + r.IntN(3) {
			text = g.mutant(text)
		}
		p := link(text)
		if p == nil {
			continue
		}
		n++
		truth := newTruth(p)
		for range records {
			truth.see(&s, drawn(r, p))
		}
		truth.agrees(t, prove.Run(p, asOf, prove.Options{Budget: 3_000}), text, false)
	}
}

// drawn draws a record; its numbers lie around those that policies speak of.
func drawn(r *rand.Rand, p *program.Program) []slot.Value {
	in := make([]slot.Value, len(p.Inputs))
	for i := range in {
		decl := &p.Inputs[i]
		switch {
		case !decl.Required && r.IntN(20) == 0:
		case decl.OneOf != nil:
			in[i] = decl.OneOf[r.IntN(len(decl.OneOf))]
		case decl.Type.Kind == slot.Bool:
			in[i] = slot.Truth(r.IntN(8) == 0)
		case decl.Type.Kind == slot.Date:
			in[i] = slot.OfDay(asOf + slot.Day(r.IntN(400)-50))
		case decl.Type.Kind == slot.Grade:
			g := r.IntN(len(p.Grades))
			in[i] = slot.Rank(g, p.Grades[g])
		case decl.Type.Kind == slot.String:
			in[i] = slot.Text("x")
		default:
			places := 2
			if decl.Decimals != nil {
				places = *decl.Decimals
			}
			n := exact.Int(int64(r.IntN(400)))
			for range r.IntN(6) {
				n = n.Mul(exact.Int(int64(1 + r.IntN(10))))
			}
			if places > 0 && r.IntN(2) == 0 {
				n, _ = n.Quo(exact.Int(int64(1 + r.IntN(300))))
			}
			in[i] = slot.Num(n.Round(places, exact.Down))
		}
	}
	return in
}
