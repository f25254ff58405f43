package yamldoc_test

import (
	"fmt"

	"github.com/tallystick-go/tallystick/policy/internal/yamldoc"
)

func Example() {
	root, faults := yamldoc.Parse([]byte("指标: {标题: 采购额,\n       of: 采购额 / totl}\n指标: 2\n"))
	for _, f := range faults {
		fmt.Printf("%d:%d: %s\n", f.Place.Line, f.Place.Col, f.Message)
	}
	of := root.Get("指标").Get("of")
	place, _ := of.Within(6, 4)
	fmt.Printf("%d:%d: there is no `totl` in `%s`\n", place.Line, place.Col, of.Text)
	// Output:
	// 3:1: the key `指标` stands in this map twice
	// 2:18: there is no `totl` in `采购额 / totl`
}
