package formula_test

import (
	"fmt"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/formula"
)

func Example() {
	scope := &formula.Scope{
		Symbols: map[string]formula.Symbol{"paid": {Slot: 0, Type: slot.NumberType}, "orders": {Slot: 1, Type: slot.NumberType}},
		Locals:  2,
	}
	tree, problems := formula.Parse("min(20, paid / orders * 20)")
	if len(problems) > 0 {
		fmt.Println(problems)
		return
	}
	program, problems := formula.Compile(tree, scope)
	if len(problems) > 0 {
		fmt.Println(problems)
		return
	}
	points, missing := program.Number()(slot.NewFrame(slot.Num(exact.Int(47)), slot.Num(exact.Int(48))))
	fmt.Println(points.Fraction(), missing == 0)
	// Output: 235/12 true
}

func ExampleProblem() {
	_, problems := formula.Parse("paid > 50万 and orders = 3")
	for _, p := range problems {
		fmt.Println(p.Offset, p.Width, p)
	}
	// Output:
	// 7 3 `50万` is not a number (write 500_000)
	// 22 1 `=` does not compare (write `==`)
}
