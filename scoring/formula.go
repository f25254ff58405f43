package scoring

import "github.com/tallystick-go/tallystick/internal/doc"

// Formula gives the points that an expression yields.
//
//	formula: 10 - overdue_days * 0.25
type Formula struct {
	At
	Expr Operand `key:"points,required,short" doc:"the expression that yields the points"`
}

// Check finds a Formula made in Go without an expression.
func (m *Formula) Check(s Setting) []Fault {
	if !m.Expr.IsSet() && m.Node() == nil { // in a file, the decoder said so
		return []Fault{doc.Errorf(s.Place, "missing-key", "formula needs an expression")}
	}
	return nil
}

// Points returns what the expression yields.
func (m *Formula) Points(c *Case) (Number, Absence) { return m.Expr.Eval(c.Frame) }

// Working returns the expression as the policy has it.
func (m *Formula) Working(*Case) string { return m.Expr.Source.Value }

// Range returns what the expression can yield, as far as that is known.
func (m *Formula) Range(Interval, Number) (points Interval, ok bool) {
	points = yields(&m.Expr)
	return points, points.known()
}

// Describe returns the expression.
func (m *Formula) Describe(lang string) string {
	return in(lang, "按公式计分：", "by the formula ") + m.Expr.Source.Value
}
