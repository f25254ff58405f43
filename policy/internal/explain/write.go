package explain

import (
	"bytes"
	"strings"

	"github.com/tallystick-go/tallystick/policy/internal/display"
)

// Text writes e in columns, for a terminal.
func (e *Explanation) Text() string {
	p := &textPage{}
	e.write(p)
	return strings.TrimRight(p.String(), "\n") + "\n"
}

// Markdown writes e as Markdown, with tables.
func (e *Explanation) Markdown() string {
	p := &markdownPage{}
	e.write(p)
	return strings.TrimRight(p.String(), "\n") + "\n"
}

// JSON writes e as JSON, indented by two spaces, with a line break at the end.
func (e *Explanation) JSON() ([]byte, error) {
	var b bytes.Buffer
	err := display.WriteJSON(&b, e)
	return b.Bytes(), err
}

// writer lays an explanation out on a page.
type writer struct {
	words
	page
	e *Explanation
}

func (e *Explanation) write(p page) {
	w := writer{e.words, p, e}
	w.head()
	w.admission()
	w.values()
	if e.Scoring != nil {
		w.scoring()
	}
	if e.Grade != nil {
		w.grade()
	}
	if e.Credit != nil {
		w.credit()
	}
	w.reasons()
	w.missing()
	w.undefined()
	if e.Next != nil {
		w.next()
	}
}

// points, score and money write a number at the places of its stage.
func (w writer) points(n Number) string { return fixed(n, w.e.Policy.Rounding.Points) }
func (w writer) score(n Number) string  { return fixed(n, w.e.Policy.Rounding.Score) }
func (w writer) money(n Number) string  { return fixed(n, w.e.Policy.Rounding.Money) }

func (w writer) amount(a *Amount) string {
	switch {
	case a == nil:
		return ""
	case a.Unlimited:
		return w.say("不设上限", "unlimited")
	}
	return w.money(a.Number)
}

// because appends what is missing to text.
func (w writer) because(text string, missing []string) string {
	if len(missing) == 0 {
		return text
	}
	why := w.say("缺：", "missing: ") + w.list(missing)
	if text == "" {
		return why
	}
	return text + w.say("；", "; ") + why
}

func (w writer) head() {
	e := w.e
	title := named(e.Policy.Title, e.Policy.ID)
	w.title(title + w.say("：决策说明", ": the decision explained"))
	g := grid{headers: []string{w.say("项目", "what"), w.say("内容", "")}}
	add := func(name, text string) {
		if text != "" {
			g.row(name, text)
		}
	}
	add(w.say("办法", "policy"), e.Policy.ID+" "+e.Policy.Version)
	add(w.say("文号", "document"), e.Policy.Number)
	add(w.say("发布单位", "issuer"), e.Policy.Issuer)
	add(w.say("日期", "as of"), e.AsOf)
	add(w.say("客户", "customer"), display.Cut(e.Customer, widest))
	add(w.say("结论", "outcome"), w.term(outcomes, e.Outcome))
	if s := e.Scoring; s != nil {
		text := w.say("无", "none")
		if s.Score != nil {
			text = w.score(*s.Score)
		}
		add(w.say("得分", "score"), text)
	}
	if s := e.Grade; s != nil {
		add(w.say("等级", "grade"), strings.TrimSpace(named(s.Grade, w.say("无", "none"))+" "+s.Title))
	}
	if c := e.Credit; c != nil {
		add(w.say("额度", "limit"), w.currency(w.amount(c.Limit)))
		if e.Outcome != "admitted" {
			add(w.say("拟定额度", "proposed limit"), w.currency(w.amount(c.Proposed)))
		}
		add(w.say("可用额度", "available"), w.currency(w.amount(c.Available)))
		add(w.say("审批", "approval"), c.By)
		if c.Request != nil {
			add(w.say("申请", "request"), w.term(verdicts, c.Request.Verdict))
		}
	}
	add(w.say("有效期至", "valid until"), e.ValidUntil)
	if e.NextReview != e.ValidUntil {
		add(w.say("下次评级", "next review"), e.NextReview)
	}
	if len(e.Inexact) > 0 {
		add(w.say("非精确计算", "inexact"), w.list(w.terms(amounts, e.Inexact)))
	}
	w.table(g)
}

// currency puts the currency behind an amount.
func (w writer) currency(amount string) string {
	if amount == "" || w.e.Policy.Currency == "" {
		return amount
	}
	return amount + " " + w.e.Policy.Currency
}

// data lists what an expression looks at: "采购额 12,000,000 元".
func (w writer) data(work *Working) string {
	if work == nil {
		return ""
	}
	var texts []string
	for _, r := range work.Reads {
		texts = append(texts, named(r.Title, r.Name)+" "+w.shown(r))
	}
	return w.list(texts)
}

// shown returns the value of r with its unit.
func (w writer) shown(r Reading) string {
	if r.Value.IsMissing() {
		return w.say("缺失", "missing")
	}
	text := w.value(r.Value)
	if r.Unit != "" {
		text += " " + r.Unit
	}
	return text
}

// widest is how much room a text, a list or a record gets.
const widest = 80

// value writes d; truth values are words.
func (w writer) value(d Datum) string {
	text := d.text(w.say("是", "yes"), w.say("否", "no"))
	if _, isNumber := d.Number(); isNumber {
		return text
	}
	return display.Cut(text, widest)
}

func (w writer) admission() {
	if len(w.e.Admission) == 0 {
		return
	}
	w.section(w.say("准入", "Admission"))
	g := grid{headers: []string{w.say("结果", "result"), w.say("标准", "criterion"), w.say("条件", "condition"), w.say("数据", "data"), w.say("说明", "remark")}}
	for _, c := range w.e.Admission {
		remark := ""
		if c.Effect != "" {
			remark = w.term(effects, c.Effect)
			if c.Reason != "" {
				remark += w.say("：", ": ") + c.Reason
			}
		}
		g.row(w.term(results, c.Result), named(c.Title, c.ID), expr(c.Require), w.data(c.Require), w.because(remark, c.Require.Missing))
	}
	w.table(g)
}

func (w writer) values() {
	if len(w.e.Values) == 0 {
		return
	}
	w.section(w.say("计算项", "Values"))
	g := grid{headers: []string{w.say("名称", "value"), w.say("算式", "worked out by"), w.say("代入", "in figures"), w.say("结果", "result"), w.say("说明", "remark")}, right: []int{3}}
	for _, v := range w.e.Values {
		name := v.Name
		if v.Title != "" && v.Title != name {
			name += " " + v.Title
		}
		how, figures := "", ""
		switch {
		case v.Hit != "":
			how, figures = w.say("决策表（%s）", "table (%s)", v.Hit), w.columns(v.Columns)
		case v.Work != nil:
			how, figures = expr(v.Work), v.Work.Figures
			if v.Method != "" {
				how += w.say("；", "; ") + v.Method
			}
		default:
			how = v.Method
		}
		remark := w.tableRows(v)
		if v.Otherwise {
			remark = w.say("没有符合的行", "no row holds: otherwise")
		}
		if v.Substituted {
			remark = w.say("以此代替缺失的值", "stands in for what is missing")
		}
		result := w.value(v.Value)
		if v.Value.IsMissing() {
			result = w.say("缺失", "missing")
		}
		g.row(name, how, figures, result, w.because(remark, v.Missing))
	}
	w.table(g)
}

func (w writer) columns(columns []Reading) string { return w.data(&Working{Reads: columns}) }

// tableRows says which rows of a table held: "row 2: risk ≥ 100".
func (w writer) tableRows(v Value) string {
	var texts []string
	for _, r := range v.Rows {
		text := w.say("第%d行：%s", "row %d: %s", r.Row, r.Text)
		if r.Result != "" {
			text += w.say(" 得 ", " gives ") + r.Result
		}
		texts = append(texts, text)
	}
	return strings.Join(texts, w.say("；", "; "))
}

func (w writer) reasons() {
	w.section(w.say("原因", "Reasons"))
	if len(w.e.Reasons) == 0 {
		w.line(w.say("无。", "None."))
		return
	}
	g := grid{headers: []string{w.say("影响", "effect"), w.say("代码", "code"), w.say("原因", "reason")}}
	for _, r := range w.e.Reasons {
		g.row(w.term(effects, r.Effect), r.Code, w.because(r.Text, r.Missing))
	}
	w.table(g)
}

func (w writer) missing() {
	if len(w.e.Missing) == 0 {
		return
	}
	w.section(w.say("缺失的数据", "Missing data"))
	g := grid{headers: []string{w.say("数据", "input"), w.say("名称", "title"), w.say("单位", "unit"), w.say("字段", "field"), w.say("用于", "needed for")}}
	for _, m := range w.e.Missing {
		g.row(m.Name, m.Title, m.Unit, m.From, w.places(m.For))
	}
	w.table(g)
}

func (w writer) undefined() {
	if len(w.e.Undefined) == 0 {
		return
	}
	w.section(w.say("无法计算的算式", "Undefined"))
	g := grid{headers: []string{w.say("算式", "expression"), w.say("原因", "why"), w.say("位置", "line:column"), w.say("用于", "needed for")}}
	for _, m := range w.e.Undefined {
		why := w.say("除数为零、没有该项，或文本不是日期、时间", "a division by zero, no such item, or a text that is no date or time")
		if m.NoRow {
			why = w.say("没有符合的行", "no row holds")
		}
		g.row(strings.TrimPrefix(m.Name, noRow), why, m.Where, w.places(m.For))
	}
	w.table(g)
}

// places names the parts of the policy that wait for something.
func (w writer) places(all []Place) string {
	var texts []string
	known := map[string]bool{}
	for _, p := range all {
		text := strings.TrimSpace(w.term(places, p.Kind) + " " + named(p.Title, p.ID))
		if !known[text] {
			known[text] = true
			texts = append(texts, text)
		}
	}
	return w.list(texts)
}
