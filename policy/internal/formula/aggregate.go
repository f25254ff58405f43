package formula

import (
	"slices"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
)

// aggregate compiles min, max, sum, mean and median.
func aggregate(n *Call) numberFn {
	if len(n.Args) == 1 && n.Args[0].Type().Kind == slot.List {
		return aggregateList(n)
	}
	switch n.Name {
	case "min":
		return extreme(n.Args, exact.Min)
	case "max":
		return extreme(n.Args, exact.Max)
	case "median":
		return medianArgs(n.Args)
	}
	args := numbersOf(n.Args)
	share := exact.Int(1)
	if n.Name == "mean" {
		share, _ = exact.Ratio(1, int64(len(args)))
	}
	return func(f *slot.Frame) (exact.Number, slot.Absence) {
		var total exact.Number
		var absent slot.Absence
		for _, x := range args {
			a, la := x(f)
			if la != 0 {
				absent = f.Both(absent, la)
				continue
			}
			total = total.Add(a)
			if total.TooLarge() {
				return exact.Number{}, tooLarge(f)
			}
		}
		if absent != 0 {
			return exact.Number{}, absent
		}
		return total.Mul(share), 0
	}
}

func numbersOf(nodes []Node) []numberFn {
	out := make([]numberFn, len(nodes))
	for i, n := range nodes {
		out[i] = numberOf(n)
	}
	return out
}

// extreme compiles the min or max of arguments. Two arguments, one of them a constant, are a cap or a floor, and common.
func extreme(nodes []Node, better func(a, b exact.Number) exact.Number) numberFn {
	if len(nodes) == 2 {
		for i, n := range nodes {
			if k, ok := constant(n); ok {
				return extremeConst(numberOf(nodes[1-i]), k.Num, better)
			}
		}
		x, y := numberOf(nodes[0]), numberOf(nodes[1])
		return func(f *slot.Frame) (exact.Number, slot.Absence) {
			a, la := x(f)
			b, lb := y(f)
			if la|lb != 0 {
				return exact.Number{}, f.Both(la, lb)
			}
			return better(a, b), 0
		}
	}
	args := numbersOf(nodes)
	return func(f *slot.Frame) (exact.Number, slot.Absence) {
		var best exact.Number
		var absent slot.Absence
		for i, x := range args {
			a, la := x(f)
			switch {
			case la != 0:
				absent = f.Both(absent, la)
			case i == 0:
				best = a
			default:
				best = better(best, a)
			}
		}
		if absent != 0 {
			return exact.Number{}, absent
		}
		return best, 0
	}
}

func extremeConst(x numberFn, k exact.Number, better func(a, b exact.Number) exact.Number) numberFn {
	return func(f *slot.Frame) (exact.Number, slot.Absence) {
		a, absent := x(f)
		if absent != 0 {
			return exact.Number{}, absent
		}
		return better(a, k), 0
	}
}

// medianRoom is how many numbers a median takes without allocating.
const medianRoom = 16

func medianArgs(nodes []Node) numberFn {
	args := numbersOf(nodes)
	return func(f *slot.Frame) (exact.Number, slot.Absence) {
		var room [medianRoom]exact.Number
		values := room[:0]
		var absent slot.Absence
		for _, x := range args {
			a, la := x(f)
			if la != 0 {
				absent = f.Both(absent, la)
				continue
			}
			values = append(values, a)
		}
		if absent != 0 {
			return exact.Number{}, absent
		}
		return median(values), 0
	}
}

// median sorts values, of which there is at least one, and returns the middle one or the mean of the two in the middle.
func median(values []exact.Number) exact.Number {
	slices.SortFunc(values, exact.Number.Cmp)
	m := len(values) / 2
	if len(values)%2 == 1 {
		return values[m]
	}
	half, _ := exact.Ratio(1, 2)
	return values[m-1].Add(values[m]).Mul(half)
}

// aggregateList compiles min, max, sum, mean and median of a list.
func aggregateList(n *Call) numberFn {
	items, atom, name := itemsOf(n.Args[0]), n.Atom, n.Name
	return func(f *slot.Frame) (exact.Number, slot.Absence) {
		list, absent := items(f)
		if absent != 0 {
			return exact.Number{}, absent
		}
		if !f.Step(len(list)) {
			return exact.Number{}, slot.Broken
		}
		if absent = missingItem(f, list, slot.Number); absent != 0 {
			return exact.Number{}, absent
		}
		if len(list) == 0 {
			if name == "sum" {
				return exact.Number{}, 0
			}
			return exact.Number{}, blame(f, atom)
		}
		return summarise(f, name, list)
	}
}

// missingItem returns what all the items that are missing together are missing for.
func missingItem(f *slot.Frame, list []slot.Value, want slot.Kind) slot.Absence {
	var out slot.Absence
	for i := range list {
		if v := &list[i]; v.Kind != want {
			out = f.Both(out, absent(f, v, want))
		}
	}
	return out
}

func summarise(f *slot.Frame, name string, list []slot.Value) (exact.Number, slot.Absence) {
	r := list[0].Num
	switch name {
	case "min":
		for i := range list[1:] {
			r = exact.Min(r, list[1+i].Num)
		}
	case "max":
		for i := range list[1:] {
			r = exact.Max(r, list[1+i].Num)
		}
	case "median":
		var room [medianRoom]exact.Number
		values := room[:0]
		for i := range list {
			values = append(values, list[i].Num)
		}
		r = median(values)
	default:
		for i := range list[1:] {
			r = r.Add(list[1+i].Num)
			if !bigSteps(f, r) {
				return exact.Number{}, slot.Broken
			}
		}
		if name == "mean" {
			share, _ := exact.Ratio(1, int64(len(list)))
			r = r.Mul(share)
		}
	}
	if r.TooLarge() {
		return exact.Number{}, tooLarge(f)
	}
	return r, 0
}
