package portfolio

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"github.com/tallystick-go/tallystick/policy/internal/display"
)

// Text returns the comparison as text for people, in aligned tables.
func (c *Comparison) Text() string {
	p := &page{}
	c.write(p)
	return p.String()
}

// Markdown returns the comparison as Markdown.
func (c *Comparison) Markdown() string {
	p := &page{markdown: true}
	c.write(p)
	return p.String()
}

// JSON returns the comparison as an indented JSON object.
func (c *Comparison) JSON() ([]byte, error) {
	var b bytes.Buffer
	err := display.WriteJSON(&b, c)
	return b.Bytes(), err
}

// page is what a comparison is laid out on.
type page struct {
	strings.Builder
	markdown bool
}

func (p *page) heading(text string) {
	if p.markdown {
		fmt.Fprintf(p, "\n## %s\n\n", display.MarkdownText(text))
	} else {
		fmt.Fprintf(p, "\n%s\n", text)
	}
}

func (p *page) line(text string) {
	if p.markdown {
		text = display.MarkdownText(text)
	}
	p.WriteString(text + "\n")
}

func (p *page) table(t *display.Table) {
	if p.markdown {
		p.WriteString(t.Markdown())
	} else {
		_ = t.Write(p) // a Builder takes everything
	}
}

func (c *Comparison) say(zh, en string) string {
	if c.lang == "zh" {
		return zh
	}
	return en
}

// outcome returns an outcome in words.
func (c *Comparison) outcome(name string) string {
	if c.lang != "zh" {
		return name
	}
	return map[string]string{"admitted": "准入", "referred": "转人工", "rejected": "不予准入", "error": "出错"}[name]
}

func (c *Comparison) write(p *page) {
	old, new := c.Old.Version, c.New.Version
	if c.Old.Policy != c.New.Policy {
		old, new = c.Old.Policy+" "+old, c.New.Policy+" "+new
	}
	p.line(fmt.Sprintf(c.say("客户 %d 户：%s（决策日 %s）→ %s（决策日 %s）", "customers: %d, by %s as of %s → by %s as of %s"), c.Customers, old, c.Old.AsOf, new, c.New.AsOf))
	c.counts(p)
	p.heading(c.say("额度合计", "limits together"))
	c.totals(p)
	p.heading(c.say("处理结果：行为原政策，列为新政策", "outcomes: old in rows, new in columns"))
	c.matrix(p, c.outcomes(), c.outcome)
	if len(c.Grades.Counts) > 0 {
		p.heading(c.say("等级迁移：行为原等级，列为新等级", "grades: old in rows, new in columns"))
		c.matrix(p, c.Grades, func(g string) string {
			if g == "" {
				return c.say("无", "none")
			}
			return g
		})
	}
	if len(c.Movers) > 0 {
		p.heading(c.say("变化最大的客户", "largest changes"))
		c.movers(p)
	}
	if len(c.Faults) > 0 {
		p.heading(c.say("无法决策的记录", "records that could not be decided"))
		c.faults(p)
	}
}

func (c *Comparison) counts(p *page) {
	p.heading(c.say("变化的户数", "customers of whom something changes"))
	t := display.NewTable().Right(1)
	if p.markdown {
		t = display.NewTable(c.say("变化", "change"), c.say("户数", "customers")).Right(1)
	}
	row := func(zh, en string, n int) { t.Row(c.say(zh, en), strconv.Itoa(n)) }
	row("处理结果", "outcome", c.Changed.Outcome)
	if len(c.Grades.Counts) > 0 {
		row("等级", "grade", c.Changed.Grade)
	}
	row("总分", "score", c.Changed.Score)
	row("额度提高", "limit raised", c.Changed.Raised)
	row("额度降低", "limit lowered", c.Changed.Lowered)
	row("均无变化", "nothing", c.Changed.None)
	if c.Bad > 0 {
		row("无法决策", "not decided", c.Bad)
	}
	p.table(t)
}

func (c *Comparison) totals(p *page) {
	t := display.NewTable("", c.say("原", "old"), c.say("新", "new"), c.say("变化", "change")).Right(1, 2, 3)
	t.Row(c.say("额度", "limits"), money(c.Old.Limit), money(c.New.Limit), signed(fixed(c.New.Limit.Sub(c.Old.Limit))))
	if c.Old.Unlimited+c.New.Unlimited > 0 {
		t.Row(c.say("不限额户数", "unlimited"), strconv.Itoa(c.Old.Unlimited), strconv.Itoa(c.New.Unlimited), signed(strconv.Itoa(c.New.Unlimited-c.Old.Unlimited)))
	}
	p.table(t)
}

// signed shows an amount with its sign.
func signed(amount string) string {
	if !strings.HasPrefix(amount, "-") && strings.Trim(amount, "0.") != "" {
		return "+" + display.Thousands(amount)
	}
	return display.Thousands(amount)
}

// outcomes returns the matrix of outcomes without that of errors where there were none.
func (c *Comparison) outcomes() Matrix {
	m := c.Outcomes
	if c.Bad == 0 {
		last := len(m.Rows) - 1
		m.Rows, m.Columns, m.Counts = m.Rows[:last], m.Columns[:last], m.Counts[:last]
	}
	return m
}

func (c *Comparison) matrix(p *page, m Matrix, name func(string) string) { p.table(m.table(name)) }

func (c *Comparison) movers(p *page) {
	headers := []string{
		c.say("行", "line"), c.say("客户", "customer"), c.say("处理结果", "outcome"), c.say("总分", "score"), c.say("等级", "grade"),
		c.say("额度", "limit"), c.say("变化", "change"), c.say("原因", "why"),
	}
	t := display.NewTable(headers...).Right(0, 6)
	for i := range c.Movers {
		m := &c.Movers[i]
		change := m.Change
		if change != "" {
			change = signed(change)
		}
		reasons := m.Why
		if p.markdown || len(reasons) == 0 {
			reasons = []string{strings.Join(reasons, c.say("；", "; "))}
		}
		cells := []string{
			strconv.Itoa(m.Line), m.Customer, c.arrow(c.outcome(m.Old.Outcome.String()), c.outcome(m.New.Outcome.String())),
			c.arrow(m.Old.Score, m.New.Score), c.arrow(m.Old.Grade, m.New.Grade),
			c.arrow(display.Thousands(m.Old.Limit), display.Thousands(m.New.Limit)), change,
		}
		for _, why := range reasons {
			t.Row(append(cells, why)...)
			cells = make([]string, len(cells)) // the next reasons stand below the first
		}
	}
	p.table(t)
}

// arrow shows what was and what is, or the one that both are.
func (c *Comparison) arrow(old, new string) string {
	if old == new {
		return new
	}
	none := c.say("无", "none")
	return or(old, none) + " → " + or(new, none)
}

func (c *Comparison) faults(p *page) {
	t := display.NewTable(c.say("行", "line"), c.say("原政策", "by the old policy"), c.say("新政策", "by the new policy")).Right(0)
	for _, f := range c.Faults {
		t.Row(strconv.Itoa(f.Line), f.Old, f.New)
	}
	p.table(t)
	if more := c.Bad - len(c.Faults); more > 0 {
		p.line(fmt.Sprintf(c.say("另有 %d 条", "and %d more"), more))
	}
}
