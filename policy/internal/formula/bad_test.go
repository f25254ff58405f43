package formula

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/tallystick-go/tallystick/internal/slot"
)

func TestMessages(t *testing.T) {
	data, _ := os.ReadFile("/tmp/exprplay/bad.txt")
	rec := &slot.Type{Kind: slot.Record, Fields: []slot.Field{{Name: "amount", Type: slot.NumberType}, {Name: "ccy", Type: slot.StringType}}}
	sy := map[string]Symbol{"a": {0, slot.NumberType}, "b": {1, slot.NumberType}, "name": {2, slot.StringType}, "ok": {3, slot.BoolType},
		"day1": {4, slot.DateType}, "g": {5, slot.GradeType}, "members": {6, slot.ListOf(rec)}, "points.volume": {7, slot.NumberType}, "points.long-overdue": {8, slot.NumberType}, "rates.usd": {9, slot.NumberType}, "rates.eur": {10, slot.NumberType}, "ratesrec": {11, &slot.Type{Kind: slot.Record, Fields: []slot.Field{{Name: "usd", Type: slot.NumberType}, {Name: "eur", Type: slot.NumberType}}}},
		"applicant.age": {12, slot.NumberType}, "xs": {13, slot.ListOf(slot.NumberType)}}
	fb, _ := Parse("risk / b + x")
	fr, _ := Parse("r(x)")
	fq, _ := Parse("x + name")
	sc := &Scope{Symbols: sy, Grades: []string{"A", "B", "C", "M"}, OnScale: 3, Functions: map[string]*Function{"aff": {[]string{"risk"}, fb}, "r": {[]string{"x"}, fr}, "q": {[]string{"x"}, fq}}, Locals: 14,
		Natives: map[string]*Native{"nat": {Params: []*slot.Type{slot.NumberType}, Result: slot.NumberType, Call: func(a []slot.Value) (slot.Value, error) { return a[0], nil }}}}
	for _, src := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		tree, ps := Parse(src)
		var p *Program
		if ps == nil {
			p, ps = Compile(tree, sc)
		}
		fmt.Println(src)
		if ps == nil {
			fmt.Println("    OK", p.Type)
		}
		for _, p := range ps {
			r := []rune(src)
			at := ""
			if p.Offset <= len(r) && p.Offset+p.Width <= len(r) {
				at = string(r[p.Offset : p.Offset+p.Width])
			} else {
				at = "OUT OF RANGE"
			}
			fmt.Printf("    [%s] %s  (%s)  @%d %q\n", p.Code, p.Message, p.Hint, p.Offset, at)
		}
	}
}
