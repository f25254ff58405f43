package credit

// Request is an amount asked for, an order. It is allowed where it is at most what is available; it is compared as it
// is, not rounded.
type Request struct {
	At
	Amount Operand `key:"amount,required,short" doc:"the amount asked for"`
	Over   string  `key:"over,oneof=hold|refuse" doc:"what happens where it is more than is available: hold (unsaid) or refuse"`
	Reason Title   `key:"reason" doc:"the reason given then"`
	Code   string  `key:"code" doc:"the code of the reason, over-limit if unsaid"`
}

// Hold is what holds or refuses every request, whatever its amount.
type Hold struct {
	At
	ID     string    `key:"id" doc:"the identifier of the hold"`
	Title  Title     `key:"title" doc:"the name for people"`
	When   Condition `key:"when,required" doc:"when requests are held"`
	Unless Condition `key:"unless" doc:"when they are not, all the same"`
	Over   string    `key:"over,oneof=hold|refuse" doc:"hold (unsaid) or refuse"`
	Reason Title     `key:"reason" doc:"the reason given then"`
	Code   string    `key:"code" doc:"the code of the reason, the id if unsaid"`
}

// The values of Over; hold is the one unsaid.
const (
	hold   = "hold"
	refuse = "refuse"
)

// overLimit is the code of a request that is over what is available.
const overLimit = "over-limit"

// ReasonCode returns the code under which a request over what is available is reported.
func (r *Request) ReasonCode() string {
	if r.Code != "" {
		return r.Code
	}
	return overLimit
}

// ReasonCode returns the code under which the hold is reported.
func (h *Hold) ReasonCode() string {
	if h.Code != "" {
		return h.Code
	}
	return h.ID
}

// Verdict says what becomes of a request. Of two verdicts the greater one stands.
type Verdict uint8

// The verdicts.
const (
	NoVerdict Verdict = iota // the policy says nothing of requests
	Allowed
	Unsure // something is missing: the customer is referred
	Held
	Refused
)

var verdicts = [...]string{"", "allowed", "unknown", "held", "refused"}

// String returns "allowed", "unknown", "held", "refused", or "" for NoVerdict.
func (v Verdict) String() string {
	if int(v) < len(verdicts) {
		return verdicts[v]
	}
	return "unknown"
}

// verdictOf returns the verdict that an `over` stands for.
func verdictOf(over string) Verdict {
	if over == refuse {
		return Refused
	}
	return Held
}

// RequestResult is what becomes of a request.
type RequestResult struct {
	Verdict Verdict
	Amount  Number       // asked for, exact
	Has     bool         // whether an amount is known to have been asked for
	Over    bool         // whether it is more than is available
	Holds   []HoldResult // one for each hold of the policy
	Missing Absence      // every absence that was met, also where the verdict is certain without
}

// HoldResult is what came of a hold.
type HoldResult struct {
	Verdict Verdict // Held or Refused where it holds, Allowed where not, Unsure
	Missing Absence // why it is Unsure
}

// Answers reports whether the terms say anything of requests.
func (t *Terms) Answers() bool { return t.Requested != nil || len(t.Holds) > 0 }

// Request writes to out.Request what becomes of the amount asked for, by out.Available and the holds. See [Terms.Limit]
// for the error.
func (t *Terms) Request(f *Frame, out *Result) error {
	r := &out.Request
	if r.Verdict != NoVerdict { // otherwise it says nothing already
		*r = RequestResult{Holds: r.Holds}
	}
	r.Holds = resized(r.Holds, len(t.Holds))
	if !t.checked {
		return &Error{What: "credit", Place: t.Place(), Err: errUnchecked}
	}
	if !t.Answers() {
		return nil
	}
	e := evaluator{frame: f}
	r.Verdict = Allowed
	if t.Requested != nil {
		t.amount(&e, out)
	}
	for i := range t.Holds {
		r.Holds[i] = t.Holds[i].holds(&e, i)
		r.Verdict = max(r.Verdict, r.Holds[i].Verdict)
		r.Missing = e.frame.Both(r.Missing, r.Holds[i].Missing)
	}
	if e.err != nil {
		*r = RequestResult{Holds: r.Holds[:0]}
	}
	return e.err
}

// amount compares the amount asked for with what is available.
func (t *Terms) amount(e *evaluator, out *Result) {
	r := &out.Request
	n, missing := ask(e, &t.Requested.Amount, where{what: "request", index: -1, key: "amount"})
	r.Missing = e.frame.Both(missing, out.Available.Missing)
	if missing == 0 {
		r.Amount, r.Has = n, true
	}
	switch {
	case !r.Has || !out.Available.Has:
		r.Verdict = Unsure
	case !out.Available.Amount.Covers(n):
		r.Verdict, r.Over = verdictOf(t.Requested.Over), true
	}
}

// holds returns what h makes of every request.
func (h *Hold) holds(e *evaluator, index int) HoldResult {
	w := where{what: "hold", id: h.ID, index: index}
	met, missing := ask(e, &h.When, w.part("when"))
	if missing == 0 && !met {
		return HoldResult{Verdict: Allowed}
	}
	if h.Unless.IsSet() {
		exempt, absent := ask(e, &h.Unless, w.part("unless"))
		if absent == 0 && exempt {
			return HoldResult{Verdict: Allowed}
		}
		missing = e.frame.Both(missing, absent)
	}
	if missing != 0 {
		return HoldResult{Verdict: Unsure, Missing: missing}
	}
	return HoldResult{Verdict: verdictOf(h.Over)}
}
