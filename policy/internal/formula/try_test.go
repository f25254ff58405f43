package formula

import (
	"fmt"
	"testing"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
)

func TestTry(t *testing.T) {
	for _, src := range []string{"1 < 2", "a + 1.50", "0.1+0.2 == 0.3", "1/3*3 == 1", "9223372036854775807 + 1", "min(20, a / 3 * 20)", "sum(1,2,3)", "sum(1,2)", "1.50 in [1.5]", "1 < a <= 5", "a/0 > 1 and false",
		"let min = 3; min + 1", "sum([1,2,3], # * 2)", "map([1,2,3], # * a)", "50万 + 1", "a % 2", "a*20% - 1", "x = 1", "a（1）"} {
		tree, ps := Parse(src)
		if ps != nil {
			fmt.Println(src, "=>", ps)
			continue
		}
		p, ps := Compile(tree, &Scope{Symbols: map[string]Symbol{"a": {0, slot.NumberType}}, Locals: 1})
		if ps != nil {
			fmt.Println(src, "=>", ps)
			continue
		}
		f := slot.NewFrame(slot.Num(exact.Int(7)))
		f.Reset(p.Slots)
		v := p.Any()(f)
		fmt.Printf("%s => %+v %v %v %v\n", src, v, v.Num, p.Reads, f.Err())
	}
}
