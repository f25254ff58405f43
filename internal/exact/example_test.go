package exact_test

import (
	"fmt"

	"github.com/tallystick-go/tallystick/internal/exact"
)

func Example() {
	onTime, total := exact.Int(311), exact.Int(366)
	ratio, ok := onTime.Quo(total)
	if !ok {
		fmt.Println("no payments")
		return
	}
	points := exact.Min(exact.Int(20), ratio.Mul(exact.Int(20)))
	fmt.Println(points.Fraction())
	fmt.Println(points.Round(2, exact.HalfUp).Fixed(2))
	fmt.Println(points.Less(exact.MustParse("17")))
	// Output:
	// 3110/183
	// 16.99
	// true
}
