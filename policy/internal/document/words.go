package document

import (
	"strings"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/display"
	"github.com/tallystick-go/tallystick/policy/internal/formula"
)

// both is a word in both languages.
type both struct{ zh, en string }

// term returns the word for key, or key.
func (w *writer) term(m map[string]both, key string) string {
	if t, ok := m[key]; ok {
		return w.say(t.zh, t.en)
	}
	return key
}

var (
	types = map[string]both{
		"number": {"数值", "number"}, "string": {"文本", "text"}, "bool": {"是／否", "yes or no"}, "date": {"日期", "date"}, "grade": {"等级", "grade"},
		"list": {"列表", "list"}, "record": {"记录", "record"},
	}
	effects = map[string]both{
		"reject": {"不予准入", "reject"}, "refer": {"转人工", "refer to a person"}, "warn": {"仅提示", "only warn"}, "pass": {"视为通过", "count as passed"},
		"apply": {"视为适用", "apply"}, "skip": {"跳过", "skip"}, "hold": {"暂缓", "hold"}, "refuse": {"拒绝", "refuse"},
		"reweight": {"不计入，其余指标按权重放大", "left out, the others count for more"},
	}
	modes = map[string]both{
		"half_up": {"四舍五入", "half up"}, "half_even": {"四舍六入五成双", "half to even"}, "half_down": {"五舍六入", "half down"}, "up": {"只入不舍（远离零）", "up, away from zero"},
		"down": {"只舍不入（趋近零）", "down, towards zero"}, "ceiling": {"向上取整", "up (ceiling)"}, "floor": {"向下取整", "down (floor)"},
	}
	hits = map[string]both{
		"first": {"取第一个符合的行", "the first row that holds"}, "unique": {"只能有一行符合", "the only row that holds"}, "any": {"符合的行结果必须相同", "all rows that hold, which must agree"},
		"priority": {"取优先级最高的结果", "the result that comes first in the order"}, "output_order": {"全部结果，按次序排列", "all results, in the order"},
		"list": {"全部结果，按行排列", "all results, row by row"}, "sum": {"全部结果之和", "the sum of all results"}, "min": {"全部结果中的最小值", "the least of all results"},
		"max": {"全部结果中的最大值", "the greatest of all results"}, "count": {"符合的行数", "how many rows hold"},
	}
	collects = map[string]both{
		"first": {"取第一个符合的行", "the first row that holds"}, "sum": {"全部符合的行相加", "all rows that hold, added up"}, "min": {"符合的行中得分最低者", "the row that holds with the least points"},
		"max": {"符合的行中得分最高者", "the row that holds with the most points"}, "count": {"符合的行数", "how many rows hold"},
	}
)

// missing says what happens where something is missing; unsaid, a person decides.
func (w *writer) missing(action string) string {
	if action == "" {
		action = "refer"
	}
	return w.term(effects, action)
}

// figure writes a number with its thousands grouped.
func figure(n exact.Number) string {
	text := n.String()
	if back, err := exact.Parse(text); err != nil || !back.Equal(n) {
		return n.Fraction()
	}
	return display.Thousands(text)
}

// literal writes a value of the file: a number with its thousands grouped, anything else as it is.
func literal(n *doc.Node) string {
	switch n.Kind {
	case doc.Scalar:
		if x, err := exact.Parse(n.Text); err == nil && !n.Quoted {
			return figure(x)
		}
		return n.Text
	case doc.Null:
		return "null"
	}
	return "`" + flow(n) + "`"
}

// flow writes a part of the file in one line.
func flow(n *doc.Node) string {
	var parts []string
	switch n.Kind {
	case doc.Map:
		for _, p := range n.Pairs {
			parts = append(parts, flow(p.Key)+": "+flow(p.Value))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case doc.Seq:
		for _, item := range n.Items {
			parts = append(parts, flow(item))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case doc.Null:
		return "null"
	}
	return oneLine(n.Text)
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// code writes an expression as the policy has it, "" where there is none.
func code(t doc.Text) string {
	if t.Value == "" {
		return ""
	}
	return "`" + oneLine(t.Value) + "`"
}

// id writes an identifier, "" where there is none.
func id(s string) string {
	if s == "" {
		return ""
	}
	return "`" + s + "`"
}

// amount writes an operand: a number, or an expression.
func amount(e *slot.Operand) string {
	if n, ok := e.IsConst(); ok && e.IsSet() {
		if _, err := exact.Parse(strings.TrimSpace(e.Source.Value)); err == nil || e.Source.Node == nil {
			return figure(n)
		}
	}
	return code(e.Source)
}

// condition writes a condition in words where it is a simple one, and as the policy has it.
func (w *writer) condition(e *slot.Condition) (words, written string) {
	written = code(e.Source)
	if prog, ok := e.Shape.(*formula.Program); ok && prog != nil {
		words, _ = w.words(prog.Root, false)
	}
	if words == signs.Replace(oneLine(e.Source.Value)) {
		words = "" // nothing has a name for people
	}
	return words, written
}

// signs are comparisons as people write them.
var signs = strings.NewReplacer(">=", "≥", "<=", "≤", "==", "=", "!=", "≠")

// when writes a condition in one cell: in words where it is simple, otherwise as the policy has it.
func (w *writer) when(e *slot.Condition) string {
	words, written := w.condition(e)
	if words == "" {
		return written
	}
	return words + w.say("（", " (") + written + w.say("）", ")")
}

// words says in words what n asks, "" where that is not simple. nested tells that it stands beside something else.
func (w *writer) words(n formula.Node, nested bool) (text string, ok bool) {
	switch n := n.(type) {
	case *formula.Read:
		if n.Type() == slot.BoolType {
			return w.name(n.Name) + w.say("：是", ": yes"), true
		}
	case *formula.Unary:
		if read, isRead := n.X.(*formula.Read); isRead && n.Op == formula.OpNot {
			return w.name(read.Name) + w.say("：否", ": no"), true
		}
	case *formula.Binary:
		sign, isComparison := comparisons[n.Op]
		switch {
		case isComparison:
			left, ok := w.side(n.X)
			right, ok2 := w.side(n.Y)
			if !ok || !ok2 {
				return "", false
			}
			return left + " " + sign + " " + right + w.unit(n), true
		case (n.Op == formula.OpAnd || n.Op == formula.OpOr) && !nested:
			left, ok := w.words(n.X, true)
			right, ok2 := w.words(n.Y, true)
			if !ok || !ok2 {
				return "", false
			}
			if n.Op == formula.OpAnd {
				return left + w.say("，且", " and ") + right, true
			}
			return left + w.say("，或", " or ") + right, true
		}
	}
	return "", false
}

var comparisons = map[formula.Op]string{
	formula.OpEq: "=", formula.OpNe: "≠", formula.OpLt: "<", formula.OpLe: "≤", formula.OpGt: ">", formula.OpGe: "≥",
}

// side writes a side of a comparison: something with a name, or a value.
func (w *writer) side(n formula.Node) (string, bool) {
	switch n := n.(type) {
	case *formula.Read:
		return w.name(n.Name), true
	case *formula.Const:
		switch v := n.Value; v.Kind {
		case slot.Number:
			return figure(v.Num), true
		case slot.String, slot.Grade:
			return w.say("“", `"`) + v.Str + w.say("”", `"`), true
		case slot.Date:
			return slot.Day(v.Int).String(), true
		}
	}
	return "", false
}

// unit is that of the input that is compared with a number.
func (w *writer) unit(n *formula.Binary) string {
	read, ok := n.X.(*formula.Read)
	if _, isConst := n.Y.(*formula.Const); !ok || !isConst {
		return ""
	}
	if in := w.file.Inputs.Get(read.Name); in != nil && in.Unit != "" {
		return " " + in.Unit
	}
	return ""
}

// name is what people call an input, a value or a result.
func (w *writer) name(id string) string {
	title := ""
	if in := w.file.Inputs.Get(id); in != nil {
		title = w.in(in.Title)
	}
	if v := w.file.Values.Get(id); v != nil {
		title = w.in(v.Title)
	}
	switch {
	case title != "":
		return title
	case id == "as_of":
		return w.say("决策日", "the day of the decision")
	case id == "score":
		return w.say("总分", "the score")
	case id == "grade":
		return w.say("等级", "the grade")
	}
	return id
}
