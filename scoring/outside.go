package scoring

// Methods and combiners may be from outside: made by the program that loads the policy. One that panics when it is asked for
// a text or a range has none; that must not take a decision along, or its explanation. (A panic while it is checked, or asked
// for points, is an error.)

// ask returns what f returns, and the zero T where f panics.
func ask[T any](f func() T) (x T) {
	defer func() {
		if recover() != nil {
			x = *new(T)
		}
	}()
	return f()
}

// DescriptionOf returns what m, a Method or a Combiner, says in lang ("zh" or "en") that it does; "" where it says nothing.
func DescriptionOf(m any, lang string) string {
	if d, ok := m.(Describer); ok {
		return ask(func() string { return d.Describe(lang) })
	}
	return ""
}

// RowTextOf returns when row i, from 1, of m holds, in lang ("zh" or "en"); "" where m does not say.
func RowTextOf(m Method, i int, lang string) string {
	if t, ok := m.(RowTeller); ok {
		return ask(func() string { return t.RowText(i, lang) })
	}
	return ""
}

// RangeOf returns an interval that holds the points of m for every value in of, before they are held within [0, weight]; ok
// is false where none is known. It is asked after Check.
func RangeOf(m Method, of Interval, weight Number) (points Interval, ok bool) {
	r, ok := m.(Ranger)
	if !ok {
		return points, false
	}
	type found struct {
		points Interval
		ok     bool
	}
	x := ask(func() found {
		points, ok := r.Range(of, weight)
		return found{points, ok}
	})
	return x.points, x.ok
}

// rowOf returns the code and the reason of row i, from 1, of m.
func rowOf(m Method, i int) (code string, reason Title) {
	type row struct {
		code   string
		reason Title
	}
	t, ok := m.(Tabular)
	if !ok || i < 1 {
		return "", Title{}
	}
	x := ask(func() row {
		code, reason := t.Row(i)
		return row{code, reason}
	})
	return x.code, x.reason
}
