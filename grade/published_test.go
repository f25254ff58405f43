package grade_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/tallystick-go/tallystick/grade"
)

// flags returns a frame of truth values; "x" is true.
func flags(s string) *grade.Frame {
	f := grade.NewFrame()
	for _, r := range s {
		f.Slots = append(f.Slots, grade.Truth(r == 'x'))
	}
	return f
}

// 纳税信用管理: A from 90, B from 70, C from 40, D below; M for enterprises that are new, or that had no income and 70 points
// or more. 国家税务总局公告2014年第40号, 2018年第8号, as quoted at 5scpa.com/knowledge/18829.html; who may not be A, at
// nlcha.com/news2369754. The rows are built at the bounds that the text states.
func TestTaxCreditGrades(t *testing.T) {
	const newcomer, noIncome, directD, atLeast70, under3Years, previousD = 0, 1, 2, 3, 4, 5
	both := func(a, b int) grade.Condition {
		return grade.When(func(f *grade.Frame) (bool, grade.Absence) { return f.Slots[a].Int == 1 && f.Slots[b].Int == 1, 0 })
	}
	l := checked(t, &grade.Ladder{
		Scale: []grade.Row{
			{Grade: "A", Min: at("90")}, {Grade: "B", Min: at("70")}, {Grade: "C", Min: at("40")}, {Grade: "D"},
			{Grade: "M", OffScale: true},
		},
		Rules: []grade.Rule{
			{ID: "not-3-years", When: flag(under3Years), AtMost: "B"},
			{ID: "d-last-year", When: flag(previousD), AtMost: "B"},
			{ID: "new", When: flag(newcomer), Grade: "M"},
			{ID: "no-income", When: both(noIncome, atLeast70), Grade: "M"},
			{ID: "direct-d", When: flag(directD), Grade: "D"},
		},
	})
	for _, c := range []struct{ score, facts, want string }{
		{"90", "......", "A"}, {"89.99", "......", "B"}, {"70", "......", "B"}, {"69.99", "......", "C"},
		{"40", "......", "C"}, {"39.99", "......", "D"}, {"95", "..x...", "D"}, {"75", ".x.x..", "M"},
		{"69.99", ".x....", "C"}, {"95", "x.....", "M"}, {"95", "x.x...", "D"},
		{"95", "....x.", "B"}, {"95", ".....x", "B"}, {"60", ".....x", "C"},
	} {
		got, _ := graded(t, l, c.score, flags(c.facts))
		assert.Equal(t, c.want, got, "%s %s", c.score, c.facts)
	}
}

// 武汉市缴纳电费信用等级评定管理办法(试行), 武经电[2005]60号, fymate.net/html/text/lar/169539/16953990.html: A from 90, B from
// 70; arrears in the period: not A; new in the year: B; theft of electricity: C; from C never straight to A. The rows are
// built at the bounds that the text states.
func TestElectricityPaymentGrades(t *testing.T) {
	const previous, arrears, newcomer, theft = 0, 1, 2, 3
	l := checked(t, &grade.Ladder{
		Scale: []grade.Row{{Grade: "A", Min: at("90")}, {Grade: "B", Min: at("70")}, {Grade: "C"}},
		Rules: []grade.Rule{
			{ID: "new", When: flag(newcomer), Grade: "B"},
			{ID: "arrears", When: flag(arrears), AtMost: "B"},
			{ID: "theft", When: flag(theft), AtMost: "C"},
		},
		Transitions: &grade.Transitions{From: grade.Slot(previous), Forbid: []grade.Move{{From: "C", To: "A"}}},
		Valid:       grade.Period{Months: 12},
	})
	for _, c := range []struct{ score, previous, facts, want string }{
		{"90", "B", "...", "A"}, {"90", "C", "...", "B"}, {"90", "B", "x..", "B"}, {"89.9", "A", "...", "B"},
		{"69.9", "A", "...", "C"}, {"95", "A", ".x.", "B"}, {"95", "A", "..x", "C"},
		{"95", "C", "..x", "C"}, {"80", "C", "...", "B"},
	} {
		f := flags("." + c.facts)
		f.Slots[previous] = grade.Text(c.previous)
		got, _ := graded(t, l, c.score, f)
		assert.Equal(t, c.want, got, "%s after %s %s", c.score, c.previous, c.facts)
	}
}

// 中国农业银行企业信用等级评定, hb.7gdy.cn/news_show.asp?nid=110: AAA from 90, AA from 80, A from 70, B from 60; who lacks one
// of the marks that a grade asks for has the next one at most. The rows are built at the bounds that the text states.
func TestAgriculturalBankEnterpriseGrades(t *testing.T) {
	const debtFull, interestFull, due, dueFull, cash, interest, debt, restricted, obsolete = 0, 1, 2, 3, 4, 5, 6, 7, 8
	lacks := func(full []int, least map[int]string) grade.Condition {
		return grade.When(func(f *grade.Frame) (bool, grade.Absence) {
			for _, i := range full {
				if f.Slots[i].Int == 0 {
					return true, 0
				}
			}
			for i, n := range least {
				if f.Slots[i].Num.Less(grade.MustParse(n)) {
					return true, 0
				}
			}
			return false, 0
		})
	}
	l := checked(t, &grade.Ladder{
		Scale: []grade.Row{{Grade: "AAA", Min: at("90")}, {Grade: "AA", Min: at("80")}, {Grade: "A", Min: at("70")}, {Grade: "B", Min: at("60")}, {Grade: "C"}},
		Rules: []grade.Rule{
			{ID: "aaa", When: lacks([]int{debtFull, interestFull, dueFull}, map[int]string{cash: "5"}), AtMost: "AA"},
			{ID: "aa", When: lacks([]int{debtFull, interestFull}, map[int]string{due: "10.8", cash: "3"}), AtMost: "A"},
			{ID: "a", When: lacks(nil, map[int]string{debt: "5", interest: "8.1", due: "9.6"}), AtMost: "B"},
			{ID: "restricted", When: flag(restricted), AtMost: "B"},
			{ID: "c", When: lacks(nil, map[int]string{interest: "2.7", due: "3.6"}), AtMost: "C"},
			{ID: "obsolete", When: flag(obsolete), AtMost: "C"},
		},
	})
	assert.Empty(t, l.Order(nil), "only caps: their order does not matter")
	for _, c := range []struct {
		score, debtAndInterestFull, due, dueFull, cash, interest, debt, facts, want string
	}{
		{"90", "xx", "12", "x", "5", "9", "10", "..", "AAA"},
		{"90", "xx", "11", ".", "5", "9", "10", "..", "AA"},
		{"95", "xx", "12", "x", "4.9", "9", "10", "..", "AA"},
		{"80", "xx", "10.8", ".", "3", "9", "10", "..", "AA"},
		{"80", "xx", "10.8", ".", "2.9", "9", "10", "..", "A"},
		{"75", "..", "9.6", ".", "0", "8.1", "5", "..", "A"},
		{"75", "..", "9.5", ".", "0", "8.1", "5", "..", "B"},
		{"92", "xx", "12", "x", "6", "9", "10", "x.", "B"},
		{"92", "xx", "12", "x", "6", "9", "10", ".x", "C"},
		{"59.99", "xx", "12", "x", "6", "9", "10", "..", "C"},
	} {
		n := func(s string) grade.Value { return grade.Num(grade.MustParse(s)) }
		full, facts := flags(c.debtAndInterestFull).Slots, flags(c.facts).Slots
		got, _ := graded(t, l, c.score, grade.NewFrame(full[0], full[1], n(c.due), flags(c.dueFull).Slots[0], n(c.cash), n(c.interest), n(c.debt), facts[0], facts[1]))
		assert.Equal(t, c.want, got, "%+v", c)
	}
}

// Basel standardised approach for corporates: a rating, not a score, with a risk weight for each. A weighs 50 %, C 150 %,
// unrated 100 %: EACRA ES11, eacra.eu/?p=3781.
func TestRatingsThatAreGiven(t *testing.T) {
	weight := func(s string) []grade.Attribute {
		return []grade.Attribute{{Name: "weight", Value: grade.Num(grade.MustParse(s))}}
	}
	l := checked(t, &grade.Ladder{
		Of: grade.Slot(0),
		Scale: []grade.Row{
			{Grade: "AA-", Attributes: weight("0.2")}, {Grade: "A", Attributes: weight("0.5")}, {Grade: "BB-", Attributes: weight("1")},
			{Grade: "C", Attributes: weight("1.5")}, {Grade: "unrated", OffScale: true, Attributes: weight("1")},
		},
	})
	for rating, want := range map[string]string{"A": "0.5", "unrated": "1", "C": "1.5"} {
		_, r := graded(t, l, "", grade.NewFrame(grade.Text(rating)))
		v, ok := l.Attribute(r.Final, "weight")
		assert.True(t, ok)
		assert.Equal(t, want, v.Num.String())
	}
}
