package scoring

import (
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/doc"
)

func TestRegistries(t *testing.T) {
	assert.Equal(t, []string{"bands", "best", "categories", "deduct", "efficacy", "formula", "linear", "mean", "occurrences",
		"proportional", "rules", "wall", "worst"}, Methods().Names())
	assert.Equal(t, []string{"minimum", "modified", "points", "product", "sum", "weighted_mean"}, Combiners().Names())

	// All that a policy file can name can be filled, is new each time, and says what it does.
	for _, name := range Methods().Names() {
		a, ok := Methods().New(name)
		require.True(t, ok)
		b, _ := Methods().New(name)
		assert.NotSame(t, a, b)
		assert.NoError(t, doc.Decodable(reflect.TypeOf(a)), name)
		assert.Implements(t, (*Describer)(nil), a, name)
		assert.Implements(t, (*Ranger)(nil), a, name)
		for _, lang := range []string{"zh", "en"} {
			assert.NotEmpty(t, a.(Describer).Describe(lang), name)
		}
	}
	for _, name := range Combiners().Names() {
		c, ok := Combiners().New(name)
		require.True(t, ok)
		assert.NoError(t, doc.Decodable(reflect.TypeOf(c)), name)
		assert.NotEqual(t, c.(Describer).Describe("zh"), c.(Describer).Describe("en"))
	}
	_, ok := Methods().New("band")
	assert.False(t, ok)
	assert.NoError(t, doc.Decodable(reflect.TypeFor[*Card]()))
}

// squareRoot is a method from outside: points are the square root of the value.
type squareRoot struct {
	At
	Times Number `key:"times,required" doc:"points for each unit of the root"`
}

func (s *squareRoot) Check(x Setting) []Fault { return x.NeedNumber() }

func (s *squareRoot) Points(c *Case) (Number, Absence) {
	x, absent := c.Number()
	if absent != 0 {
		return x, absent
	}
	root, ok := x.Sqrt()
	if !ok {
		return Number{}, c.NoRow()
	}
	return root.Mul(s.Times), 0
}

func TestMethodFromOutside(t *testing.T) {
	methods := Methods()
	require.NoError(t, methods.Register("square_root", func() Method { return new(squareRoot) }))
	assert.Contains(t, methods.Names(), "square_root")
	_, ok := Methods().New("square_root")
	assert.False(t, ok, "registering touches no other registry")

	d := doc.Decoder{Variants: map[reflect.Type]doc.Variants{reflect.TypeFor[Method](): methods.Variants(), reflect.TypeFor[Combiner](): Combiners().Variants()}}
	var c Card
	d.Decode(placed(keys("indicators", list(keys("id", "a", "weight", "100", "of", "$0", "square_root", keys("times", "10"))))), &c)
	require.Empty(t, d.Faults)
	c.Indicators[0].Of = Slot(0)
	assert.Equal(t, "70", scored(t, &c, exactly, Num(n("49"))).Score.String())
	r := scored(t, &c, exactly, Num(n("-1")))
	assert.Equal(t, OutcomeRefer, r.Outcome)
}

type unfillable struct {
	squareRoot
	Rates map[string]Number `key:"rates"`
}

type hidden struct {
	squareRoot
	rate Number `key:"rate"`
}

func TestRegisterRefuses(t *testing.T) {
	ok := func() Method { return new(squareRoot) }
	for _, tt := range []struct {
		name  string
		maker func() Method
		want  string
	}{
		{"bands", ok, `the name "bands" is taken`},
		{"weight", ok, `"weight" is a key of every indicator`},
		{"2x", ok, `"2x" cannot be a name`},
		{"", ok, `"" cannot be a name`},
		{"x", nil, `registered without a function`},
		{"x", func() Method { return nil }, "must be a pointer"},
		{"x", func() Method { return (*squareRoot)(nil) }, "must be a pointer"},
		{"x", func() Method { panic("no") }, `making "x" panics: no`},
		{"x", func() Method { return new(unfillable) }, "scoring.unfillable.Rates is a map[string]exact.Number, which a policy file cannot fill"},
		{"x", func() Method { return &hidden{rate: n("1")} }, "scoring.hidden.rate has a key but is not exported"},
	} {
		assert.ErrorContains(t, Methods().Register(tt.name, tt.maker), tt.want)
	}
}

func TestCombinersInAFile(t *testing.T) {
	card := func(combine any) *Card {
		c := new(Card)
		require.Empty(t, decoded(t, keys("combine", combine, "indicators", list(keys("id", "a", "weight", "100", "formula", "$0"))), c))
		return c
	}
	assert.IsType(t, new(Sum), card("sum").Combine)
	assert.IsType(t, new(Modified), card("modified").Combine)
	m := card(keys("modified", keys("min", "0.8"))).Combine.(*Modified)
	assert.Equal(t, "0.8", m.Min.String())
	p := card(keys("points", keys("initial", "$1", "reasons", "above"))).Combine.(*Points)
	assert.Equal(t, AboveBaseline, p.Reasons)

	assert.Equal(t, []string{"unknown-combiner"}, codesOf(decoded(t, keys("combine", "summ"), new(Card))))
}
