package prove

import (
	"fmt"
	"strings"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/policy/internal/display"
	"github.com/tallystick-go/tallystick/scoring"
)

// Text returns the report for people, in lang "zh" or "en", a line for each thing that is known; with witnesses, the
// records behind it follow.
func (r *Report) Text(lang string, money int, witnesses bool) string {
	t := teller{Report: r, zh: lang == "zh", money: money, table: display.NewTable()}
	t.outcomes()
	t.score()
	t.grades()
	t.limit()
	t.points()
	t.complete()
	var b strings.Builder
	b.WriteString(t.heading())
	_ = t.table.Write(&b) // a Builder takes everything
	if witnesses {
		t.witnesses(&b)
	}
	return b.String()
}

// teller writes a Report.
type teller struct {
	*Report
	zh    bool
	money int // decimals
	table *display.Table
	rows  int
}

// say returns the words in the language asked for.
func (t *teller) say(zh, en string) string {
	if t.zh {
		return zh
	}
	return en
}

func (t *teller) row(zh, en, text string) {
	t.table.Row("  "+t.say(zh, en), text)
	t.rows++
}

func (t *teller) heading() string {
	zh, en := "截至 %s，试算 %s 条记录", "as of %s, %s records decided"
	if t.Complete {
		zh, en = "截至 %s，可能的 %s 条记录已全部试算", "as of %s, all %s records that there can be were decided"
	}
	end := t.say("：", ":")
	if t.rows == 0 {
		end = ""
	}
	if t.ByHand {
		end = t.say("（不含人工调整）", ", nothing given by hand") + end
	}
	return fmt.Sprintf(t.say(zh, en), t.AsOf, figure(exact.Int(int64(t.Records)), 0)) + end + "\n"
}

// outcomes says whether anybody is admitted, and whether every criterion tells customers apart.
func (t *teller) outcomes() {
	var admits *Claim
	apart := true
	for i := range t.Claims {
		switch c := &t.Claims[i]; c.About {
		case Admits:
			admits = c
		case Passes, Fails:
			apart = apart && c.Verdict == Proved
		}
	}
	switch {
	case admits == nil:
	case admits.Verdict != Proved:
		t.row("准入", "admission", t.unseen(admits.Verdict, "无人能获准入", "nobody is admitted"))
	case apart:
		t.row("准入", "admission", t.say("每项条件都有人符合，也有人不符合", "every criterion is met by some and not by others"))
	default:
		t.row("准入", "admission", t.say("有人能获准入", "some are admitted"))
	}
}

// unseen says that something does not happen, or was not seen to.
func (t *teller) unseen(v Verdict, zh, en string) string {
	if v == Refuted {
		return t.say(zh+"（已证明）", en+" (proved)")
	}
	return t.say(zh+"（未证明）", en+" (unproved)")
}

// figure returns n with so many decimals and commas between the thousands; with all its digits where places is
// scoring.Exact.
func figure(n exact.Number, places int) string {
	if places == scoring.Exact {
		return display.Thousands(n.String())
	}
	return display.Thousands(n.Fixed(places))
}

// extent says how far a number goes.
func (t *teller) extent(x *Extent) string {
	low, high := figure(x.Lowest.Reached, x.Places), figure(x.Highest.Reached, x.Places)
	switch {
	case !x.Lowest.Witness.Found() || !x.Highest.Witness.Found():
		return t.say("未见", "none was seen")
	case x.Lowest.Verdict == Proved && x.Highest.Verdict == Proved:
		return fmt.Sprintf(t.say("%s 至 %s（已证明）", "between %s and %s (proved)"), low, high)
	}
	return fmt.Sprintf(t.say("见到 %s%s至 %s%s", "from %s%s to %s%s"),
		low, t.end(&x.Lowest, x.Places, "不排除低至 %s", "down to %s is not excluded"),
		high, t.end(&x.Highest, x.Places, "不排除高至 %s", "up to %s is not excluded"))
}

// end says what is proved of an end.
func (t *teller) end(e *End, places int, zh, en string) string {
	switch {
	case e.Verdict == Proved:
		return t.say("（已证明）", " (proved)")
	case e.Bounded:
		return fmt.Sprintf(t.say("（"+zh+"）", " ("+en+")"), figure(e.Bound, places))
	}
	return t.say("（未找到界限）", " (no bound was found)")
}

func (t *teller) score() {
	if t.Score != nil {
		t.row("得分", "score", t.extent(t.Score))
	}
}

func (t *teller) grades() {
	if len(t.Grades) == 0 {
		return
	}
	names := map[Verdict][]string{}
	for i := range t.Grades {
		g := &t.Grades[i]
		names[g.Verdict] = append(names[g.Verdict], g.Name)
	}
	list := func(v Verdict) string { return strings.Join(names[v], t.say("、", " ")) }
	if len(names[Proved]) == len(t.Grades) {
		t.row("等级", "grades", list(Proved)+t.say(" 均可达到", ": all can be reached"))
		return
	}
	var parts []string
	for _, p := range []struct {
		v      Verdict
		zh, en string
	}{{Proved, "可达到：", "can be reached: "}, {Refuted, "已证明无人可得：", "proved to be out of reach: "}, {Unproved, "未见：", "not seen: "}} {
		if len(names[p.v]) > 0 {
			parts = append(parts, t.say(p.zh, p.en)+list(p.v))
		}
	}
	t.row("等级", "grades", strings.Join(parts, t.say("；", "; ")))
}

// amount says how large a limit is.
func (t *teller) amount(l *Limit) string {
	switch {
	case l.Unlimited:
		return t.say("不限额", "unlimited")
	case l.Verdict == Proved:
		return fmt.Sprintf(t.say("最高 %s（已证明）", "at most %s (proved)"), figure(l.Reached, t.money))
	}
	return fmt.Sprintf(t.say("见到 %s%s", "%s was seen%s"), figure(l.Reached, t.money),
		t.end(&l.End, t.money, "不排除高至 %s", "up to %s is not excluded"))
}

func (t *teller) limit() {
	l := t.Limit
	if l == nil {
		return
	}
	text := t.amount(l)
	for _, p := range []struct{ zh, en, what string }{
		{"等级 ", "grade ", l.Grade}, {"受限于 ", "bound by ", l.Binding}, {"由 ", "approved by ", l.Approval},
	} {
		if p.what != "" {
			text += t.say("，", ", ") + t.say(p.zh, p.en) + p.what
		}
	}
	if l.Approval != "" {
		text += t.say(" 审批", "")
	}
	t.row("额度", "limit", text)
	var parts, short []string
	for i := range t.Grades {
		if g := &t.Grades[i]; g.Limit != nil {
			parts = append(parts, g.Name+" "+t.amount(g.Limit))
			if g.Limit.Verdict == Proved {
				short = append(short, g.Name+" "+t.amountOnly(g.Limit))
			}
		}
	}
	switch all := t.say("；", "; "); {
	case len(parts) < 2:
	case len(short) == len(parts):
		t.row("各等级最高", "most by grade", strings.Join(short, all)+t.say("（均已证明）", " (all proved)"))
	default:
		t.row("各等级", "by grade", strings.Join(parts, all))
	}
}

// points says which indicators cannot earn their weight.
func (t *teller) points() {
	var parts []string
	for i := range t.Points {
		x := &t.Points[i]
		if x.Full == nil || !x.Highest.Witness.Found() || !x.Highest.Reached.Less(*x.Full) {
			continue
		}
		full := figure(*x.Full, scoring.Exact)
		if x.Highest.Verdict == Proved {
			parts = append(parts, fmt.Sprintf(t.say("%s 最高 %s（满分 %s，已证明）", "%s at most %s of %s (proved)"), x.ID, figure(x.Highest.Reached, x.Places), full))
		} else {
			parts = append(parts, fmt.Sprintf(t.say("%s 只见到 %s（满分 %s）", "%s no more than %s of %s was seen"), x.ID, figure(x.Highest.Reached, x.Places), full))
		}
	}
	if len(parts) > 0 {
		t.row("拿不满分的指标", "short of their weight", strings.Join(parts, t.say("；", "; ")))
	}
}

// complete says what holds for every customer.
func (t *teller) complete() {
	var parts []string
	for i := range t.Claims {
		c := &t.Claims[i]
		what := ""
		switch c.About {
		case Graded:
			what = t.say("每个得分都有等级", "every score has a grade")
		case Approved:
			what = t.say("每笔额度都有人审批", "every limit has its approver")
		default:
			continue
		}
		parts = append(parts, what+t.say("：", ": ")+t.verdict(c.Verdict))
	}
	if len(parts) > 0 {
		t.row("完备性", "complete", strings.Join(parts, t.say("；", "; ")))
	}
}

func (t *teller) verdict(v Verdict) string {
	switch v {
	case Proved:
		return t.say("已证明", "proved")
	case Refuted:
		return t.say("不成立", "refuted")
	}
	return t.say("未证明", "unproved")
}

// witnesses writes the records behind what is said.
func (t *teller) witnesses(b *strings.Builder) {
	list := display.NewTable()
	add := func(what string, w Witness) {
		if w.Found() {
			list.Row("  "+what, w.Given)
		}
	}
	fmt.Fprintf(b, t.say("实例，在下面这条记录上改动（测试文件中的 base 与 given）：\n  %s\n", "witnesses, as changes to this record (base and given in a test file):\n  %s\n"), t.Ordinary.Text)
	ends := func(name string, x *Extent) {
		add(name+" "+figure(x.Lowest.Reached, x.Places), x.Lowest.Witness)
		add(name+" "+figure(x.Highest.Reached, x.Places), x.Highest.Witness)
	}
	for i := range t.Points {
		ends(t.Points[i].ID, &t.Points[i])
	}
	if t.Score != nil {
		ends(t.say("得分", "score"), t.Score)
	}
	for i := range t.Grades {
		g := &t.Grades[i]
		add(t.say("等级 ", "grade ")+g.Name, g.Witness)
		if g.Limit != nil {
			add(t.say("等级 ", "grade ")+g.Name+t.say("，额度 ", ", limit ")+t.amountOnly(g.Limit), g.Limit.Witness)
		}
	}
	if l := t.Limit; l != nil && len(t.Grades) == 0 {
		add(t.say("额度 ", "limit ")+t.amountOnly(l), l.Witness)
	}
	for i := range t.Claims {
		c := &t.Claims[i]
		if what := t.about(c); what != "" {
			add(what, c.Witness)
		}
	}
	_ = list.Write(b)
}

func (t *teller) amountOnly(l *Limit) string {
	if l.Unlimited {
		return t.say("不限额", "unlimited")
	}
	return figure(l.Reached, t.money)
}

// about says what the witness of c shows.
func (t *teller) about(c *Claim) string {
	format := ""
	switch c.About {
	case Decided:
		return t.say("无法决定", "cannot be decided")
	case Graded:
		return t.say("得分没有等级", "a score without a grade")
	case Approved:
		return t.say("额度无人审批", "a limit that nobody approves")
	case NotNegative:
		return t.say("额度算得小于 0", "a limit that comes out below 0")
	case Admits:
		return t.say("准入", "admitted")
	case Limits:
		return t.say("等级变动受限", "held back by the transitions")
	case HasRow:
		format = t.say("%s 没有适用的行", "no row of %s holds")
	case Passes:
		format = t.say("符合 %s", "meets %s")
	case Fails:
		format = t.say("不符合 %s", "does not meet %s")
	case Applies:
		format = t.say("%s 生效", "%s applies")
	case Approves:
		format = t.say("由 %s 审批", "approved by %s")
	default:
		return ""
	}
	return fmt.Sprintf(format, c.ID)
}
