package credit_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/credit"
	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/exact"
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

// list takes texts and nodes.
func (f *file) list(items ...any) *doc.Node {
	l := f.node(doc.Seq, "")
	for _, x := range items {
		n, ok := x.(*doc.Node)
		if !ok {
			n = f.node(doc.Scalar, x.(string))
		}
		l.Items = append(l.Items, n)
	}
	return l
}

// compile gives expressions a meaning as the reader of a policy does: numbers are themselves, names are slots.
func compile(d *doc.Decoder, names ...string) {
	index := map[string]int{}
	for i, n := range names {
		index[n] = i
	}
	for _, e := range d.Expressions {
		switch e := e.(type) {
		case *slot.Operand:
			if n, err := exact.Parse(e.Source.Value); err == nil {
				e.SetConst(n)
			} else {
				i := index[e.Source.Value]
				e.SetFunc(func(f *slot.Frame) (exact.Number, slot.Absence) { return f.Slots[i].Num, f.Slots[i].Absent })
			}
		case *slot.Condition:
			i := index[e.Source.Value]
			e.SetFunc(func(f *slot.Frame) (bool, slot.Absence) { return f.Slots[i].Int == 1, f.Slots[i].Absent })
		}
	}
}

// The section `credit` of the customer management measures: 12,000,000 a year / 12 * 3 * 1.2 is 3,600,000, of which
// 800,000 + 350,000.50 are used.
func TestTermsAreFilledFromAFile(t *testing.T) {
	var f file
	root := f.mapping(
		"limit", f.list(
			f.mapping("id", "base", "set", "three_months_sales"),
			f.mapping("id", "factor", "multiply", "factor"),
			f.mapping("id", "capital", "at_most", "fifth_of_net_assets"),
			f.mapping("id", "ceiling", "at_most", "5_000_000"),
			f.mapping("id", "step", "round", f.mapping("to", "1000", "mode", "down")),
		),
		"exposure", f.list("receivables", f.mapping("of", "open_orders", "weight", "1")),
		"approval", f.list(
			f.mapping("by", "销售部门", "up_to", "200_000"),
			f.mapping("by", "客户管理办公室", "up_to", "1_000_000"),
			f.mapping("by", "客户管理委员会"),
		),
		"request", f.mapping("amount", "order", "over", "refuse"),
		"holds", f.list(f.mapping("id", "late", "when", "late", "unless", "key", "reason", "逾期")),
		"segments", f.list(f.mapping("id", "usd", "title", f.mapping("zh", "美元", "en", "dollars"), "limit", f.list(f.mapping("set", "1_000_000")))),
		"group", f.mapping("limit", "6_000_000", "exposure", f.list("receivables")),
		"gaps", "refer",
		"valid", "1 year",
	)
	var terms credit.Terms
	var d doc.Decoder
	d.Decode(root, &terms)
	require.Empty(t, d.Faults)
	compile(&d, "three_months_sales", "factor", "fifth_of_net_assets", "receivables", "open_orders", "order", "late", "key")
	require.Empty(t, terms.Check(2, []string{"A", "B", "C", "D"}))

	n := func(s string) credit.Value { return credit.Num(credit.MustParse(s)) }
	frame := func(factor string, order string, late, key bool) *credit.Frame {
		return credit.NewFrame(n("3_000_000"), n(factor), n("6_000_000"), n("800_000"), n("350_000.50"), n(order), credit.Truth(late), credit.Truth(key))
	}
	work := func(f *credit.Frame) credit.Result {
		var r credit.Result
		require.NoError(t, terms.Limit(f, &r))
		require.NoError(t, terms.Exposure(f, &r))
		terms.Available(f, &r)
		require.NoError(t, terms.Request(f, &r))
		require.NoError(t, terms.Approve(f, r.Limit.Amount, 0, &r))
		require.NoError(t, terms.Divide(f, &r))
		return r
	}
	r := work(frame("1.2", "2_449_999.50", false, false))
	assert.Equal(t, "3600000.00", r.Limit.Amount.Value.Fixed(2))
	assert.Equal(t, "", terms.BindingName(r.Limit.Binding))
	assert.Equal(t, "2449999.50", r.Available.Amount.Value.Fixed(2))
	assert.Equal(t, credit.Allowed, r.Request.Verdict)
	assert.Equal(t, "客户管理委员会", r.Approval.By)
	assert.Equal(t, "1000000", r.Segments[0].Limit.Amount.String())
	assert.Equal(t, "dollars", terms.Segments[0].Title.In("en"))

	r = work(frame("1.2", "2_449_999.51", true, true))
	assert.Equal(t, credit.Refused, r.Request.Verdict)
	r = work(frame("3", "0", true, false))
	assert.Equal(t, "5000000", r.Limit.Amount.String())
	assert.Equal(t, "ceiling", terms.BindingName(r.Limit.Binding))
	assert.Equal(t, credit.Held, r.Request.Verdict)
	assert.Equal(t, credit.Period{Months: 12}, terms.Valid)
}

func TestFaultsPointIntoTheFile(t *testing.T) {
	var f file
	grade := f.node(doc.Scalar, "AA")
	to := f.node(doc.Scalar, "0")
	twice := f.node(doc.Scalar, "base")
	hidden := f.mapping("by", "y", "up_to", "9")
	two := f.mapping("set", "1", "add", "1")
	root := f.mapping(
		"limit", f.list(f.mapping("id", "base", "set", "1"), f.mapping("id", twice, "round", f.mapping("to", to)), two),
		"approval", f.list(f.mapping("by", "x", "up_to", "10"), hidden, f.mapping("by", "z")),
	)
	var terms credit.Terms
	var d doc.Decoder
	d.Decode(root, &terms)
	require.Empty(t, d.Faults)
	compile(&d)
	places := map[string]doc.Place{}
	for _, fault := range terms.Check(2, nil) {
		places[fault.Code] = fault.Place
	}
	assert.Equal(t, map[string]doc.Place{
		"duplicate-id": twice.Place, "bad-number": to.Place, "one-action": two.Place, "approval-order": hidden.Place,
	}, places)

	terms, d = credit.Terms{}, doc.Decoder{}
	d.Decode(f.mapping("approval", f.list(f.mapping("by", "x", "grades", f.list("A", grade)), f.mapping("by", "z"))), &terms)
	faults := terms.Check(2, []string{"A", "B"})
	require.Len(t, faults, 1)
	assert.Equal(t, grade.Place, faults[0].Place)
}

func TestWhatTheDecoderHasSaidIsNotSaidTwice(t *testing.T) {
	var f file
	var terms credit.Terms
	var d doc.Decoder
	d.Decode(f.mapping(
		"limit", f.list(f.mapping("set", "1", "round", f.mapping("mode", "down"))),
		"exposure", f.list(f.mapping("weight", "1")), "request", f.mapping("over", "hold"), "holds", f.list(f.mapping("unless", "x")),
		"approval", f.list(f.mapping("up_to", "1"), f.mapping("by", "x")), "segments", f.list(f.mapping("title", "x")), "group", f.mapping("when", "x"),
	), &terms)
	for _, fault := range d.Faults {
		assert.Equal(t, "missing-key", fault.Code)
	}
	assert.Len(t, d.Faults, 8)
	assert.Equal(t, []string{"one-action"}, codes(terms.Check(2, nil)))
}
