package cases

import (
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/policy"
)

func TestWhatIsTheSame(t *testing.T) {
	written := func(s string) Want { return Want{Text: s} }
	for _, x := range []struct {
		want Want
		got  any
		same bool
	}{
		{written("97.66"), "97.660", true},
		{written("97.66"), "97.664", false},
		{written("97.660"), "97.66", true},
		{written("9_766e-2"), "97.66", true},
		{written("-0"), "0.00", true},
		{Want{Text: "97.660", Quoted: true}, "97.66", false},
		{Want{Text: "97.66", Quoted: true}, "97.66", true},
		{written("9007199254740993"), "9007199254740992", false}, // equal as floats
		{written("A"), "A", true},
		{written("A"), "a", false},
		{written("true"), true, true},
		{written("true"), false, false},
		{Want{Text: "true", Quoted: true}, true, false},
		{written("none"), nil, false},
		{Want{None: true}, nil, true},
		{Want{None: true}, "", false},
		{Want{None: true}, "0.00", false},
		{Want{List: true, Items: []Want{written("1"), {None: true}}}, []any{"1.0", nil}, true},
		{Want{List: true, Items: []Want{written("1")}}, []any{"1", "1"}, false},
		{Want{List: true}, "1", false},
		{written("1"), []any{"1"}, false},
		{Want{Map: true, Fields: []Field{{"a", written("1")}, {"c", Want{None: true}}}}, map[string]any{"a": "1.0", "b": "2"}, true},
		{Want{Map: true, Fields: []Field{{"a", written("1")}, {"b", Want{None: true}}}}, map[string]any{"a": "1.0", "b": "2"}, false},
		{Want{Map: true}, []any{}, false},
		{written("1"), map[string]any{"a": "1"}, false},
	} {
		assert.Equal(t, x.same, same(x.want, x.got), "%v and %v", x.want, x.got)
	}
}

func TestScoresMayBeFractions(t *testing.T) {
	for _, x := range []struct {
		want, got string
		same      bool
	}{
		{"1/3", "1/3", true},
		{"2/6", "1/3", true},
		{"0.333333333333", "1/3", false},
		{"1/4", "0.25", true},
		{"97.66", "97.660", true},
		{"97.66", "97.664", false},
	} {
		assert.Equal(t, x.same, sameScore(Want{Text: x.want}, x.got), x.want)
	}
	assert.True(t, sameScore(Want{None: true}, nil))
	assert.False(t, sameScore(Want{None: true}, "1"))
	assert.False(t, sameScore(Want{Text: "1"}, nil))
}

func TestSetsHaveNoOrderAndNothingTwice(t *testing.T) {
	set := func(items ...string) Want {
		w := Want{List: true}
		for _, s := range items {
			w.Items = append(w.Items, Want{Text: s})
		}
		return w
	}
	assert.True(t, sameSet(set("a", "b"), []string{"b", "a"}))
	assert.True(t, sameSet(set(), []string(nil)))
	assert.False(t, sameSet(set("a"), []string{"b", "a"}))
	assert.False(t, sameSet(set("a", "b", "c"), []string{"b", "a"}))
	assert.False(t, sameSet(set("a", "a"), []string{"a", "b"}))
}

func TestReasonsAreThereInTheirOrder(t *testing.T) {
	reasons := []reason{
		{policy.Reason{Code: "a"}, []string{"甲", "first"}},
		{policy.Reason{Code: "b"}, []string{"乙", "second"}},
		{policy.Reason{Code: "c"}, []string{"丙", "third"}},
	}
	list := func(items ...string) Want {
		w := Want{List: true}
		for _, s := range items {
			w.Items = append(w.Items, Want{Text: s})
		}
		return w
	}
	for _, holds := range []Want{list("a"), list("甲", "third"), list("first", "b", "丙")} {
		assert.True(t, sameReasons(holds, reasons), holds.String())
	}
	for _, fails := range []Want{list(), list("b", "a"), list("a", "a"), list("a", "甲"), list("d")} {
		assert.False(t, sameReasons(fails, reasons), fails.String())
	}
	assert.True(t, sameReasons(list(), []reason(nil)))
	assert.False(t, sameReasons(list("a"), []reason(nil)))
}

// A test file is filled by the tags of its structs, which nothing else tries.
func TestTheFormatCanBeDecoded(t *testing.T) {
	assert.NoError(t, doc.Decodable(reflect.TypeFor[*file]()))
}

// What the format has a key for can be compared, and the other way round.
func TestEveryKeyHasAFigure(t *testing.T) {
	keys := map[string]bool{}
	for f := range reflect.TypeFor[expect]().Fields() {
		if key, _, _ := strings.Cut(f.Tag.Get("key"), ","); key != "" && key != "error" {
			keys[key] = true
			assert.Contains(t, figures, key)
		}
	}
	for key := range figures {
		assert.True(t, keys[key], "no key %s", key)
	}
}
