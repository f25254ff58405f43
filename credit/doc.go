// Package credit works out what a customer may owe (信用额度): the limit by steps, what counts as used, what is left for a
// request, and who may approve (审批权限).
//
// Start with [Terms]. Fill them in, Check them once, then ask about each customer:
//
//	terms := credit.Terms{
//		Steps: []credit.Step{
//			{ID: "base", Set: credit.NumberIn(sales)},
//			{ID: "ceiling", AtMost: credit.Const(credit.Int(5_000_000))},
//		},
//		Approval: []credit.Approver{{By: "sales", UpTo: credit.Const(credit.Int(200_000))}, {By: "board"}},
//	}
//	if faults := terms.Check(2, nil); len(faults) > 0 { ... }
//	var r credit.Result
//	err := terms.Limit(frame, &r)
//	err = terms.Approve(frame, r.Limit.Amount, -1, &r)
//
// # Rounding
//
// Steps are exact. The limit is rounded once, at the end, to the places of money and by the mode of the terms; so is the
// sum of the exposures. A bound set by AtMost, and the limit of a group, is first rounded down to the places of money, so
// that rounding never lifts a limit over its ceiling, and a Round step that would do so rounds down instead. A limit is
// never below 0. What is available is the limit minus the exposure and may be below 0. A request is compared as it is:
// one equal to what is available is allowed. UpTo is included and compared with the rounded limit.
//
// # What is missing
//
// A step that cannot be told, because its condition or its operand is missing, leaves no limit; an exposure that cannot
// be told leaves no exposure; and so on. Every part of the [Result] says in its Missing which inputs are to blame: of all
// its steps, not only of the first one.
package credit
