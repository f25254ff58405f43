package credit

import (
	"strings"

	"github.com/tallystick-go/tallystick/internal/doc"
)

// approval checks that every limit of every grade has its approver, and that every row can be reached.
func (c *checker) approval() {
	rows := c.terms.Approval
	if len(rows) == 0 {
		return
	}
	ok := true
	for i := range rows {
		a := &rows[i]
		if a.By == "" && a.Node() == nil {
			c.Errorf(a.Place(), "missing-key", "a row of approval needs `by`")
		}
		if n, ok := a.UpTo.IsConst(); ok && n.Sign() < 0 {
			c.Errorf(a.Of("up_to"), "bad-number", "no limit is as low as %s: the least is 0", n)
		}
		ok = c.gradesOf(a) && ok
	}
	if !ok {
		return
	}
	for i := range rows {
		for j := range i {
			if rows[j].hides(&rows[i], len(c.grades)) {
				c.Fault(doc.Errorf(rows[i].Place(), "approval-order", "%s approves nothing: %s approves all of it before", rows[i].By, rows[j].By).
					See(rows[j].Place(), "this row holds first").WithHint("put rows in the order of their up_to, the row without it last"))
				break
			}
		}
	}
	c.covered(rows)
}

// gradesOf notes the grades that a is for.
func (c *checker) gradesOf(a *Approver) (ok bool) {
	a.grades = nil
	if a.Grades == nil {
		return true
	}
	a.grades = make([]bool, len(c.grades))
	ok = true
	if len(a.Grades) == 0 {
		c.Fault(doc.Errorf(a.Of("grades"), "empty-value", "%s approves nothing: the list of grades is empty", a.By).WithHint("leave it out for all grades"))
		return false
	}
	for i, g := range a.Grades {
		known := false
		for j, name := range c.grades {
			if name == g {
				a.grades[j], known = true, true
			}
		}
		if !known {
			ok = false
			c.Fault(doc.Errorf(a.Item("grades", i), "unknown-grade", "there is no grade %s", g).WithHint("%s", doc.Suggest(g, c.grades)))
		}
	}
	return ok
}

// serves reports whether a is for the grade at index.
func (a *Approver) serves(grade int) bool { return a.grades == nil || a.grades[grade] }

// hides reports whether a holds wherever b does.
func (a *Approver) hides(b *Approver, grades int) bool {
	if a.When.IsSet() {
		return false
	}
	if a.grades != nil {
		if b.grades == nil {
			return false
		}
		for g := range grades {
			if b.serves(g) && !a.serves(g) {
				return false
			}
		}
	}
	if !a.UpTo.IsSet() {
		return true
	}
	most, ok := a.UpTo.IsConst()
	if !ok {
		return false
	}
	n, ok := b.UpTo.IsConst()
	return ok && n.Cmp(most) <= 0
}

// covered checks that for every grade there is a row without a bound and without a condition.
func (c *checker) covered(rows []Approver) {
	if c.terms.Gaps == "refer" {
		return
	}
	for i := range rows {
		if a := &rows[i]; a.Has("up_to") && !a.UpTo.IsReady() || a.Has("when") && !a.When.IsReady() { // reported already
			return
		}
	}
	open := func(grade int) bool { // -1: of a customer without a grade
		for i := range rows {
			if a := &rows[i]; !a.UpTo.IsSet() && !a.When.IsSet() && (a.grades == nil || grade >= 0 && a.grades[grade]) {
				return true
			}
		}
		return false
	}
	var gaps []gap
	add := func(grade int) {
		above := c.highest(rows, grade)
		for i := range gaps {
			if gaps[i].above == above {
				gaps[i].grades = append(gaps[i].grades, c.grades[grade])
				return
			}
		}
		x := gap{above: above}
		if grade >= 0 {
			x.grades = []string{c.grades[grade]}
		}
		gaps = append(gaps, x)
	}
	if len(c.grades) == 0 && !open(-1) {
		add(-1)
	}
	for g := range c.grades {
		if !open(g) {
			add(g)
		}
	}
	if len(gaps) == 0 {
		return
	}
	texts := make([]string, len(gaps))
	for i, x := range gaps {
		texts[i] = "limits" + x.above
		if n := len(x.grades); n > 0 && n < len(c.grades) {
			texts[i] += " of grade " + strings.Join(x.grades, ", ")
		}
	}
	c.Fault(doc.Errorf(rows[len(rows)-1].Place(), "approval-gap", "nobody may approve %s", strings.Join(texts, ", nor ")).
		WithHint("end with a row that has only `by`, or write `gaps: refer` beside approval"))
}

// gap are limits that nobody may approve, and of which grades.
type gap struct {
	above  string // " above 1000", "" for all limits: see highest
	grades []string
}

// highest says up to where rows serve the grade at index, -1 for a customer without one, whatever else is true.
func (c *checker) highest(rows []Approver, grade int) string {
	var most *Number
	sometimes := false
	for i := range rows {
		a := &rows[i]
		switch {
		case a.grades != nil && (grade < 0 || !a.grades[grade]):
			continue
		case a.When.IsSet():
			sometimes = true
			continue
		}
		n, ok := a.UpTo.IsConst()
		if !ok {
			return " above the highest `up_to`"
		}
		if most == nil || most.Less(n) {
			most = &n
		}
	}
	switch {
	case most == nil && sometimes:
		return " where no `when` holds"
	case most == nil:
		return ""
	}
	return " above " + most.String()
}
