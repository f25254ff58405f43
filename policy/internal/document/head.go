package document

import (
	"strconv"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/policy/internal/display"
	"github.com/tallystick-go/tallystick/policy/internal/model"
)

// head says which policy this is.
func (w *writer) head(id Identity) {
	f := w.file
	title := w.in(f.Title)
	if title == "" {
		title = f.Policy.Value
	}
	w.WriteString("# " + display.MarkdownText(title) + "\n\n")
	t := table(w.say("项目", "Item"), w.say("内容", "Content"))
	row := func(zh, en, text string) {
		if text != "" {
			t.row(w.say(zh, en), text)
		}
	}
	row("政策标识", "Policy", f.Policy.Value)
	row("版本", "Version", f.Version.Value)
	row("文号", "Document number", f.Number.Value)
	row("发布单位", "Issuer", w.in(f.Issuer))
	if f.Published != nil {
		row("发布日期", "Published", f.Published.Day.String())
	}
	row("施行期", "In force", w.inForce(f.Effective))
	row("币种", "Currency", f.Currency)
	row("舍入", "Rounding", w.rounding())
	row("文件摘要", "Digest of the file", "`"+id.Digest+"`")
	row("内容摘要", "Digest of the meaning", "`"+id.Meaning+"`")
	w.write(t)
	w.line(w.say("本文件由政策文件生成，以政策文件为准。条件与算式用 `这种字体` 照政策文件原样写出。",
		"This document is made from the policy file, which prevails. Conditions and formulas stand in `this font` as the file has them."))
}

func (w *writer) inForce(s *model.Span) string {
	switch {
	case s == nil || s.From == nil && s.Until == nil:
		return ""
	case s.Until == nil:
		return w.say("自 %s 起", "from %s", s.From.Day)
	case s.From == nil:
		return w.say("至 %s 前一日止", "until the day before %s", s.Until.Day)
	}
	return w.say("自 %s 起，至 %s 前一日止", "from %s until the day before %s", s.From.Day, s.Until.Day)
}

// rounding says where figures are rounded, and how.
func (w *writer) rounding() string {
	r := w.p.Rounding
	places := func(zh, en string, n int) string {
		if n < 0 {
			return w.say(zh+"不舍入", en+" exact")
		}
		return w.say(zh+" %d 位小数", en+" to %d places", n)
	}
	d := w.file.Rounding
	if d == nil {
		d = &model.Rounding{}
	}
	var parts []string
	if c := w.file.Scoring; c != nil || d.Points != nil {
		points := r.Points
		if c != nil && c.PDO != nil && !c.PDO.Each { // they are log odds
			points = model.Exact
		}
		parts = append(parts, places("各项得分", "points", points))
	}
	if w.file.Scoring != nil || d.Score != nil {
		parts = append(parts, places("总分", "score", r.Score))
	}
	if w.file.Credit != nil || d.Money != nil {
		parts = append(parts, places("金额", "money", r.Money))
	}
	if len(parts) == 0 && d.Mode == nil {
		return ""
	}
	return w.list(append(parts, w.term(modes, r.Mode.String())))
}

// inputs lists what a customer record holds.
func (w *writer) inputs() {
	w.heading("适用数据", "Data")
	t := table(w.say("字段", "Field"), w.say("名称", "Name"), w.say("类型", "Type"), w.say("单位", "Unit"), w.say("允许范围", "Allowed"),
		w.say("小数位", "Decimals"), w.say("必填", "Required"), w.say("来源字段", "Name in the record"))
	for i := range w.file.Inputs {
		x := &w.file.Inputs[i]
		t.row(w.input(x.Name.Value, &x.Value)...)
	}
	w.write(t)
	w.line(w.say("除必填字段外，数据可以缺失；由缺失数据算出的结果也视为缺失，各处注明缺失时如何处理，未注明的转人工。除数为零视同缺失。",
		"Data may be missing, save what is required. What is computed from missing data is missing too; each place says what follows then, and where it does not, a person decides. A division by zero counts as missing."))
}

// input returns the cells of one input.
func (w *writer) input(name string, x *model.Input) []string {
	decimals, required := "", ""
	if x.Decimals != nil {
		decimals = strconv.Itoa(*x.Decimals)
	}
	if x.Required {
		required = w.say("是", "yes")
	}
	return []string{"`" + name + "`", w.in(x.Title), w.inputType(x), x.Unit, w.allowed(x), decimals, required, x.From.Value}
}

// inputType says what an input is, with the fields of a record.
func (w *writer) inputType(x *model.Input) string {
	name := w.term(types, x.Type)
	if x.Parts == nil {
		return name
	}
	return name + w.say("：", ": ") + "`" + flow(x.Parts) + "`"
}

// allowed says which values an input may have.
func (w *writer) allowed(x *model.Input) string {
	var parts []string
	bound := func(sign string, n *doc.Node) {
		if n != nil {
			parts = append(parts, sign+" "+literal(n))
		}
	}
	number := func(sign string, n *exact.Number) {
		if n != nil {
			parts = append(parts, sign+" "+figure(*n))
		}
	}
	bound("≥", x.Min)
	number(">", x.Above)
	bound("≤", x.Max)
	number("<", x.Below)
	for _, r := range x.Ranges {
		parts = append(parts, w.say("%s 至 %s", "%s to %s", figure(r.Min), figure(r.Max)))
	}
	var values []string
	for _, n := range x.OneOf {
		values = append(values, literal(n))
	}
	if len(values) > 0 {
		parts = append(parts, w.list(values))
	}
	sep := w.say("，", ", ")
	if len(x.Ranges) > 1 {
		sep = w.say(" 或 ", " or ")
	}
	out := ""
	for i, p := range parts {
		if i > 0 {
			out += sep
		}
		out += p
	}
	return out
}
