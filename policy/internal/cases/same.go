package cases

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/tallystick-go/tallystick/internal/exact"
)

// same reports whether got is what is wanted. Numbers compare by their value.
func same(w Want, got any) bool {
	switch g := got.(type) {
	case nil:
		return w.None
	case string:
		return w.single() && (w.Text == g || !w.Quoted && sameNumber(w.Text, g))
	case bool:
		return w.single() && !w.Quoted && w.Text == strconv.FormatBool(g)
	case []any:
		return w.List && slices.EqualFunc(w.Items, g, same)
	case map[string]any:
		return w.Map && !slices.ContainsFunc(w.Fields, func(f Field) bool { return !same(f.Want, g[f.Name]) })
	}
	return false
}

// single reports whether w is a single value.
func (w Want) single() bool { return !w.None && !w.List && !w.Map }

// sameNumber reports whether both are numbers, and equal. What a decision prints may be longer than what a file may say.
func sameNumber(want, got string) bool {
	x, err := exact.Parse(want)
	if err != nil {
		return false
	}
	var y exact.Number
	return y.UnmarshalText([]byte(got)) == nil && x.Equal(y)
}

// sameScore is same for a score, which may be a fraction.
func sameScore(w Want, got any) bool {
	g, ok := got.(string)
	if !ok || w.None {
		return same(w, got)
	}
	var x, y exact.Number
	return x.UnmarshalText([]byte(w.Text)) == nil && y.UnmarshalText([]byte(g)) == nil && x.Equal(y)
}

// sameSegment is same for a segment, of which the limit alone may be expected.
func sameSegment(w Want, got any) bool {
	if figures, ok := got.(map[string]any); ok && !w.Map {
		return same(w, figures["limit"])
	}
	return same(w, got)
}

// sameSet reports whether got, a []string, has exactly the items of w, each once, in any order.
func sameSet(w Want, got any) bool {
	g, _ := got.([]string)
	left := slices.Clone(g)
	for _, item := range w.Items {
		i := slices.Index(left, item.Text)
		if i < 0 {
			return false
		}
		left = slices.Delete(left, i, i+1)
	}
	return len(left) == 0
}

// sameReasons reports whether got, a []reason, has the items of w in their order, among others; none at all where w is empty.
func sameReasons(w Want, got any) bool {
	rest, _ := got.([]reason)
	if len(w.Items) == 0 {
		return len(rest) == 0
	}
	for _, item := range w.Items {
		i := slices.IndexFunc(rest, func(r reason) bool { return r.Code == item.Text || slices.Contains(r.texts, item.Text) })
		if i < 0 {
			return false
		}
		rest = rest[i+1:]
	}
	return true
}

// show returns what a decision has as a message shows it.
func show(got any) string {
	switch g := got.(type) {
	case nil:
		return none
	case []string:
		return "[" + strings.Join(g, ", ") + "]"
	case []reason:
		texts := make([]string, len(g))
		for i := range g {
			texts[i] = g[i].Text
		}
		return show(texts)
	case []any:
		texts := make([]string, len(g))
		for i := range g {
			texts[i] = show(g[i])
		}
		return show(texts)
	case map[string]any:
		var texts []string
		for _, name := range slices.Sorted(maps.Keys(g)) {
			texts = append(texts, name+": "+show(g[name]))
		}
		return "{" + strings.Join(texts, ", ") + "}"
	}
	return fmt.Sprint(got)
}
