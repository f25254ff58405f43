package grade_test

import (
	"fmt"

	"github.com/tallystick-go/tallystick/grade"
)

// A ladder of three grades in which who is long overdue has C at most, and nobody rises more than one grade a year.
func Example_ladder() {
	const overdueDays, previous = 0, 1 // slots
	ladder := grade.Ladder{
		Scale: []grade.Row{
			{Grade: "A", Min: new(grade.Int(90)), Title: grade.Titled("重点客户")},
			{Grade: "B", Min: new(grade.Int(75)), Title: grade.Titled("一般客户")},
			{Grade: "C", Title: grade.Titled("潜在客户")},
		},
		Rules: []grade.Rule{{
			ID:     "long-overdue",
			AtMost: "C",
			When: grade.When(func(f *grade.Frame) (bool, grade.Absence) {
				v := f.Slots[overdueDays]
				return grade.Int(90).Less(v.Num), v.Absent
			}),
		}},
		Transitions: &grade.Transitions{From: grade.Slot(previous), MaxUp: grade.Const(grade.Int(1))},
	}
	for _, fault := range ladder.Check(2) {
		fmt.Println(fault.Message)
	}

	var r grade.Result
	for _, overdue := range []int64{5, 91} {
		frame := grade.NewFrame(grade.Num(grade.Int(overdue)), grade.Text("C"))
		if err := ladder.Grade(frame, grade.MustParse("97.66"), true, 0, nil, &r); err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%d days: %s, by its score %s\n", overdue, ladder.Names()[r.Final], ladder.Names()[r.Scored])
		for _, s := range r.Steps {
			fmt.Printf("  %s: %s\n", s.Kind, s.Effect)
		}
	}
	// Output:
	// 5 days: B, by its score A
	//   rule: condition not met
	//   transition: held at the most steps up
	// 91 days: C, by its score A
	//   rule: applied
	//   transition: no change
}

// What is wrong with a ladder is found before any customer is graded.
func ExampleLadder_Check() {
	ladder := grade.Ladder{Scale: []grade.Row{
		{Grade: "good", Min: new(grade.Int(80))},
		{Grade: "fair", Max: new(grade.MustParse("79.9"))},
	}}
	fmt.Println(len(ladder.Check(1)), "faults where scores have one place")
	for _, fault := range ladder.Check(2) {
		fmt.Println(fault.Message)
	}
	// Output:
	// 0 faults where scores have one place
	// no grade has the scores from 79.91 to 79.99, between good and fair
}
