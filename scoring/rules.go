package scoring

import (
	"github.com/tallystick-go/tallystick/internal/doc"
)

// Rules gives the points of the rows whose condition holds. A row without a condition always holds.
//
//	rules:                                  # the first row that holds
//	  - {when: years >= 3 and audited, points: 5}
//	  - {points: 0}
//	rules: {collect: sum, rows: [...]}      # all rows that hold
//
// With `first`, `min` and `max` the points are missing where no row holds; with `sum` and `count` they are 0. A condition
// that is missing makes the points missing, unless an earlier row is the first that holds.
type Rules struct {
	At
	Collect Collect `key:"collect,oneof=first|sum|min|max|count" doc:"which of the rows that hold count: first (unsaid), sum, min, max, or count: how many there are"`
	Rows    []Rule  `key:"rows,required" doc:"the rows: when, points"`
}

// Rule is a row of [Rules].
type Rule struct {
	At
	When   Condition `key:"when" doc:"when the row holds; always if unsaid"`
	Points Operand   `key:"points" doc:"the points earned, a number or an expression"`
	Share  *Number   `key:"share" doc:"the part of the weight that is earned: 0.8 is 80 %"`
	Code   string    `key:"code" doc:"the code of the reason, that of the indicator if unsaid"`
	Reason Title     `key:"reason" doc:"the reason given where the row holds"`
}

// Collect says which of the rows that hold count. The empty Collect is First.
type Collect string

// The ways to collect.
const (
	First        Collect = "first" // the first one
	CollectSum   Collect = "sum"   // all, added up; 0 where there is none
	CollectMin   Collect = "min"   // the one with the least points
	CollectMax   Collect = "max"   // the one with the most points
	CollectCount Collect = "count" // none: the points are how many rows hold
)

// plainRules is Rules without its notation for lists.
type plainRules Rules

// UnmarshalDoc reads a list of rows, or a map with the keys collect and rows.
func (r *Rules) UnmarshalDoc(n *doc.Node, d *doc.Decoder) {
	if n.Kind == doc.Seq {
		d.Decode(n, &r.Rows)
		return
	}
	d.Decode(n, (*plainRules)(r))
}

// DocShapes says that a list of rows is read, or a map.
func (r *Rules) DocShapes() []any { return []any{doc.Shape{Of: r.Rows, Least: 1}, plainRules{}} }

// Check finds rows without points, and rows after one that always holds.
func (r *Rules) Check(s Setting) []Fault {
	var faults []Fault
	switch r.Collect {
	case "", First, CollectSum, CollectMin, CollectMax, CollectCount:
	default:
		if r.Node() == nil { // in a file, the decoder said so
			faults = append(faults, doc.Errorf(s.Place, "bad-choice", "%q is no way to collect rows", r.Collect))
		}
	}
	if len(r.Rows) == 0 {
		faults = append(faults, doc.Errorf(s.Place, "no-rows", "rules need at least one row"))
	}
	for i := range r.Rows {
		row := &r.Rows[i]
		if r.Collect != CollectCount {
			each := s
			each.Beyond = each.Beyond || r.Collect == CollectSum // a row may take away from the others
			faults = append(faults, checkEarned(&row.Points, row.Share, row.Place(), each)...)
		}
		if r.first() && i > 0 && r.always(i-1) {
			faults = append(faults, doc.Warnf(row.Place(), "never-holds", "this row and those after it never hold: the row before it always does"))
			break
		}
	}
	return faults
}

// first reports whether the first row that holds counts.
func (r *Rules) first() bool { return r.Collect == First || r.Collect == "" }

// always reports whether row i holds for every customer.
func (r *Rules) always(i int) bool {
	when := &r.Rows[i].When
	if !when.IsSet() {
		return true
	}
	if when.Reach != nil {
		return !when.Reach.CanFail && !when.Reach.CanMiss
	}
	v, constant := when.IsConst()
	return constant && v
}

// Points returns the points of the rows that hold.
func (r *Rules) Points(c *Case) (Number, Absence) {
	var points Number
	count := 0
	for i := range r.Rows {
		row := &r.Rows[i]
		if row.When.IsSet() {
			holds, absent := row.When.Eval(c.Frame)
			if absent != 0 {
				return Number{}, absent
			}
			if !holds {
				continue
			}
		}
		count++
		if r.Collect == CollectCount {
			continue
		}
		p, absent := earned(&row.Points, row.Share, c)
		switch {
		case absent != 0:
			return Number{}, absent
		case r.first():
			c.Row = i + 1
			return p, 0
		case r.Collect == CollectSum:
			points = points.Add(p)
		case count == 1 || r.Collect == CollectMin && p.Less(points) || r.Collect == CollectMax && points.Less(p):
			points, c.Row = p, i+1
		}
	}
	switch {
	case r.Collect == CollectCount:
		return Int(int64(count)), 0
	case count == 0 && r.Collect != CollectSum:
		return Number{}, c.NoRow()
	}
	return points, 0
}

// Row returns the code and the reason of row i.
func (r *Rules) Row(i int) (code string, reason Title) {
	if i < 1 || i > len(r.Rows) {
		return "", Title{}
	}
	return r.Rows[i-1].Code, r.Rows[i-1].Reason
}

// RowText returns the condition of row i as the policy has it.
func (r *Rules) RowText(i int, lang string) string {
	switch {
	case i < 1 || i > len(r.Rows):
		return ""
	case !r.Rows[i-1].When.IsSet():
		return in(lang, "其他", "any other")
	}
	return r.Rows[i-1].When.Source.Value
}

// Range returns what the rows can give, whatever their conditions.
func (r *Rules) Range(_ Interval, weight Number) (points Interval, ok bool) {
	if r.Collect == CollectCount {
		return Between(Number{}, Int(int64(len(r.Rows)))), true
	}
	any := false
	for i := range r.Rows {
		p := earns(&r.Rows[i].Points, r.Rows[i].Share, weight)
		switch {
		case r.never(i):
			continue
		case r.Collect == CollectSum && r.always(i):
			points = points.Add(p)
		case r.Collect == CollectSum:
			points = points.Add(p.Join(Interval{}))
		case !any:
			points = p
		default:
			points = points.Join(p)
		}
		if any = true; r.first() && r.always(i) {
			break
		}
	}
	return points, points.known() && (any || r.Collect == CollectSum && len(r.Rows) > 0)
}

// never reports whether row i holds for no customer.
func (r *Rules) never(i int) bool {
	when := &r.Rows[i].When
	return when.Reach != nil && !when.Reach.CanHold
}

// Describe says what Rules does.
func (r *Rules) Describe(lang string) string {
	switch r.Collect {
	case CollectSum:
		return in(lang, "符合的各条得分相加", "the points of all rules that hold, added up")
	case CollectMin:
		return in(lang, "符合的各条中取最低分", "the least points of the rules that hold")
	case CollectMax:
		return in(lang, "符合的各条中取最高分", "the most points of the rules that hold")
	case CollectCount:
		return in(lang, "按符合的条数计分", "as many points as rules hold")
	}
	return in(lang, "取第一条符合的规则的得分", "points of the first rule that holds")
}
