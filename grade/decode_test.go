package grade_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/grade"
	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/slot"
)

// file builds nodes as a reader of files would, each on a line of its own.
type file struct{ line int }

func (f *file) node(k doc.Kind, text string) *doc.Node {
	f.line++
	return &doc.Node{Kind: k, Text: text, Place: doc.Place{Line: f.line, Col: 1, Width: 1}}
}

// mapping takes key, value, key, value; a value is a text or a node.
func (f *file) mapping(pairs ...any) *doc.Node {
	m := f.node(doc.Map, "")
	for i := 0; i < len(pairs); i += 2 {
		v, ok := pairs[i+1].(*doc.Node)
		if !ok {
			v = f.node(doc.Scalar, pairs[i+1].(string))
		}
		m.Pairs = append(m.Pairs, doc.Pair{Key: f.node(doc.Scalar, pairs[i].(string)), Value: v})
	}
	return m
}

func (f *file) list(items ...*doc.Node) *doc.Node {
	l := f.node(doc.Seq, "")
	l.Items = items
	return l
}

// The section `grade` of the customer management measures.
func TestALadderIsFilledFromAFile(t *testing.T) {
	var f file
	root := f.mapping(
		"scale", f.list(
			f.mapping("grade", "A", "min", "90", "title", "重点客户", "factor", "1.2", "term_days", "60", "service", "专属客户经理", "review", "每季度"),
			f.mapping("grade", "B", "min", "75", "title", "一般客户", "factor", "0.8", "term_days", "30", "service", "销售团队", "valid", "6 months"),
			f.mapping("grade", "D", "min", "0", "title", f.mapping("zh", "不合格", "en", "unqualified"), "factor", "0", "since", "2024-01-01", "prepaid", "true", "outcome", "reject"),
			f.mapping("grade", "M", "off_scale", "true"),
		),
		"rules", f.list(
			f.mapping("id", "long-overdue", "when", "overdue_days > 90", "at_most", "B", "reason", "逾期超过90天"),
			f.mapping("id", "incident", "when", "safety_incidents > 0", "notches", "-1", "missing", "skip"),
		),
		"transitions", f.mapping("from", "previous_grade", "max_up", "1", "forbid", f.list(f.mapping("from", "D", "to", "A"))),
		"override", f.mapping("max_notches", "1"),
		"valid", "12 months",
	)
	var l grade.Ladder
	var d doc.Decoder
	d.Decode(root, &l)
	require.Empty(t, d.Faults)
	require.Len(t, d.Expressions, 4, "two conditions, the previous grade, max_up")
	assert.Equal(t, "overdue_days > 90", l.Rules[0].When.Source.Value)

	// What reads the file compiles the expressions, then asks for the faults.
	l.Rules[0].When.SetFunc(func(f *slot.Frame) (bool, slot.Absence) { return f.Slots[0].Int == 1, 0 })
	l.Rules[1].When.SetConst(false)
	l.Transitions.From.SetFunc(func(f *slot.Frame) (slot.Value, slot.Absence) { return f.Slots[1], 0 })
	l.Transitions.MaxUp.SetConst(grade.Int(1))
	require.Empty(t, l.Check(2))

	got, _ := graded(t, &l, "97.66", grade.NewFrame(grade.Truth(true), grade.Text("B")))
	assert.Equal(t, "B", got)
	got, _ = graded(t, &l, "97.66", grade.NewFrame(grade.Truth(false), grade.Text("B")))
	assert.Equal(t, "A", got)
	got, _ = graded(t, &l, "97.66", grade.NewFrame(grade.Truth(false), grade.Text("D")))
	assert.Equal(t, "B", got)

	assert.Equal(t, []grade.AttributeType{
		{Name: "factor", Kind: slot.Number}, {Name: "term_days", Kind: slot.Number}, {Name: "service", Kind: slot.String},
		{Name: "review", Kind: slot.String}, {Name: "since", Kind: slot.Date}, {Name: "prepaid", Kind: slot.Bool},
	}, l.Attributes())
	since, _ := l.Attribute(2, "since")
	assert.Equal(t, "2024-01-01", slot.Day(since.Int).String())
	prepaid, _ := l.Attribute(2, "prepaid")
	assert.EqualValues(t, 1, prepaid.Int, "true")
	assert.Equal(t, "unqualified", l.Scale[2].Title.In("en"))
	assert.Equal(t, grade.Reject, l.Scale[2].Outcome)
	assert.Equal(t, grade.Period{Months: 12}, l.ValidFor(0))
	assert.Equal(t, grade.Period{Months: 6}, l.ValidFor(1))
}

func TestFaultsPointIntoTheFile(t *testing.T) {
	var f file
	wrong := f.node(doc.Scalar, "E")
	notches := f.node(doc.Scalar, "0")
	factor := f.node(doc.Scalar, "无")
	list := f.list()
	comma := f.node(doc.Scalar, "0,8")
	nothing := f.node(doc.Null, "")
	row := f.mapping("grade", "B", "min", "95", "factor", factor)
	root := f.mapping(
		"scale", f.list(f.mapping("grade", "A", "min", "90", "factor", "1", "list", list, "comma", comma, "nothing", nothing), row),
		"rules", f.list(f.mapping("when", "true", "at_most", wrong), f.mapping("when", "true", "notches", notches)),
	)
	var l grade.Ladder
	var d doc.Decoder
	d.Decode(root, &l)
	require.Empty(t, d.Faults)
	places := map[string]doc.Place{}
	for _, fault := range l.Check(2) {
		places[fault.Code+" "+fault.Message] = fault.Place
	}
	assert.Equal(t, map[string]doc.Place{
		"scale-order nobody can have grade B: every score within its bounds has grade A or a better one": row.Place,
		"unknown-grade there is no grade E":                                                wrong.Place,
		"bad-number 0 is no number of steps":                                               notches.Place,
		"wrong-type factor is a string in grade B, but a number in grade A":                factor.Place,
		"wrong-type an attribute is a number, true or false, a date or a text, not a list": list.Place,
		"empty-value nothing is written here":                                              nothing.Place,
		`bad-number "0,8" is not a number`:                                                 comma.Place,
	}, places)
}

func TestADateInQuotesIsAText(t *testing.T) {
	var f file
	quoted := f.node(doc.Scalar, "2024-01-01")
	quoted.Quoted = true
	var l grade.Ladder
	new(doc.Decoder).Decode(f.mapping("scale", f.list(f.mapping("grade", "A", "a", quoted, "b", "2024-01-01", "c", "1_000", "d", "-"))), &l)
	assert.Equal(t, []grade.AttributeType{{Name: "a", Kind: slot.String}, {Name: "b", Kind: slot.Date}, {Name: "c", Kind: slot.Number}, {Name: "d", Kind: slot.String}}, l.Attributes())
}

func TestARuleThatNamesAnEmptyGradeIsAFault(t *testing.T) {
	var f file
	rule := f.mapping("when", "late", "at_most", "")
	root := f.mapping("scale", f.list(f.mapping("grade", "A", "min", "50"), f.mapping("grade", "B")), "rules", f.list(rule))
	var l grade.Ladder
	var d doc.Decoder
	d.Decode(root, &l)
	require.Empty(t, d.Faults)
	faults := l.Check(2)
	require.NotEmpty(t, faults)
	assert.Equal(t, "empty-value", faults[0].Code)
	assert.Equal(t, rule.Get("at_most").Place, faults[0].Place)
}
