package table

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/sets"
	"github.com/tallystick-go/tallystick/internal/slot"
)

// The tables of these tests look at a whole number from 0 to 6, one of the texts a to d, and a truth value, so that every
// record can be tried.
func smallColumns() []Column {
	whole := sets.Within(slot.Number, Span{High: exact.Int(6)})
	texts := Set{Kind: slot.String, Texts: []string{"a", "b", "c", "d"}}
	return []Column{
		{Name: "n", Type: slot.NumberType, Slot: 0, Domain: whole, Places: 0, Given: true},
		{Name: "s", Type: slot.StringType, Slot: 1, Domain: texts, Places: -1, Given: true},
		{Name: "b", Type: slot.BoolType, Slot: 2, Domain: sets.Just(slot.Truth(false)).Or(sets.Just(slot.Truth(true))), Places: -1, Given: true},
	}
}

// eachRecord calls f with every record; with missing values too, if they are asked for.
func eachRecord(withMissing bool, f func(record []slot.Value)) {
	var ns, ss, bs []slot.Value
	for i := range int64(7) {
		ns = append(ns, slot.Num(exact.Int(i)))
	}
	for _, s := range []string{"a", "b", "c", "d"} {
		ss = append(ss, slot.Text(s))
	}
	bs = append(bs, slot.Truth(false), slot.Truth(true))
	if withMissing {
		ns, ss, bs = append(ns, slot.Value{}), append(ss, slot.Value{}), append(bs, slot.Value{})
	}
	for _, n := range ns {
		for _, s := range ss {
			for _, b := range bs {
				f([]slot.Value{n, s, b})
			}
		}
	}
}

// randomTable returns a table that is not checked yet. speaks: cells may speak of missing values.
func randomTable(r *rand.Rand, hit Hit, rows int, speaks bool) *Table {
	t := &Table{Name: "t", Hit: hit, Columns: smallColumns(), NoRow: 99}
	for range rows {
		row := Row{Is: slot.Num(exact.Int(int64(r.IntN(4) - 1)))}
		for c := range t.Columns {
			if r.IntN(3) == 0 {
				continue
			}
			set := randomSet(r, t.Columns[c].Type.Kind)
			if speaks && r.IntN(4) == 0 {
				set.Missing = Verdict(r.IntN(3))
			}
			row.Cells = append(row.Cells, Cell{Column: c, Set: set})
		}
		if r.IntN(6) == 0 { // a condition over a value besides the columns, sometimes missing
			row.When = func(f *slot.Frame) (bool, slot.Absence) {
				if v := &f.Slots[0]; v.Kind == slot.Missing {
					return false, f.Blame(7)
				}
				return f.Slots[0].Num.Sign() > 0, 0
			}
		}
		t.Rows = append(t.Rows, row)
	}
	for i := range 4 {
		t.Order = append(t.Order, slot.Num(exact.Int(int64((i+2)%4-1))))
	}
	return t
}

// verdict is whether row r holds for a record, by the definition of a cell.
func verdict(t *Table, r *Row, record []slot.Value) Verdict {
	all := Accepted
	for i := range r.Cells {
		c := &r.Cells[i]
		v := &record[t.Columns[c.Column].Slot]
		one := c.Set.Missing
		if v.Kind != slot.Missing {
			if one = Refused; c.Set.Accepts(v) {
				one = Accepted
			}
		}
		all = sets.Either(all.Not(), one.Not()).Not()
	}
	if r.When != nil {
		one, absent := r.When(slot.NewFrame(record...))
		switch {
		case absent != 0:
			all = sets.Either(all.Not(), Unknown).Not()
		case !one:
			all = Refused
		}
	}
	return all
}

// expected is the result by the definition of the hit policy, for a record of which every row can be told.
func expected(t *Table, record []slot.Value) string {
	var hits []int
	var sum exact.Number
	best, least, most := -1, -1, -1
	var list []string
	for i := range t.Rows {
		if verdict(t, &t.Rows[i], record) != Accepted {
			continue
		}
		x := t.Rows[i].Is.Num
		hits = append(hits, i)
		sum = sum.Add(x)
		list = append(list, x.String())
		if best < 0 || t.Rows[i].rank < t.Rows[best].rank {
			best = i
		}
		if least < 0 || x.Less(t.Rows[least].Is.Num) {
			least = i
		}
		if most < 0 || t.Rows[most].Is.Num.Less(x) {
			most = i
		}
	}
	switch {
	case t.Hit == Count:
		return fmt.Sprint(len(hits))
	case t.Hit == List:
		return "[" + strings.Join(list, " ") + "]"
	case t.Hit == OutputOrder:
		var sorted []string
		for _, x := range t.Order {
			for _, y := range list {
				if x.Num.String() == y {
					sorted = append(sorted, y)
				}
			}
		}
		return "[" + strings.Join(sorted, " ") + "]"
	case len(hits) == 0:
		return "no row"
	}
	is := func(i int) string { return t.Rows[i].Is.Num.String() }
	switch t.Hit {
	case Unique:
		if len(hits) > 1 {
			return "error"
		}
	case Any:
		for _, i := range hits {
			if is(i) != is(hits[0]) {
				return "error"
			}
		}
	case Priority:
		return is(best)
	case Sum:
		return sum.String()
	case Min:
		return is(least)
	case Max:
		return is(most)
	}
	return is(hits[0])
}

// decided is what the table says: a result, "error", "no row", or "missing".
func decided(t *Table, record []slot.Value) string {
	f := slot.NewFrame(append([]slot.Value(nil), record...)...)
	for i := range f.Slots {
		if f.Slots[i].Kind == slot.Missing {
			f.Slots[i] = slot.Gone(f.Blame(i))
		}
	}
	var to slot.Value
	var hits Hits
	hits.Reset(1)
	if err := t.Decide(f, &to, &hits, 0); err != nil {
		if e := new(Error); !errors.As(err, &e) {
			return err.Error()
		}
		return "error"
	}
	switch to.Kind {
	case slot.Missing:
		if atoms := f.Atoms(nil, to.Absent); len(atoms) == 1 && atoms[0] == t.NoRow {
			return "no row"
		}
		return "missing"
	case slot.List:
		var list []string
		for _, v := range to.List {
			list = append(list, v.Num.String())
		}
		return "[" + strings.Join(list, " ") + "]"
	}
	return to.Num.String()
}

func TestTablesDecideByTheirDefinition(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	indexed := 0
	for n := range 1500 {
		x := randomTable(r, Hit(n%10), 1+r.IntN(14), false)
		x.Check()
		if x.index != nil {
			indexed++
		}
		eachRecord(false, func(record []slot.Value) {
			require.Equal(t, expected(x, record), decided(x, record), "table %d, %s, %v", n, x.Hit, record)
		})
	}
	require.Greater(t, indexed, 100, "some with an index")
}

// A result that is there although values are missing is the same whatever they are; and it is missing only where some row
// cannot be told.
func TestWhatIsDecidedWithoutAValueDoesNotDependOnIt(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for n := range 400 {
		x := randomTable(r, Hit(n%10), 1+r.IntN(10), false)
		x.Check()
		eachRecord(true, func(record []slot.Value) {
			got := decided(x, record)
			if got == "missing" {
				unknown := false
				for i := range x.Rows {
					unknown = unknown || verdict(x, &x.Rows[i], record) == Unknown
				}
				require.True(t, unknown, "%s %v", x.Hit, record)
				return
			}
			eachRecord(false, func(whole []slot.Value) {
				for i := range whole {
					if record[i].Kind != slot.Missing && !record[i].Equal(whole[i]) {
						return
					}
				}
				want := expected(x, whole)
				if want == "error" { // by unique and any, a row that cannot be told may be one too many
					return
				}
				require.Equal(t, want, got, "table %d, %s, %v and %v", n, x.Hit, record, whole)
			})
		})
	}
}

// Where cells speak of missing values, a record that has some is decided like any other if every row can be told.
func TestMissingValuesThatAreSpokenOf(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for n := range 600 {
		x := randomTable(r, Hit(n%10), 1+r.IntN(12), true)
		x.Check()
		eachRecord(true, func(record []slot.Value) {
			for i := range x.Rows {
				if verdict(x, &x.Rows[i], record) == Unknown {
					return
				}
			}
			require.Equal(t, expected(x, record), decided(x, record), "table %d, %s, %v", n, x.Hit, record)
		})
	}
}

// said returns the codes of what Check finds, and how often.
func said(t *Table) map[string]int {
	out := map[string]int{}
	for _, f := range t.Check() {
		out[f.Code]++
	}
	return out
}

func TestOverlapsAreThoseOfSomeRecord(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	found := 0
	for n := range 3000 {
		x := randomTable(r, Unique, 2, true)
		for i := range x.Rows {
			x.Rows[i].When = nil
		}
		overlap := said(x)["overlap"] > 0
		some := false
		eachRecord(true, func(record []slot.Value) {
			some = some || verdict(x, &x.Rows[0], record) == Accepted && verdict(x, &x.Rows[1], record) == Accepted
		})
		require.Equal(t, some, overlap, "table %d", n)
		require.Equal(t, !some, x.apart)
		if some {
			found++
		}
	}
	require.Greater(t, found, 300)
	require.Less(t, found, 2700)
}

func TestGapsAreThoseOfSomeRecord(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	found := 0
	for n := range 3000 {
		x := randomTable(r, First, 1+r.IntN(8), false)
		gap := said(x)["gap"] > 0
		some := false
		for i := range x.Rows {
			x.Rows[i].When = nil // conditions count as if they held
		}
		eachRecord(false, func(record []slot.Value) { some = some || expected(x, record) == "no row" })
		require.Equal(t, some, gap, "table %d", n)
		if some {
			found++
		}
	}
	require.Greater(t, found, 300)
	require.Less(t, found, 2900)
}

func TestIdleRowsAreNeverTheFirst(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 14))
	found := 0
	for n := range 2000 {
		x := randomTable(r, First, 1+r.IntN(8), false)
		idle := said(x)["never-holds"]
		first := make([]bool, len(x.Rows))
		possible := make([]bool, len(x.Rows))
		eachRecord(false, func(record []slot.Value) {
			taken := false
			for i := range x.Rows {
				when := x.Rows[i].When
				x.Rows[i].When = nil
				holds := verdict(x, &x.Rows[i], record) == Accepted
				x.Rows[i].When = when
				if holds {
					possible[i] = true
					first[i] = first[i] || !taken
					taken = taken || when == nil
				}
			}
		})
		want := 0
		for i := range x.Rows {
			if !first[i] && possible[i] {
				want++
			}
		}
		require.Equal(t, want, idle, "table %d", n)
		found += want
	}
	require.Greater(t, found, 300)
}
