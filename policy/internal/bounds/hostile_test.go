package bounds_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/slot"
)

// TestHostileExpressionsAreDealtWithInTime would hang or run out of memory if something were not bounded.
func TestHostileExpressionsAreDealtWithInTime(t *testing.T) {
	var lets, squares, conditions, ors, huge strings.Builder
	for i := range 60 {
		name := "v" + string(rune('a'+i%26)) + strings.Repeat("x", i/26)
		last := "a"
		if i > 0 {
			last = "v" + string(rune('a'+(i-1)%26)) + strings.Repeat("x", (i-1)/26)
		}
		lets.WriteString("let " + name + " = (" + last + " > 1 ? " + last + " + b : " + last + " * 2); ")
		squares.WriteString("let " + name + " = " + last + " * " + last + "; ")
		if i == 59 {
			lets.WriteString(name)
			squares.WriteString(name)
		}
	}
	for i := range 100 {
		if i > 0 {
			conditions.WriteString(" and ")
			ors.WriteString(" or ")
		}
		conditions.WriteString("(a * " + strings.Repeat("1", i%6+1) + " != b or t)")
		ors.WriteString("(a + c * " + strings.Repeat("2", i%6+1) + " == b and k == 'x')")
	}
	huge.WriteString("a")
	for range 200 {
		huge.WriteString(" * 1e999")
	}
	for name, src := range map[string]string{
		"lets": lets.String(), "squares": squares.String(), "and": conditions.String(), "or": ors.String(), "not": "not (" + ors.String() + ")",
		"huge": huge.String(), "fraction": "a" + strings.Repeat(" / 7", 400), "ternary": strings.Repeat("(t ? a : ", 60) + "b" + strings.Repeat(")", 60),
		"else": "a" + strings.Repeat(" ?? b", 200), "power": "((((a ** 60) ** 60) ** 60) ** 60)",
	} {
		w := small()
		p := w.compile(t, src)
		require.NotNil(t, p, name)
		v := w.space.Of(p)
		if v.Kind == slot.Bool {
			w.space.Always(v.True)
			w.space.Covers(v.False, v.True)
		}
		require.LessOrEqual(t, v.Places, 1000, name)
	}
}
