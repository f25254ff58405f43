package paper_test

import (
	"fmt"
	"maps"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy"
	"github.com/tallystick-go/tallystick/scoring"
)

// asOf is the day of all decisions.
var asOf = policy.AsOf(policy.NewDate(2024, time.June, 30))

// onPaper is a whole policy.
type onPaper struct {
	figures
	values   []namedAmount
	criteria []criterion
	card     *scorecard
	ladder   *ladder
	terms    *terms
}

type namedAmount struct {
	name     string
	amount   amount
	table    string   // the lines of a decision table, "" for an expression
	fallback *big.Rat // what stands in where it is missing
}

type criterion struct {
	require            claim
	otherwise, missing string
}

// draft writes a policy at random.
func (g *drafter) draft() *onPaper {
	g.names = []string{"n1", "n2", "n3", "n4"}
	p := &onPaper{figures: figures{
		points: oneOf(g, 2, 2, 2, 0, 1, 4, -1), score: oneOf(g, 2, 2, 2, 0, 1, 4, -1), money: oneOf(g, 2, 2, 0, 3), mode: oneOf(g, roundingModes...),
	}}
	for i := range g.IntN(4) {
		v := namedAmount{name: fmt.Sprintf("v%d", i+1), amount: g.amount(3)}
		if g.chance(30) {
			v.table, v.amount = g.decisionTable()
		}
		if g.chance(30) {
			v.fallback = g.literal()
		}
		p.values = append(p.values, v)
		g.names = append(g.names, v.name)
	}
	for range g.IntN(3) {
		p.criteria = append(p.criteria, criterion{g.claim(2), oneOf(g, "", "reject", "refer", "warn", "warn"), oneOf(g, "", "reject", "refer", "pass", "pass")})
	}
	p.card = g.card(0, nil, "")
	g.names = append(g.names, "score")
	p.ladder = g.ladder()
	p.terms = g.terms()
	return p
}

func (p *onPaper) write() string {
	places := func(n int) string {
		if n < 0 {
			return "exact"
		}
		return fmt.Sprint(n)
	}
	var out strings.Builder
	fmt.Fprintf(&out, "policy: paper\nversion: '1'\nrounding: {points: %s, score: %s, money: %d, mode: %s}\n", places(p.points), places(p.score), p.money, p.mode)
	out.WriteString("inputs:\n  n1: number\n  n2: number\n  n3: number\n  n4: number\n  flag: bool\n  kind: {type: string, one_of: [" + strings.Join(paperKinds, ", ") + "]}\n" +
		"  was: grade\n  bills: {type: list, of: {amount: {type: number}}}\n")
	if len(p.values) > 0 {
		out.WriteString("values:\n")
	}
	for _, v := range p.values {
		if v.table != "" {
			fmt.Fprintf(&out, "  %s:\n%s", v.name, v.table)
			if v.fallback != nil {
				fmt.Fprintf(&out, "    missing: %s\n", plain(v.fallback))
			}
			continue
		}
		fmt.Fprintf(&out, "  %s: {expr: %s", v.name, quoted(v.amount.text))
		if v.fallback != nil {
			out.WriteString(", missing: " + plain(v.fallback))
		}
		out.WriteString("}\n")
	}
	if len(p.criteria) > 0 {
		out.WriteString("admission:\n")
	}
	for i, c := range p.criteria {
		fmt.Fprintf(&out, "  - {id: k%d, require: %s", i+1, quoted(c.require.text))
		if c.otherwise != "" {
			out.WriteString(", otherwise: " + c.otherwise)
		}
		if c.missing != "" {
			out.WriteString(", missing: " + c.missing)
		}
		out.WriteString("}\n")
	}
	return out.String() + "scoring:\n" + p.card.write("  ") + p.ladder.write() + p.terms.write()
}

// customer makes up a record, and the sheet that says the same.
func (g *drafter) customer() (policy.Record, *sheet) {
	r := policy.Record{}
	s := &sheet{numbers: map[string]*big.Rat{}, truths: map[string]bool{}, texts: map[string]string{}}
	for _, name := range []string{"n1", "n2", "n3", "n4"} {
		if g.chance(88) {
			x := g.literal()
			r[name], s.numbers[name] = plain(x), x
		}
	}
	if g.chance(88) {
		s.truths["flag"] = g.chance(50)
		r["flag"] = s.truths["flag"]
	}
	if g.chance(90) {
		s.texts["kind"] = oneOf(g, paperKinds...)
		r["kind"] = s.texts["kind"]
	}
	if g.chance(75) {
		s.texts["was"] = oneOf(g, paperGrades...)
		r["was"] = s.texts["was"]
	}
	if s.listed = g.chance(88); s.listed {
		list := []any{}
		for range g.IntN(4) {
			bill := map[string]any{}
			var x *big.Rat
			if g.chance(95) {
				x = g.literal()
				bill["amount"] = plain(x)
			}
			list, s.bills = append(list, bill), append(s.bills, x)
		}
		r["bills"] = list
	}
	return r, s
}

// result is what the clerk finds.
type result struct {
	outcome       policy.Outcome
	values        map[string]*big.Rat
	criteria      []policy.CriterionResult
	bill          map[string]onBill
	score         *big.Rat // nil: none
	scored, final int
	limit         string // proposed: a figure, unlimited, or "" for none
	approval      string
	exposure      *big.Rat
	available     string
	request       string
}

// work is what the clerk does with a customer.
func (p *onPaper) work(s *sheet) result {
	out := result{values: map[string]*big.Rat{}}
	worst := func(o policy.Outcome) { out.outcome = max(out.outcome, o) }
	for _, v := range p.values {
		x := v.amount.of(s)
		if x == nil {
			x = v.fallback
		}
		if x != nil {
			s.numbers[v.name], out.values[v.name] = x, x
		}
	}
	for _, c := range p.criteria {
		result, what := policy.Pass, ""
		switch c.require.of(s) {
		case untrue:
			result, what = policy.Fail, c.otherwise
			if what == "" {
				what = "reject"
			}
		case unknown:
			result, what = policy.Unknown, c.missing
			if what == "" {
				what = "refer"
			}
		}
		switch what {
		case "reject":
			worst(policy.Rejected)
		case "refer":
			worst(policy.Referred)
		}
		out.criteria = append(out.criteria, result)
	}

	b := bill{figures: p.figures, earned: map[string]onBill{}}
	score, is := b.cardScore(p.card, s, nil)
	out.bill = b.earned
	switch is {
	case there:
		out.score = inPlaces(score, p.score, p.mode)
		s.numbers["score"] = out.score
	case toReject:
		worst(policy.Rejected)
	default:
		worst(policy.Referred)
	}

	var outcome string
	out.scored, out.final, outcome = p.ladder.climb(s, out.score)
	switch outcome {
	case "reject":
		worst(policy.Rejected)
	case "refer":
		worst(policy.Referred)
	}
	if out.final >= 0 {
		s.numbers["grade.factor"] = rat([]string{"1.25", "0.8", "0.3", "0", "0.5"}[out.final])
	}

	limit, endless, ok := p.terms.limit(s, p.money)
	if ok {
		limit = inPlaces(higher(limit, new(big.Rat)), p.money, p.mode)
	} else {
		worst(policy.Referred)
	}
	if used := p.terms.used(s); used != nil {
		out.exposure = inPlaces(used, p.money, p.mode)
	} else {
		worst(policy.Referred)
	}
	groupLeft, known := p.terms.groupLeft(s, p.figures)
	if !known {
		worst(policy.Referred)
	}
	if out.outcome != policy.Rejected && ok {
		out.limit = limit.FloatString(p.money)
		if endless {
			out.limit = "unlimited"
		}
		found := false
		for i, a := range p.terms.upTo {
			if endless {
				continue
			}
			most := a.of(s)
			if most == nil {
				found = true
				worst(policy.Referred)
				break
			}
			if limit.Cmp(most) <= 0 {
				out.approval, found = fmt.Sprintf("第%d级", i+1), true
				break
			}
		}
		switch {
		case found:
		case p.terms.gaps:
			worst(policy.Referred)
		default:
			out.approval = "董事会"
		}
	}
	left := func() (left *big.Rat, text string) { // what an admitted customer may still use; a customer who is not has no limit
		switch {
		case out.exposure == nil:
			return nil, ""
		case out.outcome != policy.Admitted:
			left = new(big.Rat).Neg(out.exposure)
		case endless && groupLeft == nil:
			return nil, "unlimited"
		case endless:
			left = groupLeft
		default:
			left = minus(limit, out.exposure)
			if groupLeft != nil {
				left = lower(left, groupLeft)
			}
		}
		return left, left.FloatString(p.money)
	}
	if p.terms.request != nil || len(p.terms.holds) > 0 {
		ranks := []string{"allowed", "unknown", "held", "refused"}
		rank := 0
		graver := func(r string) { rank = max(rank, slices.Index(ranks, r)) }
		verdict := func(over string) string {
			if over == "refuse" {
				return "refused"
			}
			return "held"
		}
		if p.terms.request != nil {
			asked := p.terms.request.of(s)
			most, text := left()
			switch {
			case asked == nil || text == "":
				graver("unknown")
			case most != nil && asked.Cmp(most) > 0:
				graver(verdict(p.terms.over))
			}
		}
		for _, h := range p.terms.holds {
			switch min(h.when.of(s), -h.unless.of(s)) {
			case isTrue:
				graver(verdict(h.over))
			case unknown:
				graver("unknown")
			}
		}
		out.request = ranks[rank]
		if out.request == "unknown" {
			worst(policy.Referred)
		}
	}
	_, out.available = left()
	return out
}

// Policies drafted at random, with every method, combiner, rule and step of the format, and customers of whom some things
// are missing: the engine and the clerk agree on every figure, to the last digit.
func TestRandomPoliciesAgainstPaper(t *testing.T) {
	policies, customers := 1000, 6
	if testing.Short() {
		policies = 200
	}
	g := &drafter{Rand: rand.New(rand.NewPCG(2024, 6)), used: map[string]int{}}
	met := map[string]int{}
	refused := map[string]int{}
	for i := range policies {
		draft := g.draft()
		src := draft.write()
		p, err := policy.Parse("paper.yaml", []byte(src))
		if err != nil {
			for _, d := range err.(policy.Diagnostics) {
				if d.Severity == policy.Error {
					refused[d.Code]++
				}
			}
			met["refused"]++
			continue
		}
		for range customers {
			record, s := g.customer()
			d, err := p.Decide(record, asOf)
			require.NoError(t, err, "policy %d\n%s\n%v", i, src, record)
			compare(t, d, draft, draft.work(s), fmt.Sprintf("policy %d: %v\n%s", i, record, src))
			met[d.Outcome().String()]++
			met["graded "+d.Grade()]++
			met["request "+d.Request()]++
		}
	}
	for _, part := range append(slices.Sorted(maps.Keys(g.used)), "admitted", "referred", "rejected", "graded A", "graded B", "graded C", "graded D", "graded M", "graded ", "request allowed", "request held", "request refused", "request unknown") {
		require.Positive(t, g.used[part]+met[part], part)
	}
	require.Less(t, met["refused"], policies/10, "%v", refused)
}

func compare(t *testing.T, d *policy.Decision, p *onPaper, want result, about string) {
	t.Helper()
	for _, v := range p.values {
		text, ok := d.Value(v.name)
		require.Equal(t, want.values[v.name] != nil, ok, "whether %s has a value: %s", v.name, about)
		if ok {
			got, err := scoring.Parse(text)
			if want := want.values[v.name]; err == nil { // a number of many digits is not read back
				require.Equal(t, inPlaces(want, 12, "half_even").FloatString(12), got.Fixed(12), "the value %s: %s", v.name, about)
			}
		}
	}
	for i, c := range d.Criteria() {
		require.Equal(t, want.criteria[i], c.Result, "criterion %s of %s", c.ID, about)
	}
	for _, x := range d.Indicators() {
		paper := want.bill[x.ID]
		if paper.unused {
			continue
		}
		require.Equal(t, paper.points != nil, x.Present, "whether %s has points: %s", x.ID, about)
		if !x.Present {
			continue
		}
		require.Zero(t, x.Raw.Rat().Cmp(paper.raw), "%s earns %s on paper: %s", x.ID, paper.raw, about)
		require.Equal(t, inPlaces(paper.points, 12, "half_even").FloatString(12), x.Points.RoundBank(12).StringFixed(12), "points of %s: %s", x.ID, about)
	}
	score, ok := d.ExactScore()
	require.Equal(t, want.score != nil, ok, "whether there is a score: %s", about)
	if ok {
		require.Zero(t, score.Rat().Cmp(want.score), "the score is %s on paper, not %s: %s", want.score, score.Fraction(), about)
	}
	grades := append(slices.Clone(paperGrades), "M")
	name := func(i int) string {
		if i < 0 {
			return ""
		}
		return grades[i]
	}
	require.Equal(t, name(want.scored), d.GradeBefore(), "the grade of the score: %s", about)
	require.Equal(t, name(want.final), d.Grade(), "the grade: %s", about)
	require.Equal(t, want.outcome, d.Outcome(), about)
	proposed := ""
	if limit, ok := d.ProposedLimit(); ok {
		proposed = limit.StringFixed(int32(p.money))
	} else if d.Unlimited() || want.limit == "unlimited" {
		proposed = "unlimited"
	}
	require.Equal(t, want.limit, proposed, "the limit: %s", about)
	require.Equal(t, want.approval, d.Approval(), "who approves: %s", about)
	used, ok := d.Exposure()
	require.Equal(t, want.exposure != nil, ok, "whether there is an exposure: %s", about)
	if ok {
		require.Equal(t, want.exposure.FloatString(p.money), used.StringFixed(int32(p.money)), "the exposure: %s", about)
	}
	require.Equal(t, want.available, d.AvailableText(), "what is available: %s", about)
	require.Equal(t, want.request, d.Request(), "the request: %s", about)
}
