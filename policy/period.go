package policy

// Period is the time for which a version of a policy is in force: from the day From until the day before Until.
type Period struct {
	From, Until       Date
	HasFrom, HasUntil bool // false: it has always been in force, or is until further notice
}

// Has reports whether day lies in the period.
func (p Period) Has(day Date) bool {
	return (!p.HasFrom || p.From <= day) && (!p.HasUntil || day < p.Until)
}

// String returns, for example, "from 2024-01-01 until the day before 2025-01-01", "until further notice".
func (p Period) String() string {
	s := "until further notice"
	if p.HasUntil {
		s = "until the day before " + p.Until.String()
	}
	if p.HasFrom {
		s = "from " + p.From.String() + " " + s
	}
	return s
}

// common returns the time that p and q have in common; ok is false where there is none.
func (p Period) common(q Period) (both Period, ok bool) {
	both = p
	if q.HasFrom && (!p.HasFrom || p.From < q.From) {
		both.From, both.HasFrom = q.From, true
	}
	if q.HasUntil && (!p.HasUntil || q.Until < p.Until) {
		both.Until, both.HasUntil = q.Until, true
	}
	return both, !both.HasFrom || !both.HasUntil || both.From < both.Until
}

// Period returns when the policy is in force, its key `effective`. When it was published does not count.
func (p *Policy) Period() Period {
	var out Period
	if span := p.program.File.Effective; span != nil {
		if span.From != nil {
			out.From, out.HasFrom = span.From.Day, true
		}
		if span.Until != nil {
			out.Until, out.HasUntil = span.Until.Day, true
		}
	}
	return out
}
