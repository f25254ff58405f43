package formula

import (
	"errors"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
)

// arrayValue makes a list that is written out. An item that is missing is missing in the list.
func arrayValue(n *Array) fn[slot.Value] {
	items := make([]fn[slot.Value], len(n.Items))
	for i, x := range n.Items {
		items[i] = valueOf(x)
	}
	return func(f *slot.Frame) (slot.Value, slot.Absence) {
		if !f.Step(len(items)) {
			return slot.Value{}, slot.Broken
		}
		list := make([]slot.Value, len(items))
		for i, x := range items {
			v, a := x(f)
			if a != 0 {
				v = slot.Gone(a)
			}
			list[i] = v
		}
		return slot.Items(list), 0
	}
}

var errRange = errors.New("an end of a range is not a whole number")

// ends computes the ends of a range, which may be any whole numbers.
func ends(n *Range) func(*slot.Frame) (from, to exact.Number, a slot.Absence) {
	x, y := numberOf(n.From), numberOf(n.To)
	return func(f *slot.Frame) (from, to exact.Number, a slot.Absence) {
		from, la := x(f)
		to, lb := y(f)
		switch {
		case la|lb != 0:
			return from, to, f.Both(la, lb)
		case !from.IsInt() || !to.IsInt():
			return from, to, f.Fail(errRange)
		}
		return from, to, 0
	}
}

// rangeValue makes a list of the whole numbers of a range, once their count is known to be within the limit.
func rangeValue(n *Range) fn[slot.Value] {
	bounds := ends(n)
	return func(f *slot.Frame) (slot.Value, slot.Absence) {
		from, to, a := bounds(f)
		if a != 0 {
			return slot.Value{}, a
		}
		if from.Cmp(to) > 0 {
			return slot.Items(nil), 0
		}
		count, ok := to.Sub(from).Add(exact.Int(1)).Int64()
		if !ok || count > slot.MaxSteps {
			count = slot.MaxSteps + 1
		}
		if !f.Step(int(count)) {
			return slot.Value{}, slot.Broken
		}
		list := make([]slot.Value, count)
		for i := range list {
			list[i] = slot.Num(from.Add(exact.Int(int64(i))))
		}
		return slot.Items(list), 0
	}
}

// inOf compiles x in list.
func inOf(n *Binary) fn[bool] {
	switch y := n.Y.(type) {
	case *Range:
		return inRange(numberOf(n.X), ends(y))
	case *Array:
		return inArray(n, y)
	case *Const:
		if y.Value.Kind == slot.List {
			return inKnown(n, y.Value.List)
		}
	}
	return inList(n)
}

// inRange does without the list: x is in it when it is whole and within the ends.
func inRange(x numberFn, bounds func(*slot.Frame) (from, to exact.Number, a slot.Absence)) fn[bool] {
	return func(f *slot.Frame) (bool, slot.Absence) {
		v, la := x(f)
		from, to, lb := bounds(f)
		if la|lb != 0 {
			return false, f.Both(la, lb)
		}
		return v.IsInt() && from.Cmp(v) <= 0 && v.Cmp(to) <= 0, 0
	}
}

// inKnown compiles x in [1, 2, 3].
func inKnown(n *Binary, list []slot.Value) fn[bool] {
	switch n.X.Type().Kind {
	case slot.Number:
		numbers := make([]exact.Number, len(list))
		for i, v := range list {
			numbers[i] = v.Num
		}
		return isIn(numberOf(n.X), func(x exact.Number) bool {
			for _, k := range numbers {
				if x.Equal(k) {
					return true
				}
			}
			return false
		})
	case slot.String:
		set := make(map[string]bool, len(list))
		for _, v := range list {
			set[v.Str] = true
		}
		return isIn(textOf(n.X), func(x string) bool { return set[x] })
	case slot.Bool:
		set := map[bool]bool{}
		for _, v := range list {
			set[v.Int != 0] = true
		}
		return isIn(boolOf(n.X), func(x bool) bool { return set[x] })
	}
	set := make(map[int64]bool, len(list))
	for _, v := range list {
		set[v.Int] = true
	}
	return isIn(rankOf(n.X), func(x int64) bool { return set[x] })
}

func isIn[T any](x fn[T], in func(T) bool) fn[bool] {
	return func(f *slot.Frame) (bool, slot.Absence) {
		v, a := x(f)
		if a != 0 {
			return false, a
		}
		return in(v), 0
	}
}

// inArray compiles x in [a, b], whose items are computed; no list is made. It is an `or` of comparisons: true as soon as one
// item is equal, even when another is missing.
func inArray(n *Binary, y *Array) fn[bool] {
	switch n.X.Type().Kind {
	case slot.Number:
		return anyEqual(numberOf(n.X), y.Items, numberOf, exact.Number.Equal)
	case slot.String:
		return anyEqual(textOf(n.X), y.Items, textOf, func(a, b string) bool { return a == b })
	case slot.Bool:
		return anyEqual(boolOf(n.X), y.Items, boolOf, func(a, b bool) bool { return a == b })
	}
	return anyEqual(rankOf(n.X), y.Items, rankOf, func(a, b int64) bool { return a == b })
}

func anyEqual[T any](x fn[T], items []Node, of func(Node) fn[T], equal func(a, b T) bool) fn[bool] {
	list := make([]fn[T], len(items))
	for i, n := range items {
		list[i] = of(n)
	}
	return func(f *slot.Frame) (bool, slot.Absence) {
		v, absent := x(f)
		known := absent == 0
		for _, item := range list {
			w, a := item(f)
			switch {
			case a != 0:
				absent = f.Both(absent, a)
			case known && equal(v, w):
				return true, 0
			}
		}
		return false, absent
	}
}

// inList compiles x in a list that the record holds.
func inList(n *Binary) fn[bool] {
	x, items := valueOf(n.X), itemsOf(n.Y)
	return func(f *slot.Frame) (bool, slot.Absence) {
		v, la := x(f)
		list, lb := items(f)
		if la|lb != 0 {
			return false, f.Both(la, lb)
		}
		if !f.Step(len(list)) {
			return false, slot.Broken
		}
		var absent slot.Absence
		for i := range list {
			switch w := &list[i]; {
			case w.Kind == slot.Missing:
				absent = f.Both(absent, gone(f, w, noAtom))
			case v.Equal(*w):
				return true, 0
			}
		}
		return false, absent
	}
}
