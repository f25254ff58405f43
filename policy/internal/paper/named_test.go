package paper_test

import (
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy"
	"github.com/tallystick-go/tallystick/scoring"
)

// namedValue is one of the values of a policy: an expression, a decision table, or what a scoring method gives.
type namedValue struct {
	name     string
	amount   amount  // of an expression, and what a method looks at
	table    *table  // nil: none
	method   *method // nil: none
	fallback *answer // what stands in where it is missing
}

// value drafts a value, and lets expressions name it from here on.
func (g *drafter) value(name string) namedValue {
	v, kind := namedValue{name: name, amount: g.amount(3)}, "number"
	switch {
	case g.chance(40):
		v.table, kind = g.table()
	case g.chance(15):
		m := g.method(oneOf(g, "bands", "linear", "rules", "wall"), nil)
		v.method = &m
		g.use("a method as a value")
	}
	if g.chance(30) {
		switch kind {
		case "number":
			v.fallback = &answer{number: g.literal()}
		case "text":
			v.fallback = &answer{text: oneOf(g, paperRisks...)}
		}
	}
	switch kind {
	case "number":
		g.names = append(g.names, name)
	case "text":
		g.texts[name] = paperRisks
	case "record":
		g.names = append(g.names, name+".days", name+".factor")
	case "list":
		g.names = append(g.names, "len("+name+")")
		if v.table.texts() {
			g.texts[name+"[0]"] = paperRisks
		} else {
			g.names = append(g.names, "sum("+name+")")
		}
	}
	return v
}

func (v *namedValue) write() string {
	switch {
	case v.table != nil:
		return "  " + v.name + ":\n" + v.table.write() + v.instead("    missing: %s\n")
	case v.method != nil:
		return fmt.Sprintf("  %s: {of: %s, %s%s}\n", v.name, quoted(v.amount.text), v.method.text, v.instead(", missing: %s"))
	}
	return fmt.Sprintf("  %s: {expr: %s%s}\n", v.name, quoted(v.amount.text), v.instead(", missing: %s"))
}

// instead writes what stands in, an expression, where format has a %s.
func (v *namedValue) instead(format string) string {
	switch {
	case v.fallback == nil:
		return ""
	case v.fallback.text != "":
		return fmt.Sprintf(format, quoted(`"`+v.fallback.text+`"`))
	}
	return fmt.Sprintf(format, v.fallback.write())
}

// work works the value out and writes it down on s.
func (v *namedValue) work(s *sheet) found {
	var out found
	switch {
	case v.table != nil:
		out = v.table.decide(s)
		s.meet(v.table.hit + ": " + out.kind())
	default:
		x := v.amount.of(s)
		if x != nil && v.method != nil {
			x = v.method.points(s, x, "", nil)
		}
		out = found{known: x != nil, is: answer{number: x}}
	}
	if !out.known && !out.clash && v.fallback != nil {
		out = found{known: true, is: *v.fallback}
		s.lacks = true
	}
	if !out.known {
		return out
	}
	if a := out.is; a.number != nil {
		s.numbers[v.name] = a.number
	} else if a.text != "" {
		s.texts[v.name] = a.text
	} else if a.days != nil {
		s.numbers[v.name+".days"], s.numbers[v.name+".factor"] = a.days, a.factor
	}
	if out.listing {
		s.numbers["len("+v.name+")"] = big.NewRat(int64(len(out.list)), 1)
		sum := new(big.Rat)
		for _, a := range out.list {
			if a.number != nil {
				sum = plus(sum, a.number)
			}
		}
		s.numbers["sum("+v.name+")"] = sum
		if len(out.list) > 0 {
			s.texts[v.name+"[0]"] = out.list[0].text
		}
	}
	return out
}

// kind says in a word what comes of a table.
func (f *found) kind() string {
	switch {
	case f.clash:
		return "clash"
	case !f.known:
		return "missing"
	case len(f.rows) == 0:
		return "no row"
	case len(f.rows) == 1:
		return "one row"
	}
	return "several rows"
}

// compare compares the value that the engine has.
func (v *namedValue) compare(t *testing.T, d *policy.Decision, want found, about string) {
	t.Helper()
	equal := func(name string, want *big.Rat) {
		text, _ := d.Value(name)
		if got, err := scoring.Parse(text); err == nil { // a number of many digits is not read back
			require.Equal(t, inPlaces(want, 12, "half_even").FloatString(12), got.Fixed(12), "the value %s: %s", name, about)
		}
	}
	text, ok := d.Value(v.name)
	require.Equal(t, want.known, ok, "whether %s has a value: %s", v.name, about)
	if v.table != nil {
		rows, chosen := d.Rows(v.name)
		require.Equal(t, want.rows, rows, "the rows of %s that hold: %s", v.name, about)
		require.Equal(t, want.chosen, chosen, "the row of %s that stands: %s", v.name, about)
	}
	switch a := want.is; {
	case !ok:
	case want.listing:
		var items []string
		for _, a := range want.list {
			if a.number != nil {
				a.text = inPlaces(a.number, 12, "half_even").FloatString(12)
				a.text = strings.TrimRight(strings.TrimRight(a.text, "0"), ".")
			}
			items = append(items, `"`+a.text+`"`)
		}
		require.Equal(t, "["+strings.Join(items, ",")+"]", text, "the value %s: %s", v.name, about)
	case a.number != nil:
		equal(v.name, a.number)
	case a.days != nil:
		equal(v.name+".days", a.days)
		equal(v.name+".factor", a.factor)
	default:
		require.Equal(t, a.text, text, "the value %s: %s", v.name, about)
	}
}
