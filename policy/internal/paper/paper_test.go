package paper_test

import (
	"fmt"
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
		"  was: grade\n  born: date\n  bills: {type: list, of: {amount: {type: number}, ccy: string}}\n  rates: {type: record, of: {USD: number, EUR: number}}\n" +
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
			if g.chance(4) {
				x = g.large()
			}
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
			ccy := oneOf(g, "USD", "USD", "EUR", "EUR", "EUR", "JPY", "") // no rate of the yen is asked for
			if ccy != "" {
				bill["ccy"] = ccy
			}
			list, s.bills, s.currencies = append(list, bill), append(s.bills, x), append(s.currencies, ccy)
		}
		r["bills"] = list
	}
	if g.chance(90) {
		s.rates = map[string]*big.Rat{"USD": g.positive(), "EUR": g.positive()}
		rates := map[string]any{"USD": plain(s.rates["USD"]), "EUR": plain(s.rates["EUR"])}
		if g.chance(10) {
			delete(s.rates, "EUR")
			delete(rates, "EUR")
		}
		r["rates"] = rates
	}
	if s.hand = g.sign(p, s.copy()); s.hand != nil {
		r["override"] = s.hand.record(p)
	}
	return r, s
}

// Policies drafted at random, with every method, combiner, rule and step of the format, and customers of whom some things
// are missing: the engine and the clerk agree on every figure, to the last digit.
func TestRandomPoliciesAgainstPaper(t *testing.T) {
	const least = 10 // customers whom each thing that can happen happens to: fewer would show little
	policies, customers := 850, 6
	if testing.Short() {
		policies = 200
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
			if k == 1 && i%8 == 0 { // the same bytes, whatever the decision held before
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
	if testing.Short() {
		return // too few to meet everything
	}
	for _, part := range parts {
		require.GreaterOrEqual(t, g.used[part], least, part)
	}
	for _, event := range events() {
		require.GreaterOrEqual(t, met[event], least, event)
	}
}
