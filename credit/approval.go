package credit

// Approver says who may approve a limit. The first row that holds for the rounded limit, the grade and the customer is
// the one; an unlimited limit is for rows without UpTo.
type Approver struct {
	At
	By     string    `key:"by,required" doc:"who approves"`
	UpTo   Operand   `key:"up_to" doc:"the largest limit, included; any if unsaid"`
	When   Condition `key:"when" doc:"for whom; all if unsaid"`
	Grades []string  `key:"grades" doc:"for which grades; all if unsaid"`

	grades []bool // by index of the grade; nil: all
}

// ApprovalResult is who may approve.
type ApprovalResult struct {
	Row     int     // the row of the policy, -1 for none
	By      string  // who, "" for nobody
	Has     bool    // whether there is a row that holds
	Missing Absence // why it cannot be told
}

// Approve writes to out.Approval who may approve the rounded limit amount of a customer whose grade is the one at index
// grade, -1 for none. Without any rows in the policy, nobody needs to. See [Terms.Limit] for the error.
//
// Where a row may hold or not, because something is missing, nothing is said of those after it.
func (t *Terms) Approve(f *Frame, amount Amount, grade int, out *Result) error {
	r := &out.Approval
	*r = ApprovalResult{Row: -1}
	if !t.checked {
		return &Error{What: "credit", Place: t.Place(), Err: errUnchecked}
	}
	if len(t.Approval) == 0 {
		return nil
	}
	e := evaluator{frame: f}
	for i := range t.Approval {
		a := &t.Approval[i]
		holds, missing := a.holds(&e, i, amount, grade)
		if e.err != nil {
			return e.err
		}
		if missing != 0 {
			r.Missing = missing
			return nil
		}
		if holds {
			r.Row, r.By, r.Has = i, a.By, true
			return nil
		}
	}
	return nil
}

// holds reports whether a may approve, or why that cannot be told.
func (a *Approver) holds(e *evaluator, index int, amount Amount, grade int) (bool, Absence) {
	if a.grades != nil && (grade < 0 || grade >= len(a.grades) || !a.grades[grade]) {
		return false, 0
	}
	w := where{what: "approval", index: index}
	var missing Absence
	if a.UpTo.IsSet() {
		if amount.Unlimited {
			return false, 0
		}
		most, absent := ask(e, &a.UpTo, w.part("up_to"))
		if absent == 0 && most.Less(amount.Value) {
			return false, 0
		}
		missing = absent
	}
	if a.When.IsSet() {
		met, absent := ask(e, &a.When, w.part("when"))
		if absent == 0 && !met {
			return false, 0
		}
		missing = e.frame.Both(missing, absent)
	}
	return missing == 0, missing
}
