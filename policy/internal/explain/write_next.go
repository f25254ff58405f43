package explain

import "strings"

// next shows what reaches the next better grade.
func (w writer) next() {
	n := w.e.Next
	w.section(w.say("下一等级", "The next grade"))
	switch n.None {
	case "best":
		w.line(w.say("%s 已是最高等级", "%s is the best grade", n.Grade))
		return
	case "off_scale":
		w.line(w.say("%s 不在等级序列内", "%s is off the ladder", n.Grade))
		return
	case "no_grade":
		w.line(w.say("没有等级：先补齐数据", "There is no grade: what is missing comes first"))
		return
	}
	text := n.Grade + " → " + n.Next
	if d := n.Needs; d != nil {
		text += w.say("：得分须 %s，还差 %s", ": the score must be %s, %s away", d.Text, w.score(d.By))
	}
	w.line(text)
	for _, b := range n.Blocks {
		what := strings.TrimSpace(w.term(gradeKinds, b.Kind) + " " + b.ID)
		w.line(w.say("即使得分达到，「%s」（%s）仍使等级为 %s", "Even with that score, the %s (%s) leaves the grade at %s", what, named(b.Reason, b.Text), b.To))
	}
	for _, b := range n.Criteria {
		w.line(w.say("无论等级如何，准入标准「%s」未满足（%s）", "Whatever the grade, the criterion %s is not met (%s)",
			named(b.Title, b.ID), named(b.Reason, w.term(effects, b.Text))))
	}
	if len(n.Changes) == 0 && n.Pair == nil {
		w.line(w.say("没有找到能达到该等级的一项或两项改变", "No change of one input or of two was found that reaches it"))
	}
	g := grid{headers: []string{w.say("数据", "input"), w.say("现为", "is"), w.say("改为", "becomes"), w.say("变动", "by"), w.say("得分变化", "points"), w.say("总分", "score"), w.say("等级", "grade"), w.say("结论", "outcome"), w.say("额度", "limit")}, right: []int{1, 2, 3, 5, 8}}
	for i := range n.Changes {
		w.change(&g, &n.Changes[i])
	}
	w.table(g)
	if n.Pair != nil {
		if len(n.Changes) > 0 {
			w.line(w.say("两项合计变动更小：", "Two smaller changes together:"))
		} else {
			w.line(w.say("单独一项不够，两项合计：", "One is not enough; two together:"))
		}
		pair := grid{headers: g.headers, right: g.right}
		w.change(&pair, n.Pair)
		w.table(pair)
	}
	if len(n.Untried) > 0 {
		w.line(w.say("缺失而未试：", "Missing, and so not tried: ") + w.columnNames(n.Untried))
	}
}

func (w writer) columnNames(all []Reading) string {
	var names []string
	for _, r := range all {
		names = append(names, named(r.Title, r.Name))
	}
	return w.list(names)
}

// change adds a row for each input of the change.
func (w writer) change(g *grid, c *Change) {
	for i := range c.Inputs {
		x := &c.Inputs[i]
		by := ""
		if x.By != nil {
			if by = number(*x.By); x.By.Sign() > 0 {
				by = "+" + by
			}
		}
		was := w.value(x.Value)
		if x.Value.IsMissing() {
			was = w.say("缺失", "missing")
		}
		cells := []string{named(x.Title, x.Name), was, w.value(x.To), by}
		if i == len(c.Inputs)-1 {
			score := ""
			if c.Score != nil {
				score = w.score(*c.Score)
			}
			cells = append(cells, w.pointsChanged(c.Points), score, c.Grade, w.term(outcomes, c.Outcome), w.amount(c.Limit))
		}
		g.row(cells...)
	}
}

// pointsChanged lists the indicators whose points change: "volume 16.00 → 20.00".
func (w writer) pointsChanged(all []PointsChange) string {
	var texts []string
	for _, p := range all {
		from, to := w.say("无", "none"), w.say("无", "none")
		if p.From != nil {
			from = w.points(*p.From)
		}
		if p.To != nil {
			to = w.points(*p.To)
		}
		texts = append(texts, named(p.Title, p.ID)+" "+from+" → "+to)
	}
	return w.list(texts)
}
