package scoring_test

import (
	"fmt"

	"github.com/tallystick-go/tallystick/scoring"
)

// A card of four indicators, written in Go: no file and no expressions are needed.
func Example_card() {
	const volume, onTime, overdue, ratio = 0, 1, 2, 3 // slots
	number := func(s string) *scoring.Number { return new(scoring.MustParse(s)) }
	points := func(n int64) scoring.Operand { return scoring.Const(scoring.Int(n)) }
	card := scoring.Card{Indicators: []scoring.Indicator{
		{ID: scoring.ID("volume"), Weight: number("30"), Of: scoring.Slot(volume), Method: &scoring.Bands{Rows: []scoring.Band{
			{Min: number("10_000_000"), Points: points(30)},
			{Min: number("1_000_000"), Points: points(18)},
			{Points: points(6)},
		}}},
		{ID: scoring.ID("on-time"), Weight: number("40"), Of: scoring.Slot(onTime), Method: &scoring.Proportional{Full: points(1)}},
		{ID: scoring.ID("overdue"), Weight: number("20"), Of: scoring.Slot(overdue), Method: &scoring.Deduct{Step: scoring.Int(10), Cost: scoring.Int(2)}},
		{
			ID: scoring.ID("current-ratio"), Weight: number("10"), Of: scoring.Slot(ratio),
			Method:  &scoring.Linear{Knots: []scoring.Knot{{At: scoring.Int(1), Points: scoring.Int(0)}, {At: scoring.Int(2), Points: scoring.Int(10)}}},
			Missing: scoring.MissingRule{Do: scoring.Reweight},
		},
	}}
	for _, fault := range card.Check(scoring.DefaultRounding()) {
		fmt.Println(fault.Message)
	}

	ratio38of39, _ := scoring.Ratio(38, 39)
	frame := scoring.NewFrame(
		scoring.Num(scoring.Int(4_000_000)), scoring.Num(ratio38of39), scoring.Num(scoring.Int(5)), scoring.Num(scoring.MustParse("1.6")))
	var r scoring.Result
	if err := card.Score(frame, &r); err != nil {
		fmt.Println(err)
		return
	}
	for i := range r.Items {
		item := &r.Items[i]
		fmt.Printf("%-13s %s of %s\n", item.Indicator.ID, item.Points.Fixed(2), item.Indicator.Weight)
	}
	fmt.Println("score", r.Score.Fixed(2))
	fmt.Println("overdue =", r.Items[2].Working(frame))
	// Output:
	// volume        18.00 of 30
	// on-time       38.97 of 40
	// overdue       19.00 of 20
	// current-ratio 6.00 of 10
	// score 81.97
	// overdue = 20 - (5 - 0) / 10 * 2
}

// Halves is a method of your own: full points for the first ten years, half of them for what comes after.
type Halves struct {
	Each scoring.Number `key:"each,required" doc:"points for each of the first ten years"`
}

// Check is asked once; a fault points into the policy file.
func (h *Halves) Check(s scoring.Setting) []scoring.Fault { return s.NeedNumber() }

// Points returns exact points; the card holds them within the weight, and rounds them.
func (h *Halves) Points(c *scoring.Case) (scoring.Number, scoring.Absence) {
	years, missing := c.Number()
	if missing != 0 {
		return years, missing
	}
	ten := scoring.Int(10)
	if years.Less(ten) {
		return years.Mul(h.Each), 0
	}
	half, _ := years.Sub(ten).Quo(scoring.Int(2))
	return ten.Add(half).Mul(h.Each), 0
}

// A method of your own is registered under the name that policies use, and can be used from Go as well.
func ExampleRegistry_Register() {
	methods := scoring.Methods()
	if err := methods.Register("halves", func() scoring.Method { return new(Halves) }); err != nil {
		fmt.Println(err)
	}
	fmt.Println(methods.Register("bands", func() scoring.Method { return new(Halves) }))

	card := scoring.Card{
		Total:      new(scoring.Int(8)),
		Indicators: []scoring.Indicator{{ID: scoring.ID("years"), Weight: new(scoring.Int(8)), Of: scoring.Slot(0), Method: &Halves{Each: scoring.MustParse("0.5")}}},
	}
	if faults := card.Check(scoring.DefaultRounding()); len(faults) > 0 {
		fmt.Println(faults)
	}
	var r scoring.Result
	for _, years := range []int64{4, 13, 40} {
		if err := card.Score(scoring.NewFrame(scoring.Num(scoring.Int(years))), &r); err != nil {
			fmt.Println(err)
		}
		fmt.Println(years, "years:", r.Score.Fixed(2))
	}
	// Output:
	// scoring: the name "bands" is taken
	// 4 years: 2.00
	// 13 years: 5.75
	// 40 years: 8.00
}

// What is wrong with a card is found before any customer is scored.
func ExampleCard_Check() {
	number := func(s string) *scoring.Number { return new(scoring.MustParse(s)) }
	card := scoring.Card{Indicators: []scoring.Indicator{
		{ID: scoring.ID("roe"), Weight: number("60"), Of: scoring.Slot(0), Method: &scoring.Linear{Knots: []scoring.Knot{
			{At: scoring.MustParse("0.2"), Points: scoring.Int(0)},
			{At: scoring.MustParse("0.20"), Points: scoring.Int(60)},
		}}},
		{ID: scoring.ID("debt"), Weight: number("35"), Of: scoring.Slot(1), Method: &scoring.Deduct{Step: scoring.Int(0), Cost: scoring.Int(1)}},
	}}
	for _, fault := range card.Check(scoring.DefaultRounding()) {
		fmt.Println(fault.Message)
	}
	// Output:
	// the knot 0.2 stands here twice
	// `step` must be above 0, not 0
	// the weights of the indicators add up to 95, not to 100: 5 missing (roe 60 + debt 35)
}

// Ranked reason codes of a scorecard as in PMML.
func ExampleCard_Reasons() {
	formula := func(i int) scoring.Method { return &scoring.Formula{Expr: scoring.NumberIn(i)} }
	card := scoring.Card{
		Combine: &scoring.Points{Initial: new(scoring.Const(scoring.Int(600)))},
		Indicators: []scoring.Indicator{
			{ID: scoring.ID("age"), Code: "R01", Baseline: new(scoring.Int(20)), Method: formula(0)},
			{ID: scoring.ID("debt"), Code: "R02", Baseline: new(scoring.Int(30)), Method: formula(1)},
		},
	}
	if faults := card.Check(scoring.DefaultRounding()); len(faults) > 0 {
		fmt.Println(faults)
	}
	var r scoring.Result
	if err := card.Score(scoring.NewFrame(scoring.Num(scoring.Int(15)), scoring.Num(scoring.Int(-8))), &r); err != nil {
		fmt.Println(err)
	}
	fmt.Println(r.Score.Fixed(0))
	for _, reason := range card.Reasons(&r) {
		fmt.Println(reason.Code, reason.Points)
	}
	// Output:
	// 607
	// R02 38
	// R01 5
}
