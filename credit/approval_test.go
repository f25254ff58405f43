package credit_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/credit"
)

func approver(t testing.TB, terms *credit.Terms, f *credit.Frame, amount credit.Amount, grade int) credit.ApprovalResult {
	t.Helper()
	if f == nil {
		f = credit.NewFrame()
	}
	var r credit.Result
	require.NoError(t, terms.Approve(f, amount, grade, &r))
	return r.Approval
}

func money(s string) credit.Amount { return credit.Of(credit.MustParse(s)) }

func TestUpToIsIncluded(t *testing.T) {
	terms := checked(t, &credit.Terms{Approval: []credit.Approver{
		{By: "销售部门", UpTo: num("200_000")}, {By: "客户管理办公室", UpTo: num("1_000_000")}, {By: "客户管理委员会"},
	}})
	for amount, want := range map[string]string{
		"0": "销售部门", "200000": "销售部门", "200000.01": "客户管理办公室", "1000000": "客户管理办公室", "1000000.01": "客户管理委员会",
	} {
		r := approver(t, terms, nil, money(amount), -1)
		assert.True(t, r.Has)
		assert.Equal(t, want, r.By, amount)
		assert.Equal(t, want, terms.Approval[r.Row].By)
	}
	assert.Equal(t, "客户管理委员会", approver(t, terms, nil, credit.Amount{Unlimited: true}, -1).By)
}

// 农银发[2002]174号: a branch may approve up to 30 % of its authority for short-term loans, beyond that the head office.
func TestUpToMayBeWorkedOut(t *testing.T) {
	authority := credit.Func(func(f *credit.Frame) (credit.Number, credit.Absence) {
		return f.Slots[0].Num.Mul(credit.MustParse("0.30")), f.Slots[0].Absent
	})
	terms := checked(t, &credit.Terms{Approval: []credit.Approver{{By: "一级分行", UpTo: authority}, {By: "总行"}}})
	f := credit.NewFrame(credit.Num(credit.MustParse("1000.01")))
	assert.Equal(t, "一级分行", approver(t, terms, f, money("300"), -1).By)
	assert.Equal(t, "一级分行", approver(t, terms, f, credit.Of(credit.MustParse("300.003")), -1).By)
	assert.Equal(t, "总行", approver(t, terms, f, money("300.01"), -1).By)
}

func TestRowsMayBeForGradesAndConditions(t *testing.T) {
	terms := &credit.Terms{Approval: []credit.Approver{
		{By: "branch", Grades: []string{"A", "B"}, UpTo: num("100")},
		{By: "key accounts", When: flag(0)},
		{By: "risk", Grades: []string{"C"}},
		{By: "board"},
	}}
	require.Empty(t, terms.Check(2, []string{"A", "B", "C"}))
	for _, c := range []struct {
		grade  int
		amount string
		key    bool
		want   string
	}{
		{0, "100", false, "branch"}, {1, "100", true, "branch"}, {1, "100.01", true, "key accounts"}, {1, "100.01", false, "board"},
		{2, "1", false, "risk"}, {2, "1", true, "key accounts"}, {-1, "1", false, "board"}, {7, "1", false, "board"},
	} {
		r := approver(t, terms, credit.NewFrame(credit.Truth(c.key)), money(c.amount), c.grade)
		assert.Equal(t, c.want, r.By, "%+v", c)
	}
}

func TestWhoApprovesMayBeUnknown(t *testing.T) {
	for _, c := range []struct {
		name string
		row  credit.Approver
		want string // "": unknown
	}{
		{"up to what", credit.Approver{By: "x", UpTo: gone(1)}, ""},
		{"for whom", credit.Approver{By: "x", When: unknown(1)}, ""},
		{"not for him for certain", credit.Approver{By: "x", UpTo: gone(1), When: is(false)}, "board"},
		{"too much for certain", credit.Approver{By: "x", UpTo: num("9"), When: unknown(1)}, "board"},
		{"perhaps for him", credit.Approver{By: "x", UpTo: num("10"), When: unknown(1)}, ""},
		{"perhaps enough", credit.Approver{By: "x", UpTo: gone(1), When: is(true)}, ""},
		{"another grade for certain", credit.Approver{By: "x", UpTo: gone(1), Grades: []string{"B"}}, "board"},
	} {
		f := credit.NewFrame()
		terms := &credit.Terms{Approval: []credit.Approver{c.row, {By: "board"}}}
		require.Empty(t, terms.Check(2, []string{"A", "B"}))
		r := approver(t, terms, f, money("10"), 0)
		assert.Equal(t, c.want, r.By, c.name)
		if c.want == "" {
			assert.False(t, r.Has)
			assert.Equal(t, -1, r.Row)
			assert.Equal(t, []int{1}, f.Atoms(nil, r.Missing), c.name)
		}
	}
}

func TestNobodyNeedsToApproveWhereNobodyIsListed(t *testing.T) {
	r := approver(t, checked(t, &credit.Terms{}), nil, money("10"), -1)
	assert.Equal(t, credit.ApprovalResult{Row: -1}, r)
}

func TestGapsInApprovalMayRefer(t *testing.T) {
	terms := checked(t, &credit.Terms{Gaps: "refer", Approval: []credit.Approver{{By: "x", UpTo: num("10")}}})
	assert.True(t, approver(t, terms, nil, money("10"), -1).Has)
	assert.False(t, approver(t, terms, nil, money("10.01"), -1).Has)
}

func TestARowThatFailsIsAnErrorWithItsNumber(t *testing.T) {
	fails := credit.Func(func(f *credit.Frame) (credit.Number, credit.Absence) {
		return credit.Number{}, f.Fail(errors.New("broken"))
	})
	terms := checked(t, &credit.Terms{Approval: []credit.Approver{{By: "x", UpTo: fails}, {By: "y"}}})
	var r credit.Result
	assert.EqualError(t, terms.Approve(credit.NewFrame(), money("1"), -1, &r), "credit: approval 1: up_to: broken")
}

func TestFaultsOfApproval(t *testing.T) {
	grades := []string{"A", "B", "C"}
	for _, c := range []struct {
		name    string
		rows    []credit.Approver
		message string // "": nothing is wrong
	}{
		{"the last row is open", []credit.Approver{{By: "x", UpTo: num("10")}, {By: "y"}}, ""},
		{"it is not", []credit.Approver{{By: "x", UpTo: num("10")}}, "nobody may approve limits above 10"},
		{"it has a condition", []credit.Approver{{By: "x", When: is(true)}}, "nobody may approve limits where no `when` holds"},
		{"each grade has its own", []credit.Approver{{By: "x", Grades: []string{"A", "B"}}, {By: "y", Grades: []string{"C"}}}, ""},
		{"a grade is left out", []credit.Approver{{By: "x", Grades: []string{"A"}}, {By: "y", UpTo: num("10")}}, "nobody may approve limits above 10 of grade B, C"},
		{"an unknown grade", []credit.Approver{{By: "x", Grades: []string{"D"}}, {By: "y"}}, "there is no grade D"},
		{"a grade has no row", []credit.Approver{{By: "x", Grades: []string{"A"}}, {By: "y", Grades: []string{"C"}}}, "nobody may approve limits of grade B"},
		{"grades with other gaps", []credit.Approver{{By: "x", Grades: []string{"A"}, UpTo: num("20")}, {By: "y", UpTo: num("10")}}, "nobody may approve limits above 20 of grade A, nor limits above 10 of grade B, C"},
		{"no grade at all", []credit.Approver{{By: "x", Grades: []string{}}, {By: "y"}}, "x approves nothing: the list of grades is empty"},
		{"below 0", []credit.Approver{{By: "x", UpTo: num("-1")}, {By: "y"}}, "no limit is as low as -1: the least is 0"},
		{"nobody", []credit.Approver{{UpTo: num("1")}, {By: "y"}}, "a row of approval needs `by`"},
		{"not ascending", []credit.Approver{{By: "x", UpTo: num("10")}, {By: "y", UpTo: num("9")}, {By: "z"}}, "y approves nothing: x approves all of it before"},
		{"the same", []credit.Approver{{By: "x", UpTo: num("10")}, {By: "y", UpTo: num("10.00")}, {By: "z"}}, "y approves nothing: x approves all of it before"},
		{"after the open row", []credit.Approver{{By: "x"}, {By: "y", UpTo: num("9")}}, "y approves nothing: x approves all of it before"},
		{"two open rows", []credit.Approver{{By: "x"}, {By: "y"}}, "y approves nothing: x approves all of it before"},
		{"not ascending, but for some only", []credit.Approver{{By: "x", UpTo: num("10"), When: flag(0)}, {By: "y", UpTo: num("9")}, {By: "z"}}, ""},
		{"not ascending, but for other grades", []credit.Approver{{By: "x", UpTo: num("10"), Grades: []string{"A"}}, {By: "y", UpTo: num("9")}, {By: "z"}}, ""},
		{"not ascending, for these grades", []credit.Approver{{By: "x", UpTo: num("10"), Grades: []string{"A", "B"}}, {By: "y", UpTo: num("9"), Grades: []string{"B"}}, {By: "z"}}, "y approves nothing: x approves all of it before"},
		{"worked out", []credit.Approver{{By: "x", UpTo: credit.NumberIn(0)}, {By: "y", UpTo: num("9")}, {By: "z"}}, ""},
	} {
		faults := (&credit.Terms{Approval: c.rows}).Check(2, grades)
		if c.message == "" {
			assert.Empty(t, faults, c.name)
			continue
		}
		require.Len(t, faults, 1, c.name)
		assert.Equal(t, c.message, faults[0].Message, c.name)
	}
	assert.NotEmpty(t, (&credit.Terms{Approval: []credit.Approver{{By: "x", Grades: []string{"A"}}, {By: "y"}}}).Check(2, nil), "there are no grades")
}
