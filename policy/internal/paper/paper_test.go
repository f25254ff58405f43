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
)

// asOf is the day of all decisions: today.
var asOf = policy.AsOf(policy.NewDate(2024, time.June, 30))

// onPaper is a whole policy.
type onPaper struct {
	figures
	values   []namedValue
	late     []namedValue // that look at the score or at points
	criteria []criterion
	card     *scorecard
	ladder   *ladder
	terms    *terms
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
	g.texts = map[string][]string{"kind": paperKinds}
	for i := range g.IntN(5) {
		p.values = append(p.values, g.value(fmt.Sprintf("v%d", i+1)))
	}
	p.card = g.card(0, nil, "")
	g.names = append(append(g.names, "score"), p.card.pointNames()...)
	for i := range g.IntN(3) {
		p.late = append(p.late, g.value(fmt.Sprintf("w%d", i+1)))
		g.use("a value of the score")
	}
	p.ladder = g.ladder()
	p.terms = g.terms()
	if p.ladder.ends() || g.chance(40) {
		p.terms.valid = g.period()
	}
	g.names = append(g.names, "score", "grade.factor", "limit", "exposure", "available") // criteria come last
	for range g.IntN(3) {
		p.criteria = append(p.criteria, criterion{g.claim(2), oneOf(g, "", "reject", "refer", "warn", "warn"), oneOf(g, "", "reject", "refer", "pass", "pass")})
	}
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
		"  was: grade\n  born: date\n  bills: {type: list, of: {amount: {type: number}}}\n" +
		"functions:\n  mix(x, y): x * 0.7 + y * 0.3\n")
	values := append(slices.Clone(p.late), p.values...) // what an expression reads may stand below it
	slices.Reverse(values)
	if len(values) > 0 {
		out.WriteString("values:\n")
	}
	for _, v := range values {
		out.WriteString(v.write())
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

// customer makes up a record for p, and the sheet that says the same.
func (g *drafter) customer(p *onPaper) (policy.Record, *sheet) {
	r := policy.Record{}
	s := &sheet{numbers: map[string]*big.Rat{}, truths: map[string]bool{}, texts: map[string]string{}, met: map[string]int{}}
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
		s.texts["was"] = oneOf(g, p.ladder.names()...)
		r["was"] = s.texts["was"]
	}
	if g.chance(88) {
		born := g.date()
		d := dated(born)
		r["born"], s.born = born, &d
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
	if s.hand = g.sign(p, s.copy()); s.hand != nil {
		r["override"] = s.hand.record(p)
	}
	return r, s
}

// result is what the clerk finds.
type result struct {
	outcome    policy.Outcome
	values     map[string]found
	clash      bool // two rows of a table hold of which only one may: there is no decision
	criteria   []policy.CriterionResult
	bill       bill
	score      *big.Rat // nil: none
	grade      graded
	made       sum      // the limit that the steps make
	most       *big.Rat // that may be given by hand; nil: no bound, or unknown
	groupLimit *sum     // nil: not in a group
	groupLeft  *big.Rat // likewise
	endless    bool     // whether these make one without end, also where he is rejected
	steps      []string // to it
	limit      sum      // proposed
	byHand     string   // what came of a limit given by hand
	approval   string
	exposure   *big.Rat
	available  string
	request    string
	shares     []share
	review     string // the last day of the grade
	valid      string // the last day of the limit
	reasons    []reason
}

// work is what the clerk does with a customer.
func (p *onPaper) work(s *sheet) result {
	out := result{values: map[string]found{}}
	worst := func(o policy.Outcome) { out.outcome = max(out.outcome, o) }
	work := func(values []namedValue) (clash bool) {
		for _, v := range values {
			x := v.work(s)
			if x.clash {
				return true
			}
			out.values[v.name] = x
		}
		return false
	}
	if work(p.values) {
		return result{clash: true}
	}

	b := bill{p.figures, map[string]onBill{}, map[string]string{}}
	score, is := b.cardScore(p.card, s, nil)
	out.bill = b
	switch is {
	case there:
		out.score = inPlaces(score, p.score, p.mode)
		s.numbers["score"] = out.score
	case toReject:
		worst(policy.Rejected)
	default:
		worst(policy.Referred)
	}

	if work(p.late) {
		return result{clash: true}
	}

	out.grade = p.ladder.climb(s, out.score)
	switch out.grade.outcome {
	case "reject":
		worst(policy.Rejected)
	case "refer":
		worst(policy.Referred)
	}
	if out.grade.final >= 0 {
		s.numbers["grade.factor"] = rat([]string{"1.25", "0.8", "0.3", "0", "0.5"}[out.grade.final])
	}

	t := p.terms
	out.made, out.groupLimit = t.limit(s, p.figures)
	out.limit, out.steps, out.endless = out.made, out.made.after, out.made.endless
	if out.made.known && !out.made.endless {
		s.numbers["limit"] = out.made.amount
	}
	s.lacks = s.lacks || !out.made.known
	unsure := out.groupLimit != nil && !out.groupLimit.known
	if t.hand != nil && t.hand.most != nil {
		if most := t.hand.most.of(s); most != nil {
			out.most = inPlaces(most, p.money, "floor")
		} else {
			unsure = true
		}
	}
	if s.hand != nil && s.hand.limit != nil {
		out.byHand = t.byHand(s, out, unsure)
		s.meet("limit by hand " + out.byHand)
		switch out.byHand {
		case taken, same:
			out.limit = sum{amount: s.hand.limit, known: true, binding: "override"}
			s.numbers["limit"] = s.hand.limit
		case doubted:
			worst(policy.Referred)
			s.lacks = true
		}
	}
	if !out.limit.known {
		worst(policy.Referred)
	}
	if used := t.used(s); used != nil {
		out.exposure = inPlaces(used, p.money, p.mode)
		s.numbers["exposure"] = out.exposure
	} else {
		worst(policy.Referred)
		s.lacks = true
	}
	var known bool
	out.groupLeft, known = t.groupLeft(s, out.groupLimit, p.figures)
	if !known {
		worst(policy.Referred)
		s.lacks = true
	}
	whole := sum{known: known && out.limit.known && out.exposure != nil} // what is left to one who is admitted
	if whole.known {
		whole = out.limit.less(out.exposure)
		if out.groupLeft != nil {
			whole = whole.within(sum{amount: out.groupLeft}, "")
		}
	}
	if whole.known && !whole.endless {
		s.numbers["available"] = whole.amount
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
			s.lacks = true
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

	if out.outcome != policy.Rejected {
		if out.limit.known {
			by, sure := t.approve(s, out.limit, out.grade.final)
			if out.approval = by; by == "" {
				worst(policy.Referred)
			}
			switch {
			case !sure:
				s.meet("approval unknown")
				s.lacks = true
			case by == "":
				s.meet("approval by nobody")
			case by == board:
				s.meet("approved by the board")
			default:
				s.meet("approved by a rank")
			}
		}
		for i := range t.segments {
			x := t.segments[i].share(s, fmt.Sprintf("x%ds", i+1), out.limit, whole, p.figures)
			if !x.sure {
				worst(policy.Referred)
				s.lacks = true
			}
			out.shares = append(out.shares, x)
		}
	}
	left := func() sum { // what may still be used; one who is not admitted has no limit
		if out.exposure != nil && out.outcome != policy.Admitted {
			return sum{amount: new(big.Rat).Neg(out.exposure), known: true}
		}
		return whole
	}
	var holds []truth
	if t.request != nil || len(t.holds) > 0 {
		ranks := []string{"allowed", "unknown", "held", "refused"}
		rank := 0
		graver := func(r string) { rank = max(rank, slices.Index(ranks, r)) }
		verdict := func(over string) string {
			if over == "refuse" {
				return "refused"
			}
			return "held"
		}
		if t.request != nil {
			asked, most := t.request.of(s), left()
			switch {
			case asked == nil || !most.known:
				graver("unknown")
			case !most.endless && asked.Cmp(most.amount) > 0:
				graver(verdict(t.over))
			}
		}
		for _, h := range t.holds {
			is := min(h.when.of(s), -h.unless.of(s))
			holds = append(holds, is)
			switch is {
			case isTrue:
				graver(verdict(h.over))
			case unknown:
				graver("unknown")
			}
		}
		out.request = ranks[rank]
		if out.request == "unknown" {
			worst(policy.Referred)
			s.lacks = true
		}
	}
	out.available = left().text(p.figures)
	out.reasons = p.reasons(out, holds)
	if out.outcome == policy.Rejected { // he has nothing
		out.made, out.limit, out.byHand = sum{}, sum{}, ""
		return out
	}
	out.review = p.ladder.validUntil(out.grade.final)
	if out.limit.known {
		out.valid = t.valid.until()
	}
	if s.hand == nil {
		return out
	}
	gradeTaken := out.grade.byHand == taken || out.grade.byHand == same
	if gradeTaken {
		out.review = earlier(out.review, s.hand.until)
	}
	if out.limit.known && (gradeTaken || out.byHand == taken || out.byHand == same) {
		if out.valid = earlier(out.valid, s.hand.until); out.valid == s.hand.until {
			s.meet("valid until the last day of an override")
		}
	}
	return out
}

// Policies drafted at random, with every method, combiner, rule and step of the format, and customers of whom some things
// are missing: the engine and the clerk agree on every figure, to the last digit.
func TestRandomPoliciesAgainstPaper(t *testing.T) {
	policies, customers, least := 1000, 6, 10 // of everything that can happen: fewer would show little
	if testing.Short() {
		policies, least = 200, 1
	}
	g := &drafter{Rand: rand.New(rand.NewPCG(2024, 6)), used: map[string]int{}}
	met := map[string]int{}
	faults := map[string]int{}
	var again policy.Decision
	for i := range policies {
		draft := g.draft()
		src := draft.write()
		p, err := policy.Parse("paper.yaml", []byte(src))
		if err != nil {
			for _, d := range err.(policy.Diagnostics) {
				if d.Severity == policy.Error {
					faults[d.Code]++
				}
			}
			met["refused"]++
			continue
		}
		for k := range customers {
			record, s := g.customer(draft)
			d := &again // nothing may be left in it of another customer, nor of another policy
			if k == 0 {
				d = new(policy.Decision)
			}
			about := fmt.Sprintf("policy %d: %v\n%s", i, record, src)
			want := draft.work(s)
			for what, n := range s.met {
				met[what] += n
			}
			err := p.DecideInto(d, record, asOf)
			if want.clash {
				require.ErrorContains(t, err, "both hold", about)
				continue
			}
			require.NoError(t, err, about)
			compare(t, d, draft, s, want, about)
			if k == 1 { // the same bytes, whatever the decision held before
				fresh, err := p.Decide(record, asOf)
				require.NoError(t, err, about)
				require.Equal(t, string(fresh.AppendJSON(nil)), string(d.AppendJSON(nil)), about)
			}
			met[d.Outcome().String()]++
			met["graded "+d.Grade()]++
			met["request "+d.Request()]++
			for _, r := range want.reasons {
				met["reason "+string(r.effect)]++
			}
			met["bound by "+bound(d.Binding())]++
			for _, x := range d.Segments() {
				if x.Known {
					met["segment bound by "+bound(x.Binding)]++
				}
			}
		}
	}
	require.Less(t, met["refused"], policies/10, "%v", faults)
	for _, part := range slices.Sorted(maps.Keys(g.used)) {
		require.GreaterOrEqual(t, g.used[part], least, part)
	}
	wanted := []string{
		"admitted", "referred", "rejected", "graded A", "graded B", "graded C", "graded D", "graded M", "graded ", "a score without a grade",
		"unique: clash", "any: clash", "a doubtful row that changes nothing",
		"weights of row 1", "weights of row 2", "weights of no row", "weights unknown",
		"grade by hand " + taken, "grade by hand " + same, "grade by hand " + expired, "grade by hand " + refused,
		"refused: by", "refused: veto", "refused: grades", "refused: max_notches",
		"limit by hand " + taken, "limit by hand " + same, "limit by hand " + expired, "limit by hand " + refused, "limit by hand " + doubted,
		"refused: at_most", "refused: group", "valid until the last day of an override",
		"bound by a step", "bound by group", "bound by floor", "bound by override", "approved by the board", "approved by a rank", "approval unknown", "approval by nobody",
		"segment for others", "segment unknown", "segment bound by floor", "segment bound by total", "segment bound by a step", "segment bound by ",
		"request allowed", "request held", "request refused", "request unknown",
		"reason reject", "reason refer", "reason warn", "reason refuse", "reason hold", "reason score",
	}
	for _, hit := range paperHits {
		wanted = append(wanted, hit+": missing", hit+": no row", hit+": one row")
		if hit != "first" && hit != "unique" {
			wanted = append(wanted, hit+": several rows")
		}
	}
	for _, what := range wanted {
		require.GreaterOrEqual(t, met[what], least, what)
	}
}

func compare(t *testing.T, d *policy.Decision, p *onPaper, s *sheet, want result, about string) {
	t.Helper()
	for _, v := range append(slices.Clone(p.values), p.late...) {
		v.compare(t, d, want.values[v.name], about)
	}
	for i, c := range d.Criteria() {
		require.Equal(t, want.criteria[i], c.Result, "criterion %s of %s", c.ID, about)
	}
	for _, x := range d.Indicators() {
		paper := want.bill.earned[x.ID]
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
	for _, x := range d.Groups() {
		paper, earns := want.bill.earned[x.ID]
		if !earns { // a heading; or nothing at all, where it cannot be told which weights count
			continue
		}
		require.Equal(t, paper.points != nil, x.Present, "whether the group %s has points: %s", x.ID, about)
		if x.Present {
			require.Zero(t, x.Points.Rat().Cmp(paper.points), "the group %s earns %s on paper: %s", x.ID, paper.points, about)
		}
	}
	score, ok := d.ExactScore()
	require.Equal(t, want.score != nil, ok, "whether there is a score: %s", about)
	if ok {
		require.Zero(t, score.Rat().Cmp(want.score), "the score is %s on paper, not %s: %s", want.score, score.Fraction(), about)
		for _, x := range d.Adjustments() {
			require.Equal(t, want.bill.changes[x.ID], change(told(x.Holds, x.Unknown), x.Points.Rat()), "the adjustment %s: %s", x.ID, about)
		}
		for _, x := range d.Caps() {
			require.Equal(t, want.bill.changes[x.ID], change(told(x.Holds, x.Unknown), x.AtMost.Rat()), "the cap %s: %s", x.ID, about)
		}
	}
	name := func(i int) string {
		if i < 0 {
			return ""
		}
		return p.ladder.names()[i]
	}
	require.Equal(t, name(want.grade.scored), d.GradeBefore(), "the grade of the score: %s", about)
	require.Equal(t, name(want.grade.final), d.Grade(), "the grade: %s", about)
	byHand := ""
	if steps := d.GradeSteps(); len(steps) > 0 && steps[len(steps)-1].Kind == "override" {
		byHand = steps[len(steps)-1].Effect
	}
	require.Equal(t, want.grade.byHand, byHand, "what comes of the grade given by hand: %s", about)
	require.Equal(t, want.outcome, d.Outcome(), about)
	proposed := ""
	if limit, ok := d.ProposedLimit(); ok {
		proposed = limit.StringFixed(int32(p.money))
	} else if d.Unlimited() || want.limit.endless {
		proposed = "unlimited"
	}
	require.Equal(t, want.limit.text(p.figures), proposed, "the limit: %s", about)
	made := ""
	if limit, ok := d.CalculatedLimit(); ok {
		made = limit.StringFixed(int32(p.money))
	} else if want.made.endless {
		made = "unlimited"
	}
	require.Equal(t, want.made.text(p.figures), made, "the limit that the steps make: %s", about)
	require.Equal(t, want.byHand, d.LimitOverride(), "what comes of the limit given by hand: %s", about)
	require.Equal(t, want.limit.binding, d.Binding(), "what bound the limit: %s", about)
	if want.outcome != policy.Rejected {
		require.Equal(t, want.steps, stepTexts(d.LimitSteps()), "the steps to the limit: %s", about)
	}
	require.Equal(t, want.approval, d.Approval(), "who approves: %s", about)
	require.Equal(t, want.review, dayText(d.NextReview()), "when the grade ends: %s", about)
	require.Equal(t, want.valid, dayText(d.ValidUntil()), "when the limit ends: %s", about)
	compareShares(t, d, p, want, about)
	compareReasons(t, d, s, want, about)
	used, ok := d.Exposure()
	require.Equal(t, want.exposure != nil, ok, "whether there is an exposure: %s", about)
	if ok {
		require.Equal(t, want.exposure.FloatString(p.money), used.StringFixed(int32(p.money)), "the exposure: %s", about)
	}
	require.Equal(t, want.available, d.AvailableText(), "what is available: %s", about)
	compareStanding(t, d, want, about)
	require.Equal(t, want.request, d.Request(), "the request: %s", about)
}

// compareShares compares the segments.
func compareShares(t *testing.T, d *policy.Decision, p *onPaper, want result, about string) {
	t.Helper()
	segments := d.Segments()
	require.Len(t, segments, len(want.shares), about)
	for i, x := range segments {
		paper := want.shares[i]
		require.Equal(t, paper.applies, x.Applies, "whether %s is for the customer: %s", x.ID, about)
		limit := ""
		switch {
		case !x.Known:
		case x.Unlimited:
			limit = "unlimited"
		default:
			limit = x.Limit.StringFixed(int32(p.money))
		}
		require.Equal(t, paper.limit.text(p.figures), limit, "the limit of %s: %s", x.ID, about)
		require.Equal(t, paper.limit.binding, x.Binding, "what bound %s: %s", x.ID, about)
		if paper.limit.after != nil {
			require.Equal(t, paper.limit.after, stepTexts(x.Steps), "the steps of %s: %s", x.ID, about)
		}
		if want.outcome == policy.Admitted && paper.left.known && !paper.left.endless {
			require.Equal(t, paper.left.text(p.figures), x.Available.StringFixed(int32(p.money)), "what is left of %s: %s", x.ID, about)
		}
	}
}

func stepTexts(steps []policy.LimitStep) (all []string) {
	for _, x := range steps {
		switch x.Effect {
		case "changed", "no change":
			all = append(all, stepText(x.Effect, x.After.Rat(), x.Unlimited))
		default:
			all = append(all, x.Effect)
		}
	}
	return all
}

func dayText(day policy.Date, ok bool) string {
	if !ok {
		return ""
	}
	return day.String()
}

// bound says what kind of thing bound a limit; the ids of steps end with a number.
func bound(binding string) string {
	if strings.ContainsAny(binding, "0123456789") {
		return "a step"
	}
	return binding
}

// told is what the engine says of a condition, and of what hangs on it.
func told(holds, missing bool) truth {
	if missing {
		return unknown
	}
	return truthOf(holds)
}

// compareStanding compares what orders are checked against later: the limit in force and what is used of it.
func compareStanding(t *testing.T, d *policy.Decision, want result, about string) {
	t.Helper()
	standing, ok := d.Standing()
	require.Equal(t, want.exposure != nil, ok, "whether orders can be checked: %s", about)
	if !ok {
		return
	}
	require.Zero(t, standing.Own.Exposure.Rat().Cmp(want.exposure), "what is used: %s", about)
	if want.outcome != policy.Admitted {
		require.Zero(t, standing.Own.Limit.Value.Rat().Sign(), "the limit of one who is not admitted: %s", about)
		require.False(t, standing.Own.Limit.Unlimited, about)
		require.Nil(t, standing.Group, about)
		return
	}
	require.Equal(t, want.limit.endless, standing.Own.Limit.Unlimited, about)
	require.Zero(t, standing.Own.Limit.Value.Rat().Cmp(want.limit.amount), "the limit in force: %s", about)
	require.Equal(t, want.groupLimit != nil, standing.Group != nil, "whether he is in a group: %s", about)
	if standing.Group != nil {
		left := minus(standing.Group.Limit.Value.Rat(), standing.Group.Exposure.Rat())
		require.Zero(t, left.Cmp(want.groupLeft), "what the group has left: %s", about)
	}
}
