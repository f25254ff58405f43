package policy_test

import (
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy"
)

// oracle is the contract policy once more, by hand and on math/big.Rat: what a diligent clerk would work out on paper.
type oracle struct {
	points []string // printed; "" for what is left out
	score  string
	grade  int // 0 is A
	limit  string
	whose  string
}

func rat(s string) *big.Rat {
	x, ok := new(big.Rat).SetString(s)
	if !ok {
		panic(s)
	}
	return x
}

func quotient(a, b *big.Rat) *big.Rat { return new(big.Rat).Quo(a, b) }

// held returns x within [low, high].
func held(x, low, high *big.Rat) *big.Rat {
	switch {
	case x.Cmp(low) < 0:
		return low
	case x.Cmp(high) > 0:
		return high
	}
	return x
}

// cents returns x, which is not negative, rounded half up to two places.
func cents(x *big.Rat) *big.Rat {
	y := new(big.Rat).Mul(x, rat("100"))
	y.Add(y, rat("1/2"))
	whole := new(big.Int).Quo(y.Num(), y.Denom())
	return quotient(new(big.Rat).SetInt(whole), rat("100"))
}

// efficacy is 功效系数法 over the levels of x from excellent to poor, rising or falling, with weight w.
func efficacy(x, w *big.Rat, levels [5]string) *big.Rat {
	shares := [5]string{"1", "0.8", "0.6", "0.4", "0.2"}
	rising := rat(levels[0]).Cmp(rat(levels[4])) > 0
	reached := func(i int) bool {
		c := x.Cmp(rat(levels[i]))
		return c == 0 || (c > 0) == rising
	}
	for i := range levels {
		if !reached(i) {
			continue
		}
		if i == 0 {
			return w
		}
		low, high := rat(levels[i]), rat(levels[i-1])
		position := quotient(new(big.Rat).Sub(x, low), new(big.Rat).Sub(high, low))
		share := new(big.Rat).Add(rat(shares[i]), position.Mul(position, rat("0.2")))
		return share.Mul(share, w)
	}
	return new(big.Rat)
}

// clerk works out a customer of whom everything is known but perhaps the two ratios ("").
func clerk(c map[string]string) (o oracle) {
	n := func(name string) *big.Rat { return rat(c[name]) }
	zero := new(big.Rat)
	volume := "4"
	for _, band := range [][2]string{{"10000000", "20"}, {"5000000", "16"}, {"1000000", "12"}, {"500000", "8"}} {
		if n("annual_purchase").Cmp(rat(band[0])) >= 0 {
			volume = band[1]
			break
		}
	}
	growth := rat("5")
	if n("last_year_purchase").Sign() != 0 {
		growth = new(big.Rat).Sub(quotient(n("annual_purchase"), n("last_year_purchase")), rat("1"))
		growth = quotient(held(growth, zero, rat("0.2")), rat("0.02"))
	}
	part := func(part, whole, weight string) *big.Rat {
		return held(new(big.Rat).Mul(quotient(n(part), n(whole)), rat(weight)), zero, rat(weight))
	}
	overdue := new(big.Rat).Sub(rat("10"), new(big.Rat).Mul(n("overdue_days"), rat("0.2")))
	exact := []*big.Rat{
		rat(volume), growth, part("contracts_fulfilled", "contracts_total", "25"), part("payments_on_time", "payments_total", "20"),
		held(overdue, zero, rat("10")), nil, nil,
	}
	present := rat("85")
	if c["current_ratio"] != "" {
		exact[5] = efficacy(n("current_ratio"), rat("8"), [5]string{"2", "1.5", "1.2", "1", "0.8"})
		present.Add(present, rat("8"))
	}
	if c["debt_ratio"] != "" {
		exact[6] = efficacy(n("debt_ratio"), rat("7"), [5]string{"0.4", "0.5", "0.6", "0.7", "0.8"})
		present.Add(present, rat("7"))
	}
	score := new(big.Rat)
	for _, x := range exact {
		if x == nil {
			o.points = append(o.points, "")
			continue
		}
		printed := cents(new(big.Rat).Mul(x, quotient(rat("100"), present)))
		o.points = append(o.points, printed.FloatString(2))
		score.Add(score, printed)
	}
	score = held(score, zero, rat("100"))
	o.score = score.FloatString(2)

	for o.grade = 0; o.grade < 3 && score.Cmp(rat([]string{"90", "75", "60"}[o.grade])) < 0; o.grade++ {
	}
	if n("overdue_days").Cmp(rat("90")) > 0 {
		o.grade = max(o.grade, 2)
	}
	if n("safety_incidents").Sign() > 0 {
		o.grade = min(o.grade+1, 3)
	}
	if previous := map[string]int{"": -1, "A": 0, "B": 1, "C": 2, "D": 3}[c["previous_grade"]]; previous >= 0 {
		o.grade = max(o.grade, previous-1)
	}

	limit := new(big.Rat).Mul(n("annual_purchase"), rat("1/4"))
	limit.Mul(limit, rat([]string{"1.2", "0.8", "0.4", "0"}[o.grade]))
	for _, most := range []*big.Rat{new(big.Rat).Mul(n("net_assets"), rat("0.2")), rat("5000000")} {
		if most.Cmp(limit) < 0 {
			limit = most
		}
	}
	if limit.Sign() < 0 {
		limit = zero
	}
	thousands := quotient(limit, rat("1000"))
	whole := new(big.Int).Quo(thousands.Num(), thousands.Denom())
	limit = new(big.Rat).Mul(new(big.Rat).SetInt(whole), rat("1000"))
	o.limit = limit.FloatString(2)
	switch {
	case limit.Cmp(rat("200000")) <= 0:
		o.whose = "销售部门"
	case limit.Cmp(rat("1000000")) <= 0:
		o.whose = "客户管理办公室"
	default:
		o.whose = "客户管理委员会"
	}
	return o
}

// Thousands of customers, many of them on an edge, to the last digit.
func TestContractAgainstPaper(t *testing.T) {
	p := contract(t)
	r := rand.New(rand.NewPCG(5, 5))
	one := func(all ...string) string { return all[r.IntN(len(all))] }
	met := map[string]int{}
	for range 4000 {
		c := map[string]string{
			"annual_purchase":    one("500000", "4999999.99", "5000000", "16666666.67", "25000000", "12000000", "9999999.999", "87654321.12", "3000000"),
			"last_year_purchase": one("10000000", "0", "11000000", "7", "4999999", "20000000.01", "2500000"),
			"contracts_total":    one("30", "7", "10000", "48"), "contracts_fulfilled": one("30", "7", "29", "6936", "933", "1", "0"),
			"payments_total": one("48", "3", "7"), "payments_on_time": one("47", "48", "2", "1"),
			"overdue_days": one("0", "5", "49", "90", "91", "30"), "safety_incidents": one("0", "0", "0", "1", "2"),
			"current_ratio": one("1.8", "", "2", "0.8", "0.79", "1.3", "1.37", "0.95"), "debt_ratio": one("0.42", "", "0.4", "0.8", "0.81", "0.555", "0.67"),
			"net_assets": one("30000000", "1004999.99", "1005000", "5000000", "-1", "18000000"), "previous_grade": one("", "A", "B", "C", "D"),
		}
		changes := []any{}
		for name, v := range c {
			changes = append(changes, name, v)
			if v == "" {
				changes[len(changes)-1] = nil
			}
		}
		d := decide(t, p, customer(changes...))
		want := clerk(c)
		for i, x := range d.Indicators() {
			got := ""
			if x.Present {
				got = x.Points.StringFixed(2)
			}
			require.Equal(t, want.points[i], got, "%s: %v", x.ID, c)
		}
		require.Equal(t, want.score, d.ScoreText(), "%v", c)
		index, ok := d.GradeIndex()
		require.True(t, ok)
		require.Equal(t, want.grade, index, "%v", c)
		require.Equal(t, want.limit, d.LimitText(), "%v", c)
		require.Equal(t, want.whose, d.Approval(), "%v", c)
		require.Equal(t, policy.Admitted, d.Outcome())
		met[d.Grade()+" "+d.Approval()]++
	}
	require.GreaterOrEqual(t, len(met), 9, "%v", met)
}
