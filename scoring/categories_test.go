package scoring

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/slot"
)

func TestCategories(t *testing.T) {
	of := func(k *Categories, v Value) (string, int, Absence) {
		c := &Case{Frame: NewFrame(), Of: &v, Weight: n("10"), atom: 5}
		p, absent := k.Points(c)
		return p.Fraction(), c.Row, absent
	}
	read := func(kind Kind, pairs ...any) *Categories {
		t.Helper()
		k := new(Categories)
		require.Empty(t, decoded(t, keys(pairs...), k))
		s := setting("10")
		s.Of = kind
		require.Empty(t, k.Check(s))
		return k
	}
	industry := read(KindString, "矿业", "5", list("冶金", "电力"), "4", quoted("otherwise"), "3", "otherwise", "0")
	for v, want := range map[string]string{"矿业": "5", "冶金": "4", "电力": "4", "otherwise": "3", "化工": "0", "": "0"} {
		p, row, absent := of(industry, Text(v))
		assert.Equal(t, want, p, v)
		assert.Zero(t, absent)
		assert.NotZero(t, row)
	}
	_, row, _ := of(industry, Text("电力"))
	assert.Equal(t, 2, row)
	_, row, _ = of(industry, Text("化工"))
	assert.Equal(t, 4, row, "otherwise comes after the last row")

	strict := read(KindString, "a", keys("share", "0.5", "code", "A"))
	p, _, _ := of(strict, Text("a"))
	assert.Equal(t, "5", p)
	_, row, absent := of(strict, Text("b"))
	assert.NotZero(t, absent, "a value without a row is missing")
	assert.Zero(t, row)
	code, _ := strict.Row(1)
	assert.Equal(t, "A", code)

	count := read(KindNumber, "1", "10", list("2", "3.0"), "6", "1e1", "1")
	for v, want := range map[string]string{"1.00": "10", "2": "6", "3": "6", "10": "1"} {
		p, _, absent := of(count, Num(n(v)))
		assert.Equal(t, want, p, v)
		assert.Zero(t, absent)
	}
	_, _, absent = of(count, Num(n("1.5")))
	assert.NotZero(t, absent)

	listed := read(KindBool, "true", "10", "false", "0")
	p, _, _ = of(listed, Truth(true))
	assert.Equal(t, "10", p)
	p, _, _ = of(listed, Truth(false))
	assert.Equal(t, "0", p)

	grade := read(KindGrade, "A", "10", list("B", "C"), "$0")
	v := slot.Rank(0, "A")
	p, _, _ = of(grade, v)
	assert.Equal(t, "10", p)
	r, ok := grade.Range(Everything(), n("10"))
	assert.False(t, ok, r)
}

func TestCategoriesMadeInGo(t *testing.T) {
	k := &Categories{Rows: []Category{{Values: []string{"1", "one"}, Points: Const(n("3"))}, {Values: []string{"true"}, Share: num("0.1")}}}
	s := setting("10")
	s.Of = KindMissing // not known
	require.Empty(t, k.Check(s))
	for _, v := range []Value{Num(n("1.0")), Text("1"), Text("one")} {
		p, absent := k.Points(&Case{Frame: NewFrame(), Of: &v, Weight: n("10")})
		assert.Zero(t, absent)
		assert.Equal(t, "3", p.Fraction())
	}
	v := Truth(true)
	p, _ := k.Points(&Case{Frame: NewFrame(), Of: &v, Weight: n("10")})
	assert.Equal(t, "1", p.Fraction())
	r, ok := k.Range(Everything(), n("10"))
	assert.True(t, ok)
	assert.Equal(t, "[1, 3]", r.String())
}

func TestCategoriesFaults(t *testing.T) {
	check := func(kind Kind, domain *Domain, pairs ...any) []Fault {
		k := new(Categories)
		require.Empty(t, decoded(t, keys(pairs...), k))
		s := setting("10")
		s.Of, s.Domain = kind, domain
		return k.Check(s)
	}
	assert.Equal(t, []string{"a has points already"}, errorsIn(check(KindString, nil, "a", "1", list("b", "a"), "2")))
	assert.Equal(t, []string{"1.0 has points already"}, errorsIn(check(KindNumber, nil, "1", "1", "1.0", "2")))
	assert.Equal(t, []string{"`of` is a number, but \"a\" is none"}, errorsIn(check(KindNumber, nil, "a", "1")))
	assert.Equal(t, []string{"`of` is true or false, but \"yes\" is neither"}, errorsIn(check(KindBool, nil, "yes", "1", "false", "2")))
	assert.Equal(t, []string{"a date has no categories"}, errorsIn(check(KindDate, nil, "a", "1")))
	assert.Equal(t, []string{"categories need at least one value besides `otherwise`"}, errorsIn(check(KindString, nil, "otherwise", "1")))
	assert.Equal(t, []string{"no row has 其他"}, errorsIn(check(KindString, &Domain{Texts: []string{"矿业", "其他"}}, "矿业", "1")))

	faults := check(KindString, &Domain{Texts: []string{"mining", "power"}}, "mining", "1", "pover", "2", "otherwise", "0")
	require.Len(t, faults, 1)
	assert.Equal(t, "never-holds", faults[0].Code)
	assert.Contains(t, faults[0].Hint, "did you mean `power`?")

	assert.Equal(t, []string{"wrong-type"}, codesOf(decoded(t, list("a"), new(Categories))))
	assert.Equal(t, []string{"wrong-type"}, codesOf(decoded(t, keys(list(list("a")), "1"), new(Categories))))
	assert.Equal(t, []string{"empty-value"}, codesOf(decoded(t, keys(list(), "1"), new(Categories))))
}
