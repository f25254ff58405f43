package paper_test

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
)

// table is a decision table on paper.
type table struct {
	hit       string // "first" is unsaid
	rows      []row
	order     []answer
	otherwise *answer
}

// row is a row of a decision table: its cells and its condition must all hold.
type row struct {
	cells []cell
	when  *claim
	is    answer  // what it gives, unless
	of    *amount // it is worked out
}

// cell is what a row asks of a column.
type cell struct {
	column, text string
	holds        func(s *sheet) bool // where there is a value
	missing      truth               // whether it holds where there is none
}

// answer is what a table gives: a number, a text, or two numbers with a name each.
type answer struct {
	number, days, factor *big.Rat
	text                 string
}

func (a answer) write() string {
	switch {
	case a.days != nil:
		return "{days: " + plain(a.days) + ", factor: " + plain(a.factor) + "}"
	case a.number != nil:
		return plain(a.number)
	}
	return a.text
}

// equals reports whether two answers, of the same kind, are the same; all of them can be written down.
func (a answer) equals(b answer) bool {
	if a.number != nil {
		return a.number.Cmp(b.number) == 0
	}
	return a.write() == b.write()
}

// found is what comes of a table.
type found struct {
	known   bool
	clash   bool // rows hold of which only one may, or which differ
	is      answer
	list    []answer
	rows    []int // that hold, from 1
	chosen  int   // whose result stands, 0 for none or several
	listing bool
}

var paperHits = []string{"first", "unique", "any", "priority", "output_order", "list", "sum", "min", "max", "count"}

var paperRisks = []string{"LOW", "MEDIUM", "HIGH"}

// small is a number of which there are few, so that results are the same now and then.
func (g *drafter) small() *big.Rat { return big.NewRat(int64(g.IntN(4)), 1) }

// table drafts a decision table, and says what kind of result it has: number, text, list or record.
func (g *drafter) table() (t *table, kind string) {
	t = &table{hit: oneOf(g, paperHits...)}
	kind = "number"
	switch t.hit {
	case "first", "unique", "any":
		kind = g.use(oneOf(g, "number", "number", "text", "text", "record"))
	case "priority":
		kind = oneOf(g, "number", "text", "text")
	case "output_order", "list":
		kind = "list"
	}
	answers := func() answer { return answer{number: g.small()} }
	switch {
	case kind == "text", t.hit == "output_order" && g.chance(50):
		answers = func() answer { return answer{text: oneOf(g, paperRisks...)} }
	case kind == "record":
		answers = func() answer { return answer{days: g.small(), factor: g.small()} }
	}
	if t.hit == "any" { // where rows mostly agree
		all, common := answers, answers()
		answers = func() answer {
			if g.chance(75) {
				return common
			}
			return all()
		}
	}
	if t.hit != "count" && kind != "list" && g.chance(50) {
		a := answers()
		t.otherwise = &a
	}
	columns := []string{oneOf(g, "n1", "n2", "n3", "n4"), oneOf(g, "n1", "n2", "n3"), oneOf(g, "kind", "was", "flag")}
	if columns[0] == columns[1] {
		columns = columns[1:]
	}
	bounds := g.ascending(5)
	n := 1 + g.IntN(4)
	for i := range n {
		r := row{is: answers()}
		switch {
		case t.hit == "unique" && g.chance(80): // as most such tables are: one range after the other
			r.cells = append(r.cells, within(columns[0], bounds[i], bounds[i+1]))
		case t.hit == "unique": // which may hold beside another row, as nobody can tell beforehand
			when := g.claim(1)
			r.when = &when
		default:
			for _, column := range columns {
				if g.chance(50) {
					r.cells = append(r.cells, g.cell(column))
				}
			}
			if g.chance(30) || len(r.cells) == 0 {
				when := g.claim(1)
				r.when = &when
			}
		}
		worked := t.hit != "count" && t.hit != "priority" && t.hit != "output_order"
		if t.hit == "any" {
			worked = i == n-1 // what is missing comes after all that must agree
		}
		if worked && r.is.number != nil && g.chance(25) {
			of := g.amount(1)
			r.of = &of
		}
		t.rows = append(t.rows, r)
	}
	if t.hit == "priority" || t.hit == "output_order" {
		all := t.rows[:len(t.rows):len(t.rows)]
		if t.otherwise != nil {
			all = append(all, row{is: *t.otherwise})
		}
		for _, r := range all {
			if !slices.ContainsFunc(t.order, r.is.equals) {
				t.order = append(t.order, r.is)
			}
		}
		g.Shuffle(len(t.order), func(i, j int) { t.order[i], t.order[j] = t.order[j], t.order[i] })
	}
	t.settle()
	return t, kind
}

// texts reports whether the results are texts.
func (t *table) texts() bool { return t.rows[0].is.text != "" }

// settle lets the cells of a column, of which some row asks for what is missing, not hold there.
func (t *table) settle() {
	asked := map[string]bool{}
	for _, r := range t.rows {
		for _, c := range r.cells {
			asked[c.column] = asked[c.column] || c.missing == isTrue
		}
	}
	for _, r := range t.rows {
		for i := range r.cells {
			if c := &r.cells[i]; asked[c.column] && c.missing == unknown {
				c.missing = untrue
			}
		}
	}
}

// within is a cell for numbers from low until below high.
func within(column string, low, high *big.Rat) cell {
	return cell{column: column, text: fmt.Sprintf("{min: %s, below: %s}", plain(low), plain(high)), holds: func(s *sheet) bool {
		x := s.numbers[column]
		return x.Cmp(low) >= 0 && x.Cmp(high) < 0
	}}
}

// cell drafts a cell of a column.
func (g *drafter) cell(column string) (c cell) {
	switch column {
	case "kind":
		c = g.textCell()
	case "was":
		c = g.gradeCell()
	case "flag":
		yes := g.chance(50)
		c = cell{text: fmt.Sprint(yes), holds: func(s *sheet) bool { return s.truths["flag"] == yes }}
	default:
		c = g.numberCell(column)
	}
	c.column = column
	switch {
	case g.chance(12):
		c.text, c.missing = "["+c.text+", {missing: true}]", isTrue
		g.use("or missing")
	case g.chance(8):
		c = cell{column: column, text: "{missing: true}", holds: func(*sheet) bool { return false }, missing: isTrue}
		g.use("missing: true")
	case g.chance(5):
		c = cell{column: column, text: "{missing: false}", holds: func(*sheet) bool { return true }, missing: untrue}
		g.use("missing: false")
	}
	return c
}

func (g *drafter) numberCell(column string) cell {
	low := g.literal()
	if g.chance(40) {
		return within(column, low, plus(low, g.positive()))
	}
	high := plus(low, g.positive())
	is := func(text string, holds func(low, high int) bool) cell {
		return cell{text: text, holds: func(s *sheet) bool {
			x := s.numbers[column]
			return holds(x.Cmp(low), x.Cmp(high))
		}}
	}
	switch g.IntN(6) {
	case 0:
		return is("{min: "+plain(low)+"}", func(l, _ int) bool { return l >= 0 })
	case 1:
		return is("{below: "+plain(low)+"}", func(l, _ int) bool { return l < 0 })
	case 2:
		return is("{above: "+plain(low)+", max: "+plain(high)+"}", func(l, h int) bool { return l > 0 && h <= 0 })
	case 3:
		return is("["+plain(low)+", "+plain(high)+"]", func(l, h int) bool { return l == 0 || h == 0 })
	case 4:
		return is("{not: {min: "+plain(low)+", max: "+plain(high)+"}}", func(l, h int) bool { return l < 0 || h > 0 })
	}
	return is("[{max: "+plain(low)+"}, {above: "+plain(high)+"}]", func(l, h int) bool { return l <= 0 || h > 0 })
}

func (g *drafter) textCell() cell {
	a, b := oneOf(g, paperKinds...), oneOf(g, paperKinds...)
	switch g.IntN(3) {
	case 0:
		return cell{text: a, holds: func(s *sheet) bool { return s.texts["kind"] == a }}
	case 1:
		return cell{text: "{not: " + a + "}", holds: func(s *sheet) bool { return s.texts["kind"] != a }}
	}
	return cell{text: "[" + a + ", " + b + "]", holds: func(s *sheet) bool { return s.texts["kind"] == a || s.texts["kind"] == b }}
}

// gradeCell is a cell for the previous grade. One that is off the ladder is neither better nor worse than another.
func (g *drafter) gradeCell() cell {
	i := g.IntN(3)
	name := paperGrades[i]
	switch g.IntN(4) {
	case 0:
		return cell{text: name, holds: func(s *sheet) bool { return s.before() == i }}
	case 1:
		return cell{text: "{not: " + name + "}", holds: func(s *sheet) bool { return s.before() != i }}
	case 2:
		return cell{text: "{at_least: " + name + "}", holds: func(s *sheet) bool { return s.before() <= i }}
	}
	return cell{text: "{at_most: " + name + "}", holds: func(s *sheet) bool { return s.before() >= i && s.before() < len(paperGrades) }}
}

// write writes the lines of the table.
func (t *table) write() string {
	var out strings.Builder
	if t.hit != "first" {
		fmt.Fprintf(&out, "    hit: %s\n", t.hit)
	}
	if t.order != nil {
		var order []string
		for _, a := range t.order {
			order = append(order, a.write())
		}
		fmt.Fprintf(&out, "    order: [%s]\n", strings.Join(order, ", "))
	}
	if t.otherwise != nil {
		fmt.Fprintf(&out, "    otherwise: %s\n", t.otherwise.write())
	}
	out.WriteString("    rows:\n")
	for _, r := range t.rows {
		var cells []string
		for _, c := range r.cells {
			cells = append(cells, c.column+": "+c.text)
		}
		if r.when != nil {
			cells = append(cells, "when: "+quoted(r.when.text))
		}
		switch {
		case t.hit == "count":
		case r.of != nil:
			cells = append(cells, "of: "+quoted(r.of.text))
		default:
			cells = append(cells, "is: "+r.is.write())
		}
		fmt.Fprintf(&out, "      - {%s}\n", strings.Join(cells, ", "))
	}
	return out.String()
}

// holds reports whether a row does.
func (r *row) holds(s *sheet) truth {
	is := isTrue
	for _, c := range r.cells {
		_, number := s.numbers[c.column]
		_, flag := s.truths[c.column]
		if number || flag || s.texts[c.column] != "" {
			is = min(is, truthOf(c.holds(s)))
		} else {
			is = min(is, c.missing)
		}
	}
	if r.when != nil {
		is = min(is, r.when.of(s))
	}
	return is
}

// gives returns what a row gives; ok is false where that is missing.
func (r *row) gives(s *sheet) (a answer, ok bool) {
	if r.of == nil {
		return r.is, true
	}
	x := r.of.of(s)
	return answer{number: x}, x != nil
}

// decide works the table out. Where it cannot be told whether a row holds, the result is missing; but where another row
// holds, results stand that the doubtful one agrees with, or would not change.
func (t *table) decide(s *sheet) found {
	var holding, doubtful []int
	for i := range t.rows {
		switch t.rows[i].holds(s) {
		case isTrue:
			holding = append(holding, i)
		case unknown:
			doubtful = append(doubtful, i)
		}
		if t.hit == "first" && len(holding) > 0 {
			break
		}
	}
	out := found{known: true}
	for _, i := range holding {
		out.rows = append(out.rows, i+1)
	}
	if t.hit == "unique" && len(holding) > 1 {
		return found{clash: true}
	}
	certain := t.hit == "any" || t.hit == "priority" || t.hit == "sum" || t.hit == "min" || t.hit == "max"
	if len(doubtful) > 0 && (!certain || len(holding) == 0) {
		return found{}
	}
	var results []answer
	missing := false
	for _, i := range holding {
		a, ok := t.rows[i].gives(s)
		if !ok {
			missing = true
			continue
		}
		results = append(results, a)
		if t.hit == "any" && !a.equals(results[0]) {
			return found{clash: true}
		}
	}
	switch {
	case missing:
		return found{}
	case t.hit == "count":
		out.is = answer{number: big.NewRat(int64(len(holding)), 1)}
		return out
	case t.hit == "list":
		out.list, out.listing = results, true
		return out
	case t.hit == "output_order":
		slices.SortStableFunc(results, func(a, b answer) int { return t.place(a) - t.place(b) })
		out.list, out.listing = results, true
		return out
	case len(holding) == 0 && t.otherwise == nil:
		return found{}
	case len(holding) == 0:
		out.is = *t.otherwise
		return out
	}
	best := 0
	for i := range results {
		if t.better(results[i], results[best]) {
			best = i
		}
	}
	out.is, out.chosen = results[best], holding[best]+1
	if t.hit == "sum" {
		sum := new(big.Rat)
		for _, a := range results {
			sum = plus(sum, a.number)
		}
		out.is, out.chosen = answer{number: sum}, 0
	}
	for _, i := range doubtful {
		r := &t.rows[i]
		if r.of != nil || t.better(r.is, out.is) || t.hit == "any" && !r.is.equals(out.is) || t.hit == "sum" && r.is.number.Sign() != 0 {
			return found{}
		}
		s.meet("a doubtful row that changes nothing")
	}
	return out
}

// place is where an answer stands in the order.
func (t *table) place(a answer) int { return slices.IndexFunc(t.order, a.equals) }

// better reports whether a takes the place of b.
func (t *table) better(a, b answer) bool {
	switch t.hit {
	case "priority":
		return t.place(a) < t.place(b)
	case "min":
		return a.number.Cmp(b.number) < 0
	case "max":
		return a.number.Cmp(b.number) > 0
	}
	return false
}
