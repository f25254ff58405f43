package formula

import (
	"testing"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
)

func prog(b *testing.B, src string) *Program {
	tree, ps := Parse(src)
	if ps != nil {
		b.Fatal(ps)
	}
	p, ps := Compile(tree, &Scope{Symbols: map[string]Symbol{"paid": {0, slot.NumberType}, "orders": {1, slot.NumberType}, "annual_purchase": {2, slot.NumberType}}, Locals: 3})
	if ps != nil {
		b.Fatal(ps)
	}
	return p
}

func BenchmarkMin(b *testing.B) {
	b.ReportAllocs()
	e := prog(b, "min(20, paid / orders * 20)").Number()
	f := slot.NewFrame(slot.Num(exact.MustParse("47")), slot.Num(exact.MustParse("48")), slot.Num(exact.MustParse("12000000")))
	for b.Loop() {
		e(f)
	}
}
func BenchmarkCmp(b *testing.B) {
	b.ReportAllocs()
	e := prog(b, "annual_purchase >= 10_000_000").Bool()
	f := slot.NewFrame(slot.Num(exact.MustParse("47")), slot.Num(exact.MustParse("48")), slot.Num(exact.MustParse("12000000")))
	for b.Loop() {
		e(f)
	}
}
