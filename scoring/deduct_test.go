package scoring

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A bank's table (wenku365.com p-52229416) deducts in proportion, and says beside it where nothing is left. The deduction
// meets that rule at the limit: the table checks itself.
func TestDeductPublished(t *testing.T) {
	below := func(from, points string) *Deduct {
		return &Deduct{From: n(from), Step: n("0.01"), Cost: n(points), Direction: BelowCosts}
	}
	above := func(from, points string) *Deduct { return &Deduct{From: n(from), Step: n("0.01"), Cost: n(points)} }
	for _, tt := range []struct {
		what                  string
		method                *Deduct
		weight, value, points string
	}{
		{"净资产与年末贷款余额比率 ≥ 100 %", below("1", "0.1"), "6", "1", "6"},
		{"净资产与年末贷款余额比率 99 %", below("1", "0.1"), "6", "0.99", "59/10"},
		{"净资产与年末贷款余额比率 ≤ 40 % 不得分", below("1", "0.1"), "6", "0.4", "0"},
		{"资产负债率 ≤ 60 %", above("0.6", "0.25"), "7", "0.6", "7"},
		{"资产负债率 88 % 不得分", above("0.6", "0.25"), "7", "0.88", "0"},
		{"资产负债率 70.5 %", above("0.6", "0.25"), "7", "0.705", "35/8"},
		{"流动比率 100 % 不得分", below("1.5", "0.08"), "4", "1", "0"},
		{"流动比率 101 %", below("1.5", "0.08"), "4", "1.01", "2/25"},
	} {
		t.Run(tt.what, func(t *testing.T) {
			p, row := points(t, tt.method, tt.weight, tt.value)
			assert.Equal(t, tt.points, p)
			assert.Zero(t, row)
		})
	}
	// 资本固定比率 ≤ 80 %, 0.08 for each point: at 200 % the deduction is more than all.
	p, _ := points(t, above("0.8", "0.08"), "4", "2")
	assert.Equal(t, "-28/5", p, "held at 0 by the card")
}

func TestDeductWholeSteps(t *testing.T) {
	// 资产负债率 标准 40 % 每增加 5 个百分点扣 1 分 (xiaomilidoc.com p-10026781)
	d := &Deduct{From: n("0.4"), Step: n("0.05"), Cost: n("1"), Whole: true}
	for value, want := range map[string]string{
		"0.2": "10", "0.4": "10", "0.4499": "10", "0.45": "9", "0.4999999": "9", "0.5": "8",
	} {
		p, _ := points(t, d, "10", value)
		assert.Equal(t, want, p, value)
	}
	// 净资产 标准 5 亿 每减少 5 千万扣 1 分
	e := &Deduct{From: n("5e8"), Step: n("5e7"), Cost: n("1"), Whole: true, Direction: BelowCosts}
	for value, want := range map[string]string{
		"6e8": "10", "5e8": "10", "450_000_000.01": "10", "4.5e8": "9", "0": "0",
	} {
		p, _ := points(t, e, "10", value)
		assert.Equal(t, want, p, value)
	}
}

func TestDeductFaults(t *testing.T) {
	assert.Equal(t, []string{"`points` must be above 0, not 0", "`step` must be above 0, not -1"},
		errorsIn((&Deduct{Step: n("-1")}).Check(setting("10"))))
	var d Deduct
	root := keys("from", "0", "step", "0", "points", "2", "direction", "up")
	faults := decoded(t, root, &d)
	assert.Equal(t, []string{"bad-choice"}, codesOf(faults))
	faults = d.Check(setting("10"))
	require.Len(t, faults, 1)
	assert.Equal(t, root.Get("step").Place, faults[0].Place)
}

func TestDeductWorkingAndRange(t *testing.T) {
	d := &Deduct{From: n("0"), Step: n("10"), Cost: n("2")}
	require.Empty(t, d.Check(setting("10")))
	v := Num(n("15"))
	c := &Case{Frame: NewFrame(), Of: &v, Weight: n("10")}
	assert.Equal(t, "10 - (15 - 0) / 10 * 2", d.Working(c))
	d.Whole = true
	assert.Equal(t, "10 - floor((15 - 0) / 10) * 2", d.Working(c))
	v = Num(n("0"))
	assert.Empty(t, d.Working(c))

	r, ok := d.Range(Interval{NoMax: true}, n("10"))
	assert.True(t, ok)
	assert.Equal(t, "[…, 10]", r.String())
	r, _ = d.Range(Between(n("5"), n("25")), n("10"))
	assert.Equal(t, "[6, 10]", r.String())
	assert.Equal(t, "weight less 2 for every complete 10 above 0", d.Describe("en"))
	assert.Equal(t, Falling, d.Trend(n("10")))
}
