package document

import (
	"strconv"
	"strings"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/policy/internal/model"
)

// values lists what is worked out beforehand: expressions first, then every table and method by itself.
func (w *writer) values() {
	if len(w.file.Values) == 0 {
		return
	}
	w.heading("计算项与决策表", "Values and decision tables")
	t := table(w.say("计算项", "Value"), w.say("名称", "Name"), w.say("类型", "Type"), w.say("算式", "Formula"), w.say("缺失时", "Where missing"))
	for i := range w.file.Values {
		x := &w.file.Values[i]
		if x.Value.Rows == nil && x.Value.Method == nil {
			t.row("`"+x.Name.Value+"`", w.in(x.Value.Title), w.term(types, x.Value.Type), code(x.Value.Expr.Source), code(x.Value.Missing.Source))
		}
	}
	w.write(t)
	for i := range w.file.Values {
		x := &w.file.Values[i]
		v := &x.Value
		switch {
		case v.Rows != nil:
			w.part(1, w.say("决策表 ", "Decision table ")+titled(x.Name.Value, w.in(v.Title)))
			w.decisionTable(v)
		case v.Method != nil:
			w.part(1, w.say("计算项 ", "Value ")+titled(x.Name.Value, w.in(v.Title)))
			if of := code(v.Of.Source); of != "" {
				w.line(w.say("考察：", "Looks at: ") + of)
			}
			w.line(w.say("方法：", "Method: ") + w.describe(v.Method))
			w.method(v.Method, extra(v.Node(), v), 1, nil)
		default:
			continue
		}
		if v.Missing.Source.Value != "" {
			w.line(w.say("缺失时：", "Where missing: ") + code(v.Missing.Source))
		}
	}
}

// titled is an identifier with its title.
func titled(name, title string) string {
	if title == "" || title == name {
		return id(name)
	}
	return title + " " + id(name)
}

// decisionTable writes a table with a column for each name that some row asks.
func (w *writer) decisionTable(v *model.Value) {
	hit := v.Hit
	if hit == "" {
		hit = "first"
	}
	how := w.term(hits, hit)
	if len(v.Order) > 0 {
		var order []string
		for _, n := range v.Order {
			order = append(order, literal(n))
		}
		how += w.say("；次序：", "; the order: ") + strings.Join(order, w.say(" › ", " > "))
	}
	if v.Type != "" {
		how += w.say("；类型：", "; a ") + w.term(types, v.Type)
	}
	w.line(w.say("结果：", "Result: ") + how + w.say("。", "."))
	var names []string
	at := map[string]int{}
	for _, row := range v.Rows {
		for _, cell := range row.Cells {
			if _, known := at[cell.Key.Text]; !known {
				at[cell.Key.Text] = len(names)
				names = append(names, cell.Key.Text)
			}
		}
	}
	heads := []string{">" + w.say("行", "Row")}
	for _, name := range names {
		head := "`" + name + "`"
		if people := w.name(name); people != name {
			head = people + " " + head
		}
		heads = append(heads, head)
	}
	t := table(append(heads, w.say("条件", "Condition"), w.say("结果", "Result"))...)
	for i := range v.Rows {
		row := &v.Rows[i]
		cells := make([]string, len(names))
		for _, c := range row.Cells {
			cells[at[c.Key.Text]] = w.cell(c.Value)
		}
		result := code(row.Of.Source)
		if row.Is != nil {
			result = w.result(row.Is)
		}
		t.row(append(append([]string{strconv.Itoa(i + 1)}, cells...), w.when(&row.When), result)...)
	}
	w.write(t)
	if v.Otherwise != nil {
		w.line(w.say("没有符合的行时：", "Where no row holds: ") + w.result(v.Otherwise))
	}
}

// result writes what a row gives: a value, or several with names.
func (w *writer) result(n *doc.Node) string {
	if n.Kind != doc.Map {
		return literal(n)
	}
	var parts []string
	for _, p := range n.Pairs {
		parts = append(parts, p.Key.Text+w.say("：", ": ")+literal(p.Value))
	}
	return strings.Join(parts, w.say("；", "; "))
}

// cell writes what a row asks of a column.
func (w *writer) cell(n *doc.Node) string {
	switch n.Kind {
	case doc.Seq:
		var parts []string
		for _, item := range n.Items {
			parts = append(parts, w.cell(item))
		}
		return strings.Join(parts, w.say(" 或 ", " or "))
	case doc.Map:
		var parts []string
		for _, p := range n.Pairs {
			parts = append(parts, w.ask(p.Key.Text, p.Value))
		}
		return strings.Join(parts, w.say("，", ", "))
	}
	return w.truth(literal(n))
}

// ask writes one key of a cell.
func (w *writer) ask(key string, value *doc.Node) string {
	switch key {
	case "min":
		return "≥ " + literal(value)
	case "above":
		return "> " + literal(value)
	case "max":
		return "≤ " + literal(value)
	case "below":
		return "< " + literal(value)
	case "at_least":
		return w.say("不低于 ", "at least ") + literal(value)
	case "at_most":
		return w.say("不高于 ", "at most ") + literal(value)
	case "not":
		return w.say("非 ", "not ") + w.cell(value)
	case "missing":
		if value.Text == "true" {
			return w.say("缺失", "missing")
		}
		return w.say("未缺失", "not missing")
	}
	return key + ": " + literal(value)
}

// truth writes true and false in words.
func (w *writer) truth(text string) string {
	switch text {
	case "true":
		return w.say("是", "yes")
	case "false":
		return w.say("否", "no")
	}
	return text
}

// functions lists the functions of the policy.
func (w *writer) functions() {
	if len(w.file.Functions) == 0 {
		return
	}
	w.heading("函数", "Functions")
	t := table(w.say("函数", "Function"), w.say("算式", "Formula"))
	for _, f := range w.file.Functions {
		t.row("`"+oneLine(f.Name.Value)+"`", code(f.Value))
	}
	w.write(t)
}

// admission lists the criteria.
func (w *writer) admission() {
	if len(w.file.Admission) == 0 {
		return
	}
	w.heading("准入", "Admission")
	t := table(w.say("编号", "Criterion"), w.say("名称", "Name"), w.say("要求", "Requires"), w.say("条件", "Condition"), w.say("不满足时", "Where not met"),
		w.say("数据缺失时", "Where data are missing"), w.say("原因", "Reason"), w.say("代码", "Code"))
	for i := range w.file.Admission {
		c := &w.file.Admission[i]
		words, written := w.condition(&c.Require)
		otherwise := c.Otherwise
		if otherwise == "" {
			otherwise = "reject"
		}
		t.row(id(c.ID.Value), w.in(c.Title), words, written, w.term(effects, otherwise), w.missing(c.Missing), w.in(c.Reason), id(c.Code))
	}
	w.write(t)
	w.line(w.say("所有条件都要检查，互不遮蔽。不予准入优先于转人工，转人工优先于准入；不予准入的客户额度为 0。",
		"Every criterion is looked at; none hides another. A rejection beats a referral, and a referral admission. The limit of a rejected customer is 0."))
}
