package formula

import (
	"fmt"
	"regexp"
	"regexp/syntax"
	"strings"
	"unicode/utf8"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
)

// textOf compiles a string.
func textOf(n Node) fn[string] {
	switch n := n.(type) {
	case *Binary:
		if n.Op == OpJoin {
			return joinText(n)
		}
	case *Call:
		switch n.Name {
		case "lower":
			return changeText(n, strings.ToLower)
		case "upper":
			return changeText(n, strings.ToUpper)
		case "trim":
			return changeText(n, strings.TrimSpace)
		}
	}
	return structural(n, slot.String, getText, textOf)
}

// textSteps counts work on long strings, so that a loop over a long list of them ends.
func textSteps(f *slot.Frame, n int) bool { return n < 512 || f.Step(n/512) }

//go:noinline
func tooLong(f *slot.Frame) slot.Absence {
	return f.Fail(fmt.Errorf("a string grew beyond %d KiB", MaxString>>10))
}

func joinText(n *Binary) fn[string] {
	x, y := textOf(n.X), textOf(n.Y)
	return func(f *slot.Frame) (string, slot.Absence) {
		a, la := x(f)
		b, lb := y(f)
		switch {
		case la|lb != 0:
			return "", f.Both(la, lb)
		case len(a)+len(b) > MaxString:
			return "", tooLong(f)
		case !textSteps(f, len(a)+len(b)):
			return "", slot.Broken
		}
		return a + b, 0
	}
}

func changeText(n *Call, op func(string) string) fn[string] {
	x := textOf(n.Args[0])
	return func(f *slot.Frame) (string, slot.Absence) {
		a, absent := x(f)
		switch {
		case absent != 0:
			return "", absent
		case len(a) > MaxString:
			return "", tooLong(f)
		case !textSteps(f, len(a)):
			return "", slot.Broken
		}
		return op(a), 0
	}
}

// length compiles len: of a string in characters, of a list in items.
func length(n *Call) numberFn {
	if n.Args[0].Type().Kind == slot.List {
		x := itemsOf(n.Args[0])
		return func(f *slot.Frame) (exact.Number, slot.Absence) {
			list, absent := x(f)
			return exact.Int(int64(len(list))), absent
		}
	}
	x := textOf(n.Args[0])
	return func(f *slot.Frame) (exact.Number, slot.Absence) {
		s, absent := x(f)
		if absent == 0 && !textSteps(f, len(s)) {
			return exact.Number{}, slot.Broken
		}
		return exact.Int(int64(utf8.RuneCountInString(s))), absent
	}
}

// textTest compiles contains, startsWith, endsWith and matches.
func textTest(n *Binary) fn[bool] {
	if n.Op == OpMatches {
		return matches(n)
	}
	test := strings.Contains
	switch n.Op {
	case OpStartsWith:
		test = strings.HasPrefix
	case OpEndsWith:
		test = strings.HasSuffix
	}
	x, y := textOf(n.X), textOf(n.Y)
	return func(f *slot.Frame) (bool, slot.Absence) {
		a, la := x(f)
		b, lb := y(f)
		switch {
		case la|lb != 0:
			return false, f.Both(la, lb)
		case !textSteps(f, len(a)):
			return false, slot.Broken
		}
		return test(a, b), 0
	}
}

// pattern is a compiled pattern and the size of its program: matching goes through that for each character of the text.
type pattern struct {
	re   *regexp.Regexp
	size int
}

// compilePattern compiles an RE2 pattern whose program is not too large.
func compilePattern(s string) (p pattern, err error) {
	parsed, err := syntax.Parse(s, syntax.Perl)
	if err != nil {
		return p, patternError(err)
	}
	prog, err := syntax.Compile(parsed.Simplify())
	if err != nil {
		return p, patternError(err)
	}
	if len(prog.Inst) > maxPattern {
		return p, fmt.Errorf("it is too complex: repeat less, or fewer times")
	}
	re, err := regexp.Compile(s)
	if err != nil {
		return p, patternError(err)
	}
	return pattern{re, len(prog.Inst)}, nil
}

func patternError(err error) error {
	if e, ok := err.(*syntax.Error); ok {
		switch e.Code {
		case syntax.ErrInvalidPerlOp:
			return fmt.Errorf("%s is not known here (no lookahead, no lookbehind)", quote(e.Expr))
		case syntax.ErrLarge, syntax.ErrNestingDepth, syntax.ErrInvalidRepeatSize:
			return fmt.Errorf("it is too complex: repeat less, or fewer times")
		}
		return fmt.Errorf("%s: %s", string(e.Code), quote(e.Expr))
	}
	return err
}

// patternWork is how many instructions of a pattern, at 30 ns or so, make a step.
const patternWork = 64

// matches looks for the pattern anywhere in the string.
func matches(n *Binary) fn[bool] {
	k, _ := constant(n.Y)
	p, err := compilePattern(k.Str)
	if err != nil {
		return func(f *slot.Frame) (bool, slot.Absence) { return false, f.Fail(err) }
	}
	x := textOf(n.X)
	return func(f *slot.Frame) (bool, slot.Absence) {
		a, absent := x(f)
		switch {
		case absent != 0:
			return false, absent
		case !f.Step(len(a) * p.size / patternWork):
			return false, slot.Broken
		}
		return p.re.MatchString(a), 0
	}
}
