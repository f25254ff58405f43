package document

import (
	"reflect"
	"strings"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/scoring"
)

// method writes the rows of a method, or its parameters. written is what stands under its name in the file; scale turns log
// odds into points, where they are scaled one by one.
func (w *writer) method(m scoring.Method, written *doc.Node, level int, scale func(exact.Number) string) {
	switch m := m.(type) {
	case *scoring.Bands:
		t := w.earnings(w.say("区间", "Band"), scale)
		rows := make([]bounds, len(m.Rows))
		for i := range m.Rows {
			rows[i] = bounds{m.Rows[i].Min, m.Rows[i].Above, m.Rows[i].Max, m.Rows[i].Below}
		}
		for i, interval := range w.intervals(rows, w.say("其他", "any other")) {
			r := &m.Rows[i]
			t.earn(w, interval, &r.Points, r.Share, r.Reason, r.Code)
		}
		w.write(t.columns)
	case *scoring.Categories:
		t := w.earnings(w.say("类别", "Category"), scale)
		for i := range m.Rows {
			r := &m.Rows[i]
			t.earn(w, w.categories(r), &r.Points, r.Share, r.Reason, r.Code)
		}
		if r := m.Otherwise; r != nil {
			t.earn(w, w.say("其他", "any other"), &r.Points, r.Share, r.Reason, r.Code)
		}
		w.write(t.columns)
	case *scoring.Rules:
		w.rules(m, scale)
	case *scoring.Linear:
		t := table(">"+w.say("值", "Value"), ">"+w.say("得分", "Points"))
		for _, k := range m.Knots {
			t.row(figure(k.At), figure(k.Points))
		}
		w.write(t)
	case *scoring.Efficacy:
		w.efficacy(m)
	case *scoring.Wall:
		t := table("", ">"+w.say("比率", "Value"), ">"+w.say("评分", "Points"))
		t.row(w.say("标准", "standard"), amount(&m.Standard), figure(m.StandardPoints))
		t.row(w.say("最高", "most"), amount(&m.Max), figure(m.MaxPoints))
		t.row(w.say("最低", "least"), "", figure(m.MinPoints))
		w.write(t)
	case *scoring.Proportional, *scoring.Deduct, *scoring.Formula: // what describes them is all there is
	case *scoring.Occurrences:
		w.occurrences(m)
	case *scoring.Best:
		w.several(*m, written, level, scale)
	case *scoring.Worst:
		w.several(*m, written, level, scale)
	case *scoring.Mean:
		w.several(*m, written, level, scale)
	default: // the program's own
		if written != nil {
			w.parameters(written)
		}
	}
}

// earnings is a table of rows that earn points.
type earnings struct {
	*columns
	scale func(exact.Number) string
}

func (w *writer) earnings(what string, scale func(exact.Number) string) earnings {
	return earnings{table(what, ">"+w.say("得分", "Points"), ">"+w.say("换算后得分", "Points, scaled"), ">"+w.say("占权重", "Part of the weight"), w.say("原因", "Reason"), w.say("代码", "Code")), scale}
}

func (e earnings) earn(w *writer, what string, points *slot.Operand, share *exact.Number, reason doc.Title, codeOf string) {
	part, scaled := "", ""
	if share != nil {
		part = figure(*share)
	}
	if n, ok := points.IsConst(); ok && points.IsSet() && e.scale != nil {
		scaled = e.scale(n)
	}
	earned := ""
	if points.IsSet() {
		earned = amount(points)
	}
	e.row(what, earned, scaled, part, w.in(reason), id(codeOf))
}

// categories writes the values of a row.
func (w *writer) categories(r *scoring.Category) string {
	values := make([]string, len(r.Values))
	for i, v := range r.Values {
		values[i] = v
		if x, err := exact.Parse(v); err == nil {
			values[i] = figure(x)
		}
		values[i] = w.truth(values[i])
	}
	return w.list(values)
}

func (w *writer) rules(m *scoring.Rules, scale func(exact.Number) string) {
	if m.Collect != "" && m.Collect != scoring.First {
		w.line(w.say("取值：", "Which count: ") + w.term(collects, string(m.Collect)) + w.say("。", "."))
	}
	t := w.earnings(w.say("条件", "Condition"), scale)
	for i := range m.Rows {
		r := &m.Rows[i]
		what := w.when(&r.When)
		if what == "" {
			what = w.say("其他", "any other")
		}
		t.earn(w, what, &r.Points, r.Share, r.Reason, r.Code)
	}
	w.write(t.columns)
}

// efficacy writes the five levels with their coefficients.
func (w *writer) efficacy(m *scoring.Efficacy) {
	t := table(w.say("档次", "Level"), ">"+w.say("标准值", "Value"), ">"+w.say("标准系数", "Coefficient"))
	for _, x := range []struct {
		zh, en, coefficient string
		at                  *slot.Operand
	}{
		{"优秀", "excellent", "1", &m.Excellent}, {"良好", "good", "0.8", &m.Good}, {"平均", "average", "0.6", &m.Average},
		{"较低", "low", "0.4", &m.Low}, {"较差", "poor", "0.2", &m.Poor},
	} {
		t.row(w.say(x.zh, x.en), amount(x.at), x.coefficient)
	}
	w.write(t)
	best, known := m.Excellent.IsConst()
	worst, known2 := m.Poor.IsConst()
	if known && known2 && best.Less(worst) {
		w.line(w.say("数值越小越好。", "Less is better."))
	}
	if m.BelowPoor == scoring.KeepBelowPoor {
		w.line(w.say("劣于较差值的，得权重的 0.2。", "A value worse than poor earns 0.2 of the weight."))
	} else {
		w.line(w.say("劣于较差值的，得 0 分。", "A value worse than poor earns nothing."))
	}
}

func (w *writer) occurrences(m *scoring.Occurrences) {
	if m.Base != nil {
		w.line(w.say("起评分：", "Begins with: ") + amount(m.Base))
	}
	t := table(w.say("次数", "Count"), ">"+w.say("每次扣分", "Points each"), ">"+w.say("最多扣分", "At most"), w.say("修复", "Given back"), w.say("原因", "Reason"), w.say("代码", "Code"))
	for i := range m.Rows {
		r := &m.Rows[i]
		most := ""
		if r.Most != nil {
			most = figure(*r.Most)
		}
		var repairs []string
		for j := range r.Repairs {
			repairs = append(repairs, amount(&r.Repairs[j].Count)+w.say(" 每次加回 ", " each gives back ")+figure(r.Repairs[j].Back))
		}
		t.row(amount(&r.Count), figure(r.Cost), most, strings.Join(repairs, w.say("；", "; ")), w.in(r.Reason), id(r.Code))
	}
	w.write(t)
}

// several writes methods of which one, or their mean, counts.
func (w *writer) several(methods []scoring.Method, written *doc.Node, level int, scale func(exact.Number) string) {
	for i, m := range methods {
		w.line(w.say("方法 %d：", "Method %d: ", i+1) + w.describe(m))
		var node *doc.Node
		if written != nil && written.Kind == doc.Seq && i < len(written.Items) && len(written.Items[i].Pairs) > 0 {
			node = written.Items[i].Pairs[0].Value
		}
		w.method(m, node, level, scale)
	}
}

// parameters writes what stands in the file, where we have no words for it.
func (w *writer) parameters(n *doc.Node) {
	if n.Kind != doc.Map {
		w.line(w.say("参数：", "Parameter: ") + literal(n))
		return
	}
	t := table(w.say("参数", "Parameter"), w.say("取值", "Value"))
	for _, p := range n.Pairs {
		t.row("`"+flow(p.Key)+"`", literal(p.Value))
	}
	w.write(t)
}

// extra returns what stands in n under the key that is none of those of the struct into, which is the name of a method.
func extra(n *doc.Node, into any) *doc.Node {
	if n == nil {
		return nil
	}
	own := map[string]bool{}
	for _, f := range reflect.VisibleFields(reflect.TypeOf(into).Elem()) {
		key, _, _ := strings.Cut(f.Tag.Get("key"), ",")
		own[key] = true
	}
	for _, p := range n.Pairs {
		if !own[p.Key.Text] {
			return p.Value
		}
	}
	return nil
}
