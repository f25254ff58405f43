// Package grade turns a score into a grade (等级): by the bounds of a scale, by rules that cap, lift or set the grade, and
// by limits to how far it may move from the previous one.
//
// Start with [Ladder]. Fill it in, Check it once, then ask its Grade about each customer:
//
//	ladder := grade.Ladder{
//		Scale: []grade.Row{{Grade: "A", Min: new(grade.Int(90))}, {Grade: "B", Min: new(grade.Int(75))}, {Grade: "C"}},
//		Rules: []grade.Rule{{ID: "late", When: late, AtMost: "B"}},
//	}
//	if faults := ladder.Check(2); len(faults) > 0 { ... }
//	var r grade.Result
//	err := ladder.Grade(frame, score, true, 0, nil, &r)
//	fmt.Println(ladder.Names()[r.Final])
//
// Grades are known by their index in the scale, 0 the best, and scores by their exact value: 89.995 is below 90 unless
// it was rounded before.
//
// # Order
//
//	the score's row, or Of    the grade that the score gives
//	Rules                     in their order, each on the grade that the last one left
//	Transitions               Freeze; MaxUp and MaxDown; Forbid
//	Rules, once more          every AtLeast that fired, then every AtMost that fired: a veto stands
//	Override                  by hand, within MaxNotches, and never better than a veto
//
// # What is missing
//
// Without a score there is no grade, unless a rule with Grade gives one. A rule whose condition is missing refers the
// customer, or does as its Missing says; the grade is then the one without that rule, and the outcome says [Refer]. A
// previous grade that is absent skips the transitions. Every absence met stands in Result.Missing.
package grade
