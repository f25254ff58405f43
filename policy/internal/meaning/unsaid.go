package meaning

// unsaid is what holds where the policy does not say, by struct and key. Who says it says nothing.
var unsaid = map[string]string{
	"model.Rounding.points":        "2",
	"model.Rounding.score":         "2",
	"model.Rounding.money":         "2",
	"model.Rounding.mode":          "half_up",
	"model.Input.required":         "false",
	"model.Criterion.otherwise":    "reject",
	"model.Criterion.missing":      "refer",
	"model.Value.hit":              "first",
	"scoring.Card.total":           "100",
	"scoring.Card.combine":         "sum",
	"scoring.Group.total":          "100",
	"scoring.Group.combine":        "sum",
	"scoring.Indicator.missing":    "refer",
	"scoring.Indicator.beyond":     "false",
	"scoring.Rules.collect":        "first",
	"scoring.Deduct.whole":         "false",
	"scoring.Deduct.direction":     "above",
	"scoring.Efficacy.below_poor":  "zero",
	"scoring.Modified.min":         "0.7",
	"scoring.Modified.max":         "1.3",
	"scoring.Modified.full":        "1.2",
	"scoring.PDO.each":             "false",
	"scoring.Points.initial":       "0",
	"scoring.Points.reasons":       "below",
	"scoring.Proportional.inverse": "false",
	"scoring.Wall.min_points":      "0",
	"grade.Row.off_scale":          "false",
	"grade.Rule.missing":           "refer",
	"credit.Exposure.weight":       "1",
	"credit.Request.over":          "hold",
	"credit.Request.code":          "over-limit",
	"credit.Hold.over":             "hold",
	"credit.Step.unlimited":        "false",
}

// Unsaid returns what holds where a struct of the format does not have the key; ok is false where nothing does.
func Unsaid(structure, key string) (text string, ok bool) {
	text, ok = unsaid[structure+"."+key]
	return text, ok
}
