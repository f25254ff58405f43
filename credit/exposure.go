package credit

// Exposure is something that counts as used.
type Exposure struct {
	At
	ID     string  `key:"id" doc:"the identifier of the exposure"`
	Title  Title   `key:"title" doc:"the name for people"`
	Of     Operand `key:"of,required,short" doc:"the amount"`
	Weight Operand `key:"weight" doc:"how much of it counts, 1 if unsaid"`
}

// ExposureResult is what a customer uses.
type ExposureResult struct {
	Items   []Number // each weighted, exact; in the order of the policy
	Exact   Number   // their sum
	Amount  Number   // the sum, rounded to the scale of money
	Has     bool     // whether there is one: nothing was missing
	Missing Absence  // why there is none
}

// Exposes reports whether anything can count as used, by the customer or by his group.
func (t *Terms) Exposes() bool { return len(t.Exposures) > 0 || t.Group != nil }

// Exposure writes to out.Exposure, and to out.Group where there is one, how much is used. Without any Exposures that is
// 0. See [Terms.Limit] for the error.
func (t *Terms) Exposure(f *Frame, out *Result) error {
	out.Exposure.reset(len(t.Exposures))
	out.Group.resetExposure(t.Group)
	if !t.checked {
		return &Error{What: "credit", Place: t.Place(), Err: errUnchecked}
	}
	e := evaluator{frame: f}
	t.sum(&e, t.Exposures, "", "exposure", &out.Exposure)
	if t.Group != nil {
		t.groupExposure(&e, &out.Group)
	}
	return e.err
}

func (r *ExposureResult) reset(items int) {
	r.Items = resized(r.Items, items)
	r.Exact, r.Amount, r.Has, r.Missing = Number{}, Number{}, false, 0
}

// sum adds up items into r.
func (t *Terms) sum(e *evaluator, items []Exposure, within, what string, r *ExposureResult) {
	for i := range items {
		x := &items[i]
		w := where{within: within, what: what, id: x.ID, index: i}
		n, missing := ask(e, &x.Of, w)
		if x.Weight.IsSet() {
			weight, absent := ask(e, &x.Weight, w.part("weight"))
			n, missing = n.Mul(weight), e.frame.Both(missing, absent)
		}
		r.Missing = e.frame.Both(r.Missing, missing)
		r.Items[i] = n
		r.Exact = r.Exact.Add(n)
	}
	if e.err != nil || r.Missing != 0 {
		r.Exact = Number{}
		return
	}
	r.Amount, r.Has = t.round(r.Exact), true
}

// AvailableResult is what a customer may still use.
type AvailableResult struct {
	Amount  Amount  // limit - exposure; negative where more is used than allowed
	Has     bool    // whether there is a limit and an exposure
	ByGroup bool    // the group has less left than the customer
	Missing Absence // why there is none
}

// Available writes to out.Available what out.Limit and out.Exposure leave, at most what out.Group leaves.
func (t *Terms) Available(f *Frame, out *Result) {
	e := evaluator{frame: f}
	a := &out.Available
	a.Amount, a.Has, a.ByGroup, a.Missing = Amount{}, false, false, e.frame.Both(out.Limit.Missing, out.Exposure.Missing)
	if !out.Limit.Has || !out.Exposure.Has {
		return
	}
	a.Amount, a.Has = out.Limit.Amount.less(out.Exposure.Amount), true
	g := &out.Group
	switch {
	case t.Group == nil:
	case g.Missing != 0 || g.Exposure.Missing != 0:
		*a = AvailableResult{Missing: e.frame.Both(g.Missing, g.Exposure.Missing)}
	case g.Applies:
		left := Of(g.Limit.Sub(g.Exposure.Amount))
		a.ByGroup = left.Less(a.Amount)
		a.Amount = least(a.Amount, left)
	}
}
