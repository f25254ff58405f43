package scoring

import "github.com/tallystick-go/tallystick/internal/doc"

// Occurrences takes points off for what happened: for each row, count * points, at most `most`, less what repairs give
// back. A repair gives back count * points, and all repairs of a row together no more than the row took.
//
//	occurrences:
//	  - {count: late, points: 5, most: 15, repairs: [{count: fixed_30d, points: 4}]}
//	occurrences: {base: 90, rows: [...]}        # begin with 90 points in place of the weight
//
// Counts below 0 count as 0. All counts must be there. Sources: 按次扣分 and 信用修复 of 纳税信用管理 (税务总局公告2014年第40号, 2021年第31号).
type Occurrences struct {
	At
	Base *Operand     `key:"base" doc:"the points to begin with, the weight if unsaid"`
	Rows []Occurrence `key:"rows,required" doc:"what costs points: count, points, most, repairs"`
}

// Occurrence is a row of [Occurrences].
type Occurrence struct {
	At
	Count   Operand  `key:"count,required" doc:"how often it happened"`
	Cost    Number   `key:"points,required" doc:"the points that each time costs, above 0"`
	Most    *Number  `key:"most" doc:"the most points that the row costs before repairs"`
	Repairs []Repair `key:"repairs" doc:"what gives points back: count, points"`
	Code    string   `key:"code" doc:"the code of the reason, that of the indicator if unsaid"`
	Reason  Title    `key:"reason" doc:"the reason given where the row costs points"`
}

// Repair gives back points of an [Occurrence].
type Repair struct {
	At
	Count Operand `key:"count,required" doc:"how often it was put right"`
	Back  Number  `key:"points,required" doc:"the points that each time gives back, above 0"`
}

// plainOccurrences is Occurrences without its notation for lists.
type plainOccurrences Occurrences

// UnmarshalDoc reads a list of rows, or a map with the keys base and rows.
func (o *Occurrences) UnmarshalDoc(n *doc.Node, d *doc.Decoder) {
	if n.Kind == doc.Seq {
		d.Decode(n, &o.Rows)
		return
	}
	d.Decode(n, (*plainOccurrences)(o))
}

// DocShapes says that a list of rows is read, or a map.
func (o *Occurrences) DocShapes() []any {
	return []any{doc.Shape{Of: o.Rows, Least: 1}, plainOccurrences{}}
}

// Check finds costs, repairs and ceilings that are not above 0.
func (o *Occurrences) Check(s Setting) []Fault {
	var faults []Fault
	if o.Base == nil {
		faults = s.NeedWeight()
	}
	if len(o.Rows) == 0 {
		faults = append(faults, doc.Errorf(s.Place, "no-rows", "occurrences need at least one row"))
	}
	above0 := func(at At, key string, x Number) {
		if at.Node() != nil && at.Node().Get(key) == nil {
			return // the decoder said so
		}
		if x.Sign() <= 0 {
			p := at.Of(key)
			if at.Node() == nil {
				p = s.Place
			}
			faults = append(faults, doc.Errorf(p, "bad-number", "`%s` must be above 0, not %s", key, x))
		}
	}
	counted := func(at At, count *Operand) {
		if at.Node() == nil && !count.IsSet() {
			faults = append(faults, doc.Errorf(s.Place, "missing-key", "a row of occurrences needs `count`"))
		}
	}
	for i := range o.Rows {
		row := &o.Rows[i]
		above0(row.At, "points", row.Cost)
		counted(row.At, &row.Count)
		if row.Most != nil {
			above0(row.At, "most", *row.Most)
		}
		for j := range row.Repairs {
			above0(row.Repairs[j].At, "points", row.Repairs[j].Back)
			counted(row.Repairs[j].At, &row.Repairs[j].Count)
		}
	}
	return faults
}

// Points returns the base less what the rows cost. The row is the one that costs most, 0 where none costs anything.
func (o *Occurrences) Points(c *Case) (Number, Absence) {
	points := c.Weight
	if o.Base != nil {
		var absent Absence
		if points, absent = o.Base.Eval(c.Frame); absent != 0 {
			return points, absent
		}
	}
	var highest Number
	for i := range o.Rows {
		cost, absent := o.Rows[i].cost(c.Frame)
		if absent != 0 {
			c.Row = 0
			return cost, absent
		}
		if highest.Less(cost) {
			highest, c.Row = cost, i+1
		}
		points = points.Sub(cost)
	}
	return points, 0
}

// cost returns what the row costs after repairs.
func (r *Occurrence) cost(f *Frame) (Number, Absence) {
	cost, absent := times(&r.Count, r.Cost, f)
	if absent != 0 {
		return cost, absent
	}
	if r.Most != nil {
		cost = least(cost, *r.Most)
	}
	var back Number
	for i := range r.Repairs {
		b, absent := times(&r.Repairs[i].Count, r.Repairs[i].Back, f)
		if absent != 0 {
			return b, absent
		}
		back = back.Add(b)
	}
	return cost.Sub(least(back, cost)), 0
}

// times returns count * points, and 0 for a count below 0.
func times(count *Operand, points Number, f *Frame) (Number, Absence) {
	n, absent := count.Eval(f)
	if absent != 0 || n.Sign() <= 0 {
		return Number{}, absent
	}
	return n.Mul(points), 0
}

// Working shows the base and what each row cost.
func (o *Occurrences) Working(c *Case) string {
	base := c.Weight
	if o.Base != nil {
		base, _ = o.Base.Eval(c.Frame)
	}
	s := figure(base)
	for i := range o.Rows {
		cost, absent := o.Rows[i].cost(c.Frame)
		if absent != 0 {
			return ""
		}
		if cost.Sign() != 0 {
			s += " - " + figure(cost)
		}
	}
	return s
}

// Row returns the code and the reason of row i.
func (o *Occurrences) Row(i int) (code string, reason Title) {
	if i < 1 || i > len(o.Rows) {
		return "", Title{}
	}
	return o.Rows[i-1].Code, o.Rows[i-1].Reason
}

// Range returns what is left when every row costs its most, and the base.
func (o *Occurrences) Range(_ Interval, weight Number) (points Interval, ok bool) {
	points = Just(weight)
	if o.Base != nil {
		points = yields(o.Base)
	}
	for i := range o.Rows {
		row := &o.Rows[i]
		cost := yields(&row.Count).Hold(Interval{NoMax: true})
		cost.Min, cost.Max = cost.Min.Mul(row.Cost), cost.Max.Mul(row.Cost)
		if row.Most != nil {
			cost = cost.Hold(Interval{NoMin: true, Max: *row.Most})
		}
		if len(row.Repairs) > 0 { // they may give all of it back
			cost.Min = Number{}
		}
		points = points.Add(Interval{Min: cost.Max.Neg(), NoMin: cost.NoMax, Max: cost.Min.Neg()})
	}
	return points, true
}

// Describe says what Occurrences does.
func (o *Occurrences) Describe(lang string) string {
	return in(lang, "按次扣分，修复可加回", "points off for each occurrence, some given back for repairs")
}
