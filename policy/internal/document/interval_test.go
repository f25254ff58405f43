package document

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/tallystick-go/tallystick/internal/exact"
)

func TestThresholdsTakeWhatLiesBetweenThem(t *testing.T) {
	n := func(x int64) *exact.Number { v := exact.Int(x); return &v }
	for _, c := range []struct {
		why  string
		rows []bounds
		want []string
	}{
		{"best first", []bounds{{min: n(90)}, {min: n(75)}, {above: n(60)}, {}}, []string{"≥ 90", "≥ 75, < 90", "> 60, < 75", "≤ 60"}},
		{"least first", []bounds{{max: n(18)}, {below: n(29)}, {}}, []string{"≤ 18", "> 18, < 29", "≥ 29"}},
		{"rows with both bounds stand for themselves", []bounds{{min: n(1), below: n(2)}, {min: n(2)}, {}}, []string{"≥ 1, < 2", "≥ 2", "the rest"}},
		{"what goes both ways is not joined", []bounds{{min: n(90)}, {max: n(10)}, {}}, []string{"≥ 90", "≤ 10", "the rest"}},
		{"a row that takes all", []bounds{{}}, []string{"the rest"}},
		{"none", nil, []string{}},
	} {
		w := &writer{lang: "en"}
		assert.Equal(t, c.want, w.intervals(c.rows, "the rest"), c.why)
	}
}

func TestFiguresAreGroupedAndExact(t *testing.T) {
	third, _ := exact.Int(1).Quo(exact.Int(3))
	for want, n := range map[string]exact.Number{"1,234,567": exact.Int(1234567), "-1,000": exact.Int(-1000), "0.25": exact.MustParse("0.25"), "1/3": third} {
		assert.Equal(t, want, figure(n))
	}
}
