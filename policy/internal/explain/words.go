package explain

import (
	"fmt"
	"strings"

	"github.com/tallystick-go/tallystick/internal/doc"
)

// words are our own words, in Chinese or in English.
type words struct {
	lang string // for titles and reasons of the policy; "" for the first that they have
	zh   bool
}

// say returns zh or en, filled in.
func (w words) say(zh, en string, args ...any) string {
	text := en
	if w.zh {
		text = zh
	}
	if len(args) == 0 {
		return text
	}
	return fmt.Sprintf(text, args...)
}

// own is the language of our own words.
func (w words) own() string { return w.say("zh", "en") }

// in returns t in the language asked for.
func (w words) in(t doc.Title) string { return t.In(w.lang) }

// list joins words: "a, b".
func (w words) list(all []string) string { return strings.Join(all, w.say("、", ", ")) }

// named returns title, or id where there is none.
func named(title, id string) string {
	if title != "" {
		return title
	}
	return id
}

// pair is a word in both languages.
type pair struct{ zh, en string }

// term returns the word for key, or key.
func (w words) term(m map[string]pair, key string) string {
	if t, ok := m[key]; ok {
		return w.say(t.zh, t.en)
	}
	return key
}

// terms returns the words for keys.
func (w words) terms(m map[string]pair, keys []string) []string {
	out := make([]string, len(keys))
	for i, key := range keys {
		out[i] = w.term(m, key)
	}
	return out
}

var (
	outcomes = map[string]pair{
		"admitted": {"准入", "admitted"}, "referred": {"转人工", "referred to a person"}, "rejected": {"不予准入", "rejected"},
	}
	results = map[string]pair{"pass": {"通过", "pass"}, "fail": {"不通过", "fail"}, "unknown": {"无法判断", "unknown"}}
	effects = map[string]pair{
		"reject": {"拒绝", "reject"}, "refer": {"转人工", "refer"}, "warn": {"提示", "warn"}, "pass": {"视为通过", "pass"},
		"grade": {"等级", "grade"}, "limit": {"额度", "limit"}, "refuse": {"拒绝申请", "refuse"}, "hold": {"暂缓", "hold"}, "score": {"得分", "score"},
	}
	amounts = map[string]pair{ // values keep their names
		"score": {"得分", "score"}, "limit": {"额度", "limit"}, "exposure": {"已用额度", "exposure"}, "available": {"可用额度", "available"},
	}
	verdicts = map[string]pair{
		"allowed": {"同意", "allowed"}, "held": {"暂缓", "held"}, "refused": {"拒绝", "refused"}, "unknown": {"无法判断", "unknown"},
	}
	actions = map[string]pair{
		"set": {"定为", "set"}, "add": {"加", "add"}, "multiply": {"乘以", "times"}, "at_least": {"不低于", "at least"},
		"at_most": {"不高于", "at most"}, "unlimited": {"不设上限", "unlimited"},
	}
	stepEffects = map[string]pair{
		"changed": {"", ""}, "no change": {"不变", "no change"}, "condition not met": {"条件不成立", "condition not met"},
		"unknown": {"无法判断", "unknown"}, "follows an unknown step": {"前一步无法计算", "follows an unknown step"},
	}
	gradeEffects = map[string]pair{
		"applied": {"适用", "applied"}, "no change": {"适用，等级不变", "applied, no change"}, "condition not met": {"条件不成立", "condition not met"},
		"condition unknown": {"无法判断", "cannot be told"}, "skipped: condition unknown": {"数据缺失，跳过", "skipped: data missing"},
		"no grade to change": {"没有等级可调整", "no grade to change"}, "off the ladder": {"不在等级序列内", "off the ladder"},
		"skipped: previous grade absent": {"没有上期等级，跳过", "skipped: no previous grade"}, "frozen": {"等级冻结", "frozen"},
		"held at the most steps up": {"超过上调级数上限", "held at the most steps up"}, "held at the most steps down": {"超过下调级数上限", "held at the most steps down"},
		"forbidden step": {"禁止的升降", "forbidden step"}, "ignored: expired": {"已过期，不予采用", "ignored: expired"}, "refused": {"不予采用", "refused"},
	}
	limitEffects = map[string]pair{
		"applied": {"采用", "applied"}, "no change": {"采用，额度不变", "applied, no change"}, "ignored: expired": {"已过期，不予采用", "ignored: expired"},
		"refused": {"不予采用", "refused"}, "unknown": {"无法判断", "cannot be told"},
	}
	gradeKinds = map[string]pair{
		"rule": {"规则", "rule"}, "transition": {"升降限制", "transition"}, "hold": {"规则（再次适用）", "rule, once more"}, "override": {"人工调整", "override"},
	}
	notApproving = map[string]pair{
		"grade": {"等级不符", "not this grade"}, "over": {"超出权限", "the limit is more"}, "when": {"条件不成立", "condition not met"}, "unknown": {"无法判断", "cannot be told"},
	}
	modes = map[string]pair{
		"half_up": {"四舍五入", "half up"}, "half_even": {"四舍六入五成双", "half even"}, "half_down": {"五舍六入", "half down"},
		"up": {"进位", "up"}, "down": {"舍去", "down"}, "ceiling": {"向上取整", "ceiling"}, "floor": {"向下取整", "floor"},
	}
	bindings = map[string]pair{
		"floor": {"额度不低于0", "not below 0"}, "group": {"集团额度", "limit of the group"}, "total": {"总额度", "limit as a whole"}, "override": {"人工调整", "override by hand"},
	}
	places = map[string]pair{
		"criterion": {"准入标准", "criterion"}, "value": {"计算项", "value"}, "indicator": {"指标", "indicator"}, "weights": {"条件权重", "conditional weights"},
		"adjustment": {"加减分", "adjustment"}, "cap": {"得分上限", "cap"}, "score": {"得分", "score"}, "grade": {"等级", "grade"}, "rule": {"等级规则", "grade rule"},
		"transitions": {"等级升降限制", "transitions"}, "step": {"额度步骤", "limit step"}, "exposure": {"已用额度", "exposure"}, "group": {"集团额度", "group"},
		"approval": {"审批权限", "approval"}, "segment": {"分项额度", "segment"}, "request": {"申请金额", "request"}, "hold": {"暂缓条件", "hold"},
		"limit-override": {"额度人工调整", "limit given by hand"},
	}
)
