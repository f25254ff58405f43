package scoring

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Deductions and repairs of 纳税信用管理 (税务总局公告2021年第31号, 附件2): late filing 5 each time, put right within 30 days
// and over 1,000 yuan 4 back; accounts not reported 3 once, 2.4 back.
func TestOccurrences(t *testing.T) {
	o := new(Occurrences)
	require.Empty(t, decoded(t, keys("base", "90", "rows", list(
		keys("count", "$0", "points", "5", "most", "15", "code", "late", "repairs", list(keys("count", "$1", "points", "4"), keys("count", "$2", "points", "2"))),
		keys("count", "$3", "points", "3", "most", "3", "repairs", list(keys("count", "$4", "points", "2.4"))),
	)), o))
	require.Empty(t, o.Check(setting("100")))
	for _, tt := range []struct {
		what    string
		values  [5]string
		points  string
		working string
	}{
		{"nothing happened", [5]string{"0", "0", "0", "0", "0"}, "90", "90"},
		{"once late", [5]string{"1", "0", "0", "0", "0"}, "85", "90 - 5"},
		{"once late, put right", [5]string{"1", "1", "0", "0", "0"}, "89", "90 - 1"},
		{"a repair never gives back more than was taken", [5]string{"1", "1", "1", "0", "0"}, "90", "90"},
		{"no more than the most", [5]string{"7", "0", "0", "0", "0"}, "75", "90 - 15"},
		{"repairs come after the most", [5]string{"7", "1", "0", "0", "0"}, "79", "90 - 11"},
		{"rows add up", [5]string{"2", "1", "0", "4", "1"}, "417/5", "90 - 6 - 0.6"},
		{"a count below 0 is none", [5]string{"-2", "-1", "0", "0", "0"}, "90", "90"},
	} {
		t.Run(tt.what, func(t *testing.T) {
			var values []Value
			for _, v := range tt.values {
				values = append(values, Num(n(v)))
			}
			c := &Case{Frame: NewFrame(values...), Weight: n("100")}
			p, absent := o.Points(c)
			require.Zero(t, absent)
			assert.Equal(t, tt.points, p.Fraction())
			assert.Equal(t, tt.working, o.Working(c))
			if tt.working == "90" {
				assert.Zero(t, c.Row)
			} else {
				assert.Equal(t, 1, c.Row, "the row that costs most gives the reason")
			}
		})
	}
	_, absent := o.Points(&Case{Frame: NewFrame(Num(n("1")), Gone(4), Num(n("0")), Num(n("0")), Num(n("0")))})
	assert.Equal(t, Absence(4), absent)
	code, _ := o.Row(1)
	assert.Equal(t, "late", code)
	r, ok := o.Range(Everything(), n("100"))
	assert.True(t, ok)
	assert.Equal(t, "[72, 90]", r.String())
}

func TestOccurrencesBeginWithTheWeight(t *testing.T) {
	o := new(Occurrences)
	require.Empty(t, decoded(t, list(keys("count", "$0", "points", "3")), o))
	require.Empty(t, o.Check(setting("10")))
	p, _ := o.Points(&Case{Frame: NewFrame(Num(n("2"))), Weight: n("10")})
	assert.Equal(t, "4", p.Fraction())
	r, _ := o.Range(Everything(), n("10"))
	assert.Equal(t, "[…, 10]", r.String())
}

func TestOccurrencesFaults(t *testing.T) {
	assert.Equal(t, []string{"occurrences need at least one row"}, errorsIn(new(Occurrences).Check(setting("10"))))
	o := &Occurrences{Rows: []Occurrence{{Cost: n("-1"), Most: num("0"), Repairs: []Repair{{Count: Const(n("1"))}}}}}
	assert.Equal(t, []string{
		"`points` must be above 0, not -1", "a row of occurrences needs `count`", "`most` must be above 0, not 0", "`points` must be above 0, not 0",
	}, errorsIn(o.Check(setting("10"))))
	s := setting("10")
	s.Weighted = false
	o = &Occurrences{Rows: []Occurrence{{Count: Const(n("1")), Cost: n("1")}}}
	assert.Equal(t, []string{"missing-key"}, codesOf(o.Check(s)))
	o.Base = new(Const(n("90")))
	assert.Empty(t, o.Check(s), "with a base of its own no weight is needed")
}
