package paper_test

// parts are the parts of the format that are drafted. The test fails where the drafter has left one out.
var parts = []string{
	// values
	"a method as a value", "a value of the score", "functions", "lists", "any", "all", "none",
	"days_between", "months_between", "years_between", "year", "month", "day", "weekday",
	"number", "text", "record", "missing: true", "missing: false", "or missing",
	// methods
	"bands", "categories", "rules", "linear", "proportional", "inverse", "efficacy", "keep", "wall", "deduct", "whole", "below", "occurrences", "repairs", "formula",
	"best", "worst", "mean", "first", "sum", "min", "max", "count",
	// cards
	"combine ", "combine sum", "combine weighted_mean", "combine minimum", "combine product", "combine points", "combine modified", "coefficients of modifiers",
	"pdo", "beyond", "beyond without weight", "group", "heading", "weights", "adjustments", "caps",
	// grades
	"at_most", "at_least", "notches", "grade", "off_scale", "lowest is best", "gaps in the scale", "a grade that is given", "forbid", "freeze",
	// credit
	"set", "add", "multiply", "round", "unlimited", "as they are", "converted", "credit group", "request", "holds",
}

// events are what happens to customers. The test fails where one hardly ever does.
func events() []string {
	all := []string{
		"admitted", "referred", "rejected",
		"reason reject", "reason refer", "reason warn", "reason refuse", "reason hold", "reason score",
		"unique: clash", "any: clash", "a doubtful row that changes nothing",
		"weights of row 1", "weights of row 2", "weights of no row", "weights unknown",
		"graded A", "graded B", "graded C", "graded D", "graded M", "graded ", "a score without a grade",
		"grade by hand " + taken, "grade by hand " + same, "grade by hand " + expired, "grade by hand " + refused,
		"limit by hand " + taken, "limit by hand " + same, "limit by hand " + expired, "limit by hand " + refused, "limit by hand " + doubted,
		"refused: by", "refused: veto", "refused: grades", "refused: max_notches", "refused: at_most", "refused: group",
		"valid until the last day of an override",
		"bound by ", "bound by a step", "bound by group", "bound by floor", "bound by override",
		"segment for others", "segment unknown", "segment bound by ", "segment bound by a step", "segment bound by floor", "segment bound by total",
		"approved by the board", "approved by a rank", "approval by nobody", "approval unknown",
		"request allowed", "request held", "request refused", "request unknown",
	}
	for _, hit := range paperHits {
		all = append(all, hit+": missing", hit+": no row", hit+": one row")
		if hit != "first" && hit != "unique" {
			all = append(all, hit+": several rows")
		}
	}
	return all
}
