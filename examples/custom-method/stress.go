package main

import (
	"fmt"

	"github.com/tallystick-go/tallystick/scoring"
)

// Stress is a model of our own, which no expression of a policy could be: it goes through the months after a shock and
// counts those that the customer's cash survives.
//
//	balance = cash; in each month m from 1: balance += sales * (1 - lost) - costs, lost = shock - recovery * (m - 1), at least 0
//
// The points are the weight * months survived / months. The operands are expressions of the policy, so that the credit
// manager decides what counts as cash; where one of them is missing, so are the points, and the policy says what follows.
type Stress struct {
	scoring.At
	Cash     scoring.Operand `key:"cash,required" doc:"the money at hand"`
	Sales    scoring.Operand `key:"sales,required" doc:"the sales of a month before the shock"`
	Costs    scoring.Operand `key:"costs,required" doc:"what goes out in a month"`
	Shock    scoring.Number  `key:"shock,required" doc:"the part of the sales that is lost at once, 0 to 1"`
	Recovery scoring.Number  `key:"recovery" doc:"the part of the sales that comes back each month, 0 if unsaid"`
	Months   int             `key:"months,required" doc:"how many months are looked at, 1 to 120"`
}

const mostMonths = 120

// Check looks at the parameters, once, when the policy is loaded.
func (m *Stress) Check(s scoring.Setting) []scoring.Fault {
	faults := s.NeedWeight()
	if m.Shock.Sign() < 0 || scoring.Int(1).Less(m.Shock) {
		faults = append(faults, wrong(m.At, "shock", "`shock` is a part of the sales, 0 to 1, not %s", m.Shock)...)
	}
	if m.Recovery.Sign() < 0 {
		faults = append(faults, wrong(m.At, "recovery", "`recovery` must not be below 0, but is %s", m.Recovery)...)
	}
	if m.Months < 1 || m.Months > mostMonths {
		faults = append(faults, wrong(m.At, "months", "`months` must be 1 to %d, not %d", mostMonths, m.Months)...)
	}
	return faults
}

// Points is asked for every customer, from many goroutines at once: it changes nothing in m.
func (m *Stress) Points(c *scoring.Case) (scoring.Number, scoring.Absence) {
	survived, missing := m.survived(c.Frame)
	if missing != 0 {
		return scoring.Number{}, missing
	}
	part, _ := scoring.Ratio(int64(survived), int64(m.Months))
	return part.Mul(c.Weight), 0
}

// survived returns for how many months the balance is not below 0, or why that cannot be told.
func (m *Stress) survived(f *scoring.Frame) (int, scoring.Absence) {
	balance, noCash := m.Cash.Eval(f)
	sales, noSales := m.Sales.Eval(f)
	costs, noCosts := m.Costs.Eval(f)
	if missing := f.Both(f.Both(noCash, noSales), noCosts); missing != 0 {
		return 0, missing // all that is missing is to blame, not only what was met first
	}
	lost := m.Shock
	for month := range m.Months {
		balance = balance.Add(sales.Sub(sales.Mul(lost))).Sub(costs)
		if balance.Sign() < 0 {
			return month, 0
		}
		if lost = lost.Sub(m.Recovery); lost.Sign() < 0 {
			lost = scoring.Int(0)
		}
	}
	return m.Months, 0
}

// Range says which points can come out.
func (m *Stress) Range(_ scoring.Interval, weight scoring.Number) (points scoring.Interval, ok bool) {
	return scoring.Between(scoring.Int(0), weight), true
}

// Working shows the result of one customer, for explanations.
func (m *Stress) Working(c *scoring.Case) string {
	survived, missing := m.survived(c.Frame)
	if missing != 0 {
		return ""
	}
	return fmt.Sprintf("%s * %d / %d", c.Weight, survived, m.Months)
}

// Describe says what the model does, for the policy as a document.
func (m *Stress) Describe(lang string) string {
	if lang == "zh" {
		return fmt.Sprintf("压力测试：销售下降后%d个月内现金可支撑的月数", m.Months)
	}
	return fmt.Sprintf("stress test: the months of %d that the cash survives after a fall in sales", m.Months)
}
