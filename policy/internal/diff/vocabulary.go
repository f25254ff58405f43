package diff

import "strings"

// words are the same in English and in Chinese.
type words struct{ en, zh string }

func (w words) in(lang string) string {
	if lang == "zh" {
		return w.zh
	}
	return w.en
}

// sectionWords are the names of the sections.
var sectionWords = map[string]words{
	"policy":    {"policy", "政策"},
	"inputs":    {"inputs", "数据项"},
	"values":    {"values", "计算项"},
	"functions": {"functions", "函数"},
	"admission": {"admission", "准入"},
	"scoring":   {"scoring", "评分"},
	"grade":     {"grade", "等级"},
	"credit":    {"credit", "信用额度"},
}

// things are what has a name, by its struct or by the section or key that it stands under.
var things = map[string]words{
	"model.Input":        {"input", "数据项"},
	"model.Value":        {"value", "计算项"},
	"functions":          {"function", "函数"},
	"model.Criterion":    {"criterion", "准入条件"},
	"scoring.Indicator":  {"indicator", "指标"},
	"scoring.Group":      {"group", "指标组"},
	"scoring.Adjustment": {"adjustment", "加减分"},
	"scoring.Cap":        {"cap", "分数上限"},
	"grade.Row":          {"grade", "等级"},
	"grade.Rule":         {"rule", "等级规则"},
	"credit.Step":        {"step", "额度步骤"},
	"credit.Approver":    {"approval by", "审批人"},
	"credit.Exposure":    {"exposure", "已用额度"},
	"credit.Hold":        {"hold", "暂缓条件"},
	"credit.Segment":     {"segment", "分项额度"},
	"weights":            {"weights", "条件权重"},
	"forbid":             {"forbidden move", "禁止的升降"},
	"repairs":            {"repair", "修复"},
	"ranges":             {"range", "区间"},
}

// labels are what keys mean, where the key itself will not do; a struct before the key makes it more exact.
var labels = map[string]words{
	"policy":                {"identifier", "标识"},
	"version":               {"version", "版本"},
	"title":                 {"title", "名称"},
	"issuer":                {"issuer", "发布机构"},
	"number":                {"document number", "文号"},
	"published":             {"published", "发布日期"},
	"effective":             {"in force", "施行"},
	"currency":              {"currency", "币种"},
	"rounding":              {"rounding", "取整"},
	"model.Rounding.money":  {"places of money", "金额小数位"},
	"model.Rounding.points": {"places of points", "得分小数位"},
	"model.Rounding.score":  {"places of the score", "总分小数位"},
	"mode":                  {"mode", "取整方式"},
	"customer":              {"customers are named by", "客户名称取自"},

	"type":             {"type", "类型"},
	"from":             {"from", "来源字段"},
	"required":         {"required", "必填"},
	"unit":             {"unit", "单位"},
	"decimals":         {"decimal places", "小数位"},
	"ranges":           {"ranges", "区间"},
	"one_of":           {"one of", "可选值"},
	"model.Span.from":  {"from", "自"},
	"model.Span.until": {"until the day before", "止于（不含）"},
	"model.Input.of":   {"made of", "组成"},
	"model.Input.min":  {"at least", "≥"},
	"model.Input.max":  {"at most", "≤"},

	"expr":                  {"is", "算式"},
	"rows":                  {"rows", "行"},
	"hit":                   {"rows that count", "命中方式"},
	"order":                 {"order of results", "结果次序"},
	"otherwise":             {"otherwise", "否则"},
	"missing":               {"where missing", "缺失时"},
	"model.Value.otherwise": {"otherwise", "其余"},
	"model.Row.is":          {"gives", "得出"},
	"model.Row.of":          {"gives", "得出"},

	"id":                        {"id", "标识"},
	"require":                   {"requires", "要求"},
	"reason":                    {"reason", "理由"},
	"code":                      {"code of the reason", "理由代码"},
	"model.Criterion.otherwise": {"where not met", "不符合时"},

	"total":               {"total of the weights", "权重合计"},
	"combine":             {"combined by", "合成方式"},
	"weights":             {"weights", "条件权重"},
	"modifiers":           {"modifiers", "修正指标"},
	"groups":              {"groups", "指标组"},
	"indicators":          {"indicators", "指标"},
	"adjustments":         {"adjustments", "加减分"},
	"adjustments_cap":     {"adjustments together", "加减分合计"},
	"least":               {"at least", "最低"},
	"most":                {"at most", "最高"},
	"caps":                {"caps", "分数上限"},
	"scoring.Card.min":    {"lowest score", "最低分"},
	"scoring.Card.max":    {"highest score", "最高分"},
	"scoring.Group.min":   {"lowest score", "最低分"},
	"scoring.Group.max":   {"highest score", "最高分"},
	"pdo":                 {"points to double the odds", "评分刻度"},
	"weight":              {"weight", "权重"},
	"of":                  {"looks at", "取值"},
	"group":               {"heading", "归类"},
	"beyond":              {"may go beyond the weight", "可超出权重"},
	"monotone":            {"points must be", "得分走向"},
	"baseline":            {"baseline", "基准分"},
	"when":                {"when", "条件"},
	"add":                 {"adds", "加"},
	"scoring.Cap.at_most": {"score at most", "总分最高"},
	"collect":             {"rows that count", "命中方式"},

	"min":                       {"from", "≥"},
	"above":                     {"above", ">"},
	"max":                       {"to", "≤"},
	"below":                     {"below", "<"},
	"points":                    {"earns", "得分"},
	"share":                     {"share of the weight", "权重占比"},
	"full":                      {"full weight at", "满分值"},
	"inverse":                   {"less is better", "越小越好"},
	"excellent":                 {"excellent", "优秀值"},
	"good":                      {"good", "良好值"},
	"average":                   {"average", "平均值"},
	"low":                       {"low", "较低值"},
	"poor":                      {"poor", "较差值"},
	"below_poor":                {"worse than poor", "低于较差值"},
	"standard":                  {"standard", "标准比率"},
	"standard_points":           {"standard points", "标准评分值"},
	"max_points":                {"most points", "最高评分"},
	"min_points":                {"least points", "最低评分"},
	"scoring.Knot.at":           {"at", "取值"},
	"scoring.Wall.max":          {"highest", "最高比率"},
	"scoring.Deduct.from":       {"nothing deducted up to", "起扣点"},
	"scoring.Deduct.step":       {"each step of", "每档"},
	"scoring.Deduct.points":     {"costs", "扣分"},
	"whole":                     {"complete steps only", "仅计整档"},
	"direction":                 {"counts what is", "方向"},
	"count":                     {"count", "次数"},
	"scoring.Occurrence.points": {"costs each", "每次扣分"},
	"scoring.Occurrence.most":   {"costs at most", "最多扣分"},
	"scoring.Repair.points":     {"gives back each", "每次恢复"},
	"repairs":                   {"repairs", "修复"},
	"base":                      {"begins with", "起始分"},
	"initial":                   {"begins with", "初始分"},
	"reasons":                   {"reasons for points", "理由取自"},
	"bands":                     {"bands", "分档"},
	"categories":                {"categories", "分类"},
	"rules":                     {"rules", "规则"},
	"linear":                    {"linear", "线性插值"},
	"proportional":              {"proportional", "按比例"},
	"efficacy":                  {"efficacy", "功效系数法"},
	"wall":                      {"Wall's method", "沃尔评分法"},
	"deduct":                    {"deduction", "扣分法"},
	"occurrences":               {"occurrences", "按次扣分"},
	"formula":                   {"formula", "公式"},
	"best":                      {"best of", "孰高"},
	"worst":                     {"worst of", "孰低"},
	"mean":                      {"mean of", "平均"},

	"scale":                  {"scale", "等级划分"},
	"gaps":                   {"gaps", "空档"},
	"transitions":            {"moves from the previous grade", "升降限制"},
	"override":               {"override by hand", "人工调整"},
	"max_notches":            {"steps at most", "最多级数"},
	"valid":                  {"valid", "有效期"},
	"outcome":                {"customers with this grade", "该等级客户"},
	"off_scale":              {"off the ladder", "不参与排序"},
	"at_most":                {"at most", "不高于"},
	"at_least":               {"at least", "不低于"},
	"notches":                {"notches", "升降级数"},
	"grade":                  {"grade", "等级"},
	"max_up":                 {"steps up at most", "最多上升"},
	"max_down":               {"steps down at most", "最多下降"},
	"forbid":                 {"forbidden moves", "禁止的升降"},
	"freeze":                 {"frozen when", "冻结条件"},
	"grade.Transitions.from": {"previous grade", "上期等级"},
	"grade.Move.from":        {"from", "由"},
	"grade.Move.to":          {"to", "到"},

	"limit":                {"limit", "额度步骤"},
	"set":                  {"is", "取"},
	"multiply":             {"times", "乘以"},
	"round":                {"rounded", "取整"},
	"unlimited":            {"unlimited", "不限额"},
	"credit.Step.at_most":  {"at most", "最高"},
	"credit.Step.at_least": {"at least", "最低"},
	"credit.Rounding.to":   {"to multiples of", "到"},
	"exposure":             {"exposure", "已用额度"},
	"request":              {"request", "申请"},
	"amount":               {"amount", "金额"},
	"over":                 {"where it is too much", "超出时"},
	"holds":                {"holds", "暂缓条件"},
	"unless":               {"unless", "除非"},
	"approval":             {"approval", "审批权限"},
	"by":                   {"by", "审批人"},
	"up_to":                {"up to", "不超过"},
	"grades":               {"grades", "适用等级"},
	"segments":             {"segments", "分项额度"},
	"credit.Terms.group":   {"group of companies", "集团额度"},
	"credit.Exposure.of":   {},
	"credit.Group.limit":   {"limit", "额度"},
}

// plainMethods need not be named: their rows tell.
var plainMethods = map[string]bool{"bands": true, "categories": true, "rules": true, "linear": true, "formula": true}

// bounds are the keys of a cell.
var bounds = map[string]words{
	"min": {"≥", "≥"}, "above": {">", ">"}, "max": {"≤", "≤"}, "below": {"<", "<"},
	"at_least": {"at least", "不低于"}, "at_most": {"at most", "不高于"}, "not": {"not", "非"},
}

// choices are words of the format.
var choices = map[string]words{
	"reject": {"reject", "拒绝"}, "refer": {"refer", "转人工"}, "warn": {"warn", "提示"}, "pass": {"pass", "通过"},
	"reweight": {"reweight", "剔除后按比例折算"}, "apply": {"apply", "适用"}, "skip": {"skip", "不适用"},
	"hold": {"hold", "暂缓"}, "refuse": {"refuse", "拒绝"}, "true": {"true", "是"}, "false": {"false", "否"},
	"half_up": {"half_up", "四舍五入"}, "half_even": {"half_even", "四舍六入五成双"}, "half_down": {"half_down", "五舍六入"},
	"up": {"up", "远零进位"}, "down": {"down", "截尾"}, "ceiling": {"ceiling", "向上取整"}, "floor": {"floor", "向下取整"},
}

// periods are the words of a period in Chinese.
var periods = strings.NewReplacer(" months", "个月", " month", "个月", " days", "天", " day", "天", " and ", "零")
