package scoring

import (
	"slices"
	"strings"

	"github.com/tallystick-go/tallystick/internal/doc"
)

// Categories gives points by value: of a text, a grade, a truth value or a number. Where the value is in no row and there
// is no `otherwise`, the points are missing.
//
//	categories: {矿业: 5, [冶金, 电力]: 4, otherwise: 0}
//
// What a row gives is a number, an expression, or a map of the keys of [Category]. A value that is itself called
// otherwise is written in quotes.
type Categories struct {
	Rows      []Category
	Otherwise *Category // earned by every other value; its Values are not looked at. Its row is len(Rows) + 1

	place   Place
	texts   map[string]int // row by text, also "true" and "false"
	numbers []numberRow    // row by number, ascending
}

// Category is a row of [Categories].
type Category struct {
	At
	Values []string
	Points Operand `key:"points,short" doc:"the points earned, a number or an expression"`
	Share  *Number `key:"share" doc:"the part of the weight that is earned: 0.8 is 80 %"`
	Code   string  `key:"code" doc:"the code of the reason, that of the indicator if unsaid"`
	Reason Title   `key:"reason" doc:"the reason given where the row holds"`

	nodes []*doc.Node // where Values stand
}

type numberRow struct {
	value Number
	row   int
}

const otherwise = "otherwise"

// UnmarshalDoc reads a map from values, or lists of values, to points.
func (k *Categories) UnmarshalDoc(n *doc.Node, d *doc.Decoder) {
	k.place = n.Place
	if n.Kind != doc.Map {
		d.Fault(doc.Errorf(n.Place, "wrong-type", "a map from values to points is needed here, not %s", n.Kind).
			WithHint("write {a: 5, [b, c]: 4, otherwise: 0}"))
		return
	}
	rows := 0
	for _, p := range n.Pairs {
		if !isOtherwise(p.Key) {
			rows++
		}
	}
	k.Rows = make([]Category, 0, rows) // never grown: expressions are remembered by address
	for _, p := range n.Pairs {
		if isOtherwise(p.Key) {
			k.Otherwise = new(Category)
			d.Decode(p.Value, k.Otherwise)
			continue
		}
		k.Rows = append(k.Rows, Category{})
		row := &k.Rows[len(k.Rows)-1]
		keys := p.Key.Items
		if p.Key.Kind == doc.Scalar {
			keys = []*doc.Node{p.Key}
		}
		for _, key := range keys {
			if key.Kind != doc.Scalar {
				d.Errorf(key.Place, "wrong-type", "a category is a single value, not %s", key.Kind)
				continue
			}
			row.Values = append(row.Values, key.Text)
			row.nodes = append(row.nodes, key)
		}
		if p.Key.Kind == doc.Null || len(keys) == 0 {
			d.Fault(doc.Errorf(p.Key.Place, "empty-value", "there is no value here").
				WithHint("what happens where the value is missing is said by the indicator's `missing`"))
		}
		d.Decode(p.Value, row)
	}
}

// DocShapes says that a map from values to points is read.
func (k *Categories) DocShapes() []any { return []any{doc.Shape{Of: doc.Dict[Category]{}, Least: 1}} }

// DocDetails says that a row earns either points or a share.
func (*Category) DocDetails() doc.Details { return eitherEarned }

func isOtherwise(key *doc.Node) bool {
	return key.Kind == doc.Scalar && key.Text == otherwise && !key.Quoted
}

func (k *Categories) at(s Setting) Place {
	if k.place.Known() {
		return k.place
	}
	return s.Place
}

// where returns the place of value j of the row.
func (r *Category) where(j int, s Setting) Place {
	if j < len(r.nodes) {
		return r.nodes[j].Place
	}
	return s.Place
}

// Check finds values that stand in two rows, are not of the kind of `of`, or cannot occur; and, where it is known which
// values there are, those that no row has.
func (k *Categories) Check(s Setting) []Fault {
	var faults []Fault
	switch s.Of {
	case KindMissing, KindNumber, KindString, KindBool, KindGrade:
		if !s.HasOf {
			faults = append(faults, doc.Errorf(k.at(s), "missing-key", "this method needs `of`: the value that it gives points for"))
		}
	default:
		faults = append(faults, doc.Errorf(k.at(s), "wrong-type", "a %s has no categories", s.Of))
	}
	if len(k.Rows) == 0 {
		faults = append(faults, doc.Errorf(k.at(s), "no-rows", "categories need at least one value besides `otherwise`"))
	}
	k.texts, k.numbers = make(map[string]int), nil
	for i := range k.Rows {
		row := &k.Rows[i]
		faults = append(faults, checkEarned(&row.Points, row.Share, row.Place(), s)...)
		for j, v := range row.Values {
			faults = append(faults, k.add(i, j, v, s)...)
		}
	}
	if k.Otherwise != nil {
		faults = append(faults, checkEarned(&k.Otherwise.Points, k.Otherwise.Share, k.Otherwise.Place(), s)...)
	}
	slices.SortFunc(k.numbers, func(a, b numberRow) int { return a.value.Cmp(b.value) })
	if d := s.Domain; d != nil && d.Texts != nil && s.Of != KindNumber && k.Otherwise == nil {
		var none []string
		for _, v := range d.Texts {
			if _, ok := k.texts[v]; !ok {
				none = append(none, v)
			}
		}
		if len(none) > 0 {
			faults = append(faults, doc.Errorf(k.at(s), gapCode, "no row has %s", strings.Join(none, ", ")).
				WithHint("add a row, or `otherwise`"))
		}
	}
	return faults
}

// add notes that value j of row i is v.
func (k *Categories) add(i, j int, v string, s Setting) []Fault {
	at := k.Rows[i].where(j, s)
	twice := func() []Fault {
		return []Fault{doc.Errorf(at, "duplicate-key", "%s has points already", v)}
	}
	if s.Of == KindNumber || s.Of == KindMissing {
		x, err := Parse(v)
		switch {
		case err == nil:
			for _, n := range k.numbers {
				if n.value.Equal(x) {
					return twice()
				}
			}
			k.numbers = append(k.numbers, numberRow{x, i})
		case s.Of == KindNumber:
			return []Fault{doc.Errorf(at, "wrong-type", "`of` is a number, but %q is none", v)}
		}
		if s.Of == KindNumber {
			return nil
		}
	}
	if s.Of == KindBool && v != "true" && v != "false" {
		return []Fault{doc.Errorf(at, "wrong-type", "`of` is true or false, but %q is neither", v)}
	}
	if _, ok := k.texts[v]; ok {
		return twice()
	}
	k.texts[v] = i
	if s.Domain != nil && s.Domain.Texts != nil && !slices.Contains(s.Domain.Texts, v) {
		return []Fault{doc.Warnf(at, "never-holds", "`of` is never %s", v).WithHint("%s", doc.Suggest(v, s.Domain.Texts))}
	}
	return nil
}

// Points returns the points of the row that has the value.
func (k *Categories) Points(c *Case) (Number, Absence) {
	i := k.find(c.Of)
	row := k.Otherwise
	if i >= 0 {
		row = &k.Rows[i]
	} else {
		i = len(k.Rows)
	}
	if row == nil {
		return Number{}, c.NoRow()
	}
	c.Row = i + 1
	return earned(&row.Points, row.Share, c)
}

// find returns the row that has v, or -1.
func (k *Categories) find(v *Value) int {
	text := ""
	switch {
	case v == nil:
		return -1
	case v.Kind == KindNumber:
		i, ok := slices.BinarySearchFunc(k.numbers, v.Num, func(r numberRow, x Number) int { return r.value.Cmp(x) })
		if !ok {
			return -1
		}
		return k.numbers[i].row
	case v.Kind == KindBool && v.Int == 0:
		text = "false"
	case v.Kind == KindBool:
		text = "true"
	case v.Kind == KindString || v.Kind == KindGrade:
		text = v.Str
	default:
		return -1
	}
	if i, ok := k.texts[text]; ok {
		return i
	}
	return -1
}

// Row returns the code and the reason of row i; that after the last one is `otherwise`.
func (k *Categories) Row(i int) (code string, reason Title) {
	switch {
	case i >= 1 && i <= len(k.Rows):
		return k.Rows[i-1].Code, k.Rows[i-1].Reason
	case i == len(k.Rows)+1 && k.Otherwise != nil:
		return k.Otherwise.Code, k.Otherwise.Reason
	}
	return "", Title{}
}

// RowText returns the values of row i.
func (k *Categories) RowText(i int, lang string) string {
	switch {
	case i >= 1 && i <= len(k.Rows):
		return strings.Join(k.Rows[i-1].Values, in(lang, "、", ", "))
	case i == len(k.Rows)+1 && k.Otherwise != nil:
		return in(lang, "其他", "any other")
	}
	return ""
}

// Range returns the least and the most points of all rows: categories have no order.
func (k *Categories) Range(_ Interval, weight Number) (points Interval, ok bool) {
	for i := 0; i <= len(k.Rows); i++ {
		row := k.Otherwise
		if i < len(k.Rows) {
			row = &k.Rows[i]
		}
		if row == nil {
			continue
		}
		p := earns(&row.Points, row.Share, weight)
		if ok {
			p = p.Join(points)
		}
		points, ok = p, true
	}
	return points, ok && points.known()
}

// Describe says what Categories does.
func (k *Categories) Describe(lang string) string {
	return in(lang, "按类别计分", "points by category")
}
