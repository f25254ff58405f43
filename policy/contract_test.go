package policy_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy"
)

// printedPoints are the points of every indicator as they are printed.
func printedPoints(d *policy.Decision) map[string]string {
	out := map[string]string{}
	for _, x := range d.Indicators() {
		if x.Present {
			out[x.ID] = x.Points.StringFixed(2)
		}
	}
	return out
}

// The cases that are agreed on for the contract policy, to the last digit.
func TestContract(t *testing.T) {
	p := contract(t)

	t.Run("重点客户", func(t *testing.T) {
		d := decide(t, p, customer())
		assert.Equal(t, policy.Admitted, d.Outcome())
		assert.Equal(t, map[string]string{
			"volume":      "20.00",
			"growth":      "10.00",
			"fulfilment":  "25.00",
			"punctuality": "19.58", // 20 * 47/48 = 19.58333...
			"overdue":     "9.00",  // 10 - 5/10 steps * 2
			"liquidity":   "7.36",  // 8 * (0.8 + (1.8-1.5)/(2-1.5) * 0.2)
			"leverage":    "6.72",  // 7 * (0.8 + (0.50-0.42)/(0.50-0.40) * 0.2)
		}, printedPoints(d))
		assert.Equal(t, "97.66", d.ScoreText(), "the sum of the printed points")
		assert.Equal(t, "A", d.Grade())
		assert.Equal(t, "3600000.00", d.LimitText(), "12,000,000 / 12 * 3 * 1.2")
		assert.Equal(t, "客户管理委员会", d.Approval())
		assert.Equal(t, "2449999.50", d.AvailableText())
		assert.Empty(t, d.Reasons())
		assert.Empty(t, d.Missing())
	})
	t.Run("升级每期最多一级", func(t *testing.T) {
		d := decide(t, p, customer("previous_grade", "C"))
		assert.Equal(t, "97.66", d.ScoreText())
		assert.Equal(t, "A", d.GradeBefore())
		assert.Equal(t, "B", d.Grade())
		assert.Equal(t, "2400000.00", d.LimitText())
	})
	t.Run("执照过期", func(t *testing.T) {
		d := decide(t, p, customer("licence_expires", "2024-06-29"))
		assert.Equal(t, policy.Rejected, d.Outcome())
		assert.Equal(t, []string{"营业执照缺失或过期"}, texts(d.Reasons()))
		assert.Equal(t, "0.00", d.LimitText())
	})
	t.Run("缺少注册资本不会悄悄通过", func(t *testing.T) {
		d := decide(t, p, customer("registered_capital", nil))
		assert.Equal(t, policy.Referred, d.Outcome())
		assert.Equal(t, []string{"registered_capital"}, d.Missing())
	})
}

// The scale is 90, 75, 60. Of 10,000 contracts each one fulfilled is worth 0.0025 points, so that a score can be put on a
// threshold: fulfilment is worth 25, the other indicators of the good customer 72.66.
func TestGradeIsDecidedOnThePrintedScore(t *testing.T) {
	p := contract(t)
	poorer := []any{"annual_purchase", 600_000, "last_year_purchase", 500_000, "overdue_days", 50} // 72.66 - 12 - 9 = 51.66
	for _, x := range []struct {
		fulfilled int
		others    []any
		points    string
		score     string
		grade     string
	}{
		{6936, nil, "17.34", "90.00", "A"}, // 17.3400
		{6934, nil, "17.34", "90.00", "A"}, // 17.3350 is printed as 17.34, and what is printed counts
		{6933, nil, "17.33", "89.99", "B"}, // 17.3325
		{936, nil, "2.34", "75.00", "B"},
		{934, nil, "2.34", "75.00", "B"},
		{933, nil, "2.33", "74.99", "C"},
		{3336, poorer, "8.34", "60.00", "C"},
		{3334, poorer, "8.34", "60.00", "C"},
		{3333, poorer, "8.33", "59.99", "D"},
	} {
		d := decide(t, p, customer(append(x.others, "contracts_total", 10_000, "contracts_fulfilled", x.fulfilled)...))
		assert.Equal(t, x.points, printedPoints(d)["fulfilment"], x.fulfilled)
		assert.Equal(t, x.score, d.ScoreText(), x.fulfilled)
		assert.Equal(t, x.grade, d.Grade(), x.fulfilled)
		assert.Equal(t, x.grade, d.GradeBefore(), x.fulfilled)
	}
}

func TestQuotientsThatDoNotEnd(t *testing.T) {
	p := contract(t)
	for _, x := range []struct {
		changes           []any
		indicator, points string
	}{
		{[]any{"payments_on_time", 1, "payments_total", 3}, "punctuality", "6.67"},        // 6.666...
		{[]any{"payments_on_time", 5, "payments_total", 7}, "punctuality", "14.29"},       // 14.285714...
		{[]any{"contracts_fulfilled", 29, "contracts_total", 30}, "fulfilment", "24.17"},  // 24.1666...
		{[]any{"contracts_fulfilled", 33, "contracts_total", 30}, "fulfilment", "25.00"},  // 27.5 is held at the weight
		{[]any{"last_year_purchase", 11_000_000}, "growth", "4.55"},                       // 12/11 - 1 = 1/11, of 0.2: 4.5454...
		{[]any{"current_ratio", "1.3"}, "liquidity", "5.33"},                              // 4.8 + 0.1/0.3 * 1.6
		{[]any{"current_ratio", "0.8"}, "liquidity", "1.60"},                              // just poor: 0.2 * 8
		{[]any{"current_ratio", "0.79"}, "liquidity", "0.00"},                             // worse than poor
		{[]any{"debt_ratio", "0.40"}, "leverage", "7.00"},                                 // excellent
		{[]any{"debt_ratio", "0.8000001"}, "leverage", "0.00"},                            // worse than poor
		{[]any{"overdue_days", 0}, "overdue", "10.00"},                                    //
		{[]any{"overdue_days", 49}, "overdue", "0.20"},                                    // 10 - 4.9 * 2
		{[]any{"overdue_days", 500}, "overdue", "0.00"},                                   // never below 0
		{[]any{"annual_purchase", "9999999.99"}, "volume", "16.00"},                       // a fen below the band
		{[]any{"annual_purchase", 5_000_000}, "volume", "16.00"},                          // a bound belongs to its band
		{[]any{"annual_purchase", 0, "last_year_purchase", 10_000_000}, "volume", "4.00"}, // the last band takes all the rest
	} {
		assert.Equal(t, x.points, printedPoints(decide(t, p, customer(x.changes...)))[x.indicator], x.changes)
	}
}

func TestAdmission(t *testing.T) {
	p := contract(t)
	for name, x := range map[string]struct {
		changes []any
		outcome policy.Outcome
		reasons []string
	}{
		"the licence is good on its last day":     {[]any{"licence_expires", "2024-06-30"}, policy.Admitted, nil},
		"no licence counts as an expired one":     {[]any{"licence_expires", nil}, policy.Rejected, []string{"营业执照缺失或过期"}},
		"blacklisted":                             {[]any{"blacklisted", true}, policy.Rejected, []string{"列入失信名单"}},
		"capital of just 500,000":                 {[]any{"registered_capital", 500_000}, policy.Admitted, nil},
		"too little capital is for people":        {[]any{"registered_capital", "499999.99"}, policy.Referred, []string{"注册资本不足50万元"}},
		"three incidents":                         {[]any{"safety_incidents", 3}, policy.Rejected, []string{"安全环保保障能力不足", "发生安全环保事故"}},
		"rejected beats referred, and both speak": {[]any{"registered_capital", 1, "blacklisted", true}, policy.Rejected, []string{"列入失信名单", "注册资本不足50万元"}},
		"what is unknown is not what is found":    {[]any{"blacklisted", nil}, policy.Referred, []string{"无法判断：列入失信名单"}},
	} {
		t.Run(name, func(t *testing.T) {
			d := decide(t, p, customer(x.changes...))
			assert.Equal(t, x.outcome, d.Outcome())
			assert.Equal(t, x.reasons, texts(d.Reasons()))
		})
	}
	d := decide(t, p, customer("blacklisted", true, "registered_capital", nil))
	assert.Equal(t, []policy.Criterion{
		{ID: "licence", Result: policy.Pass},
		{ID: "blacklist", Result: policy.Fail},
		{ID: "capital", Result: policy.Unknown},
		{ID: "safety", Result: policy.Pass},
	}, d.Criteria(), "none hides another")
}

func TestGradeRulesAndTransitions(t *testing.T) {
	p := contract(t)
	for name, x := range map[string]struct {
		changes       []any
		before, after string
		reasons       []string
	}{
		"90 days overdue are not long":         {[]any{"overdue_days", 90}, "B", "B", nil}, // 97.66 - 9
		"long overdue caps at C":               {[]any{"overdue_days", 91}, "B", "C", []string{"逾期超过90天"}},
		"a cap lifts nobody":                   {[]any{"overdue_days", 91, "contracts_fulfilled", 0, "payments_on_time", 0}, "D", "D", nil}, // 20 + 10 + 7.36 + 6.72
		"an incident costs one grade":          {[]any{"safety_incidents", 1}, "A", "B", []string{"发生安全环保事故"}},
		"two incidents cost one grade as well": {[]any{"safety_incidents", 2}, "A", "B", []string{"发生安全环保事故"}},
		"long overdue and an incident":         {[]any{"overdue_days", 91, "safety_incidents", 1}, "B", "D", []string{"逾期超过90天", "发生安全环保事故"}},
		"one grade up is allowed":              {[]any{"previous_grade", "B"}, "A", "A", nil},
		"two grades up are not":                {[]any{"previous_grade", "C"}, "A", "B", []string{"受上期等级限制，由A调整为B"}},
		"nor are three":                        {[]any{"previous_grade", "D"}, "A", "C", []string{"受上期等级限制，由A调整为C"}},
		"down it goes at once":                 {[]any{"previous_grade", "A", "contracts_fulfilled", 0, "payments_on_time", 0, "overdue_days", 60}, "D", "D", nil},
		"a new customer has no previous grade": {[]any{"previous_grade", nil}, "A", "A", nil},
		"rules first, then transitions":        {[]any{"previous_grade", "D", "safety_incidents", 1}, "A", "C", []string{"发生安全环保事故", "受上期等级限制，由B调整为C"}},
	} {
		t.Run(name, func(t *testing.T) {
			d := decide(t, p, customer(x.changes...))
			assert.Equal(t, x.before, d.GradeBefore())
			assert.Equal(t, x.after, d.Grade())
			assert.Equal(t, x.reasons, texts(d.Reasons()))
			assert.Equal(t, policy.Admitted, d.Outcome())
		})
	}
	d := decide(t, p, customer("previous_grade", "C"))
	for name, want := range map[string]string{"factor": "0.8", "term_days": "30", "service": "销售团队", "review": "每半年"} {
		got, ok := d.Attribute(name)
		assert.True(t, ok)
		assert.Equal(t, want, got, "what the grade that counts brings")
	}
	_, ok := d.Attribute("colour")
	assert.False(t, ok)
}

func TestCreditLimit(t *testing.T) {
	p := contract(t)
	for name, x := range map[string]struct {
		changes        []any
		limit, binding string
	}{
		"nothing binds": {nil, "3600000.00", ""},
		// A: 0.3 of the annual purchase.
		"just over the ceiling":               {[]any{"annual_purchase", "16666666.67"}, "5000000.00", "ceiling"},
		"just below the ceiling, rounded":     {[]any{"annual_purchase", "16666666.66"}, "4999000.00", ""},
		"on a step of 1,000":                  {[]any{"annual_purchase", 13_000_000}, "3900000.00", ""},
		"a fraction over a step":              {[]any{"annual_purchase", "16663333.34"}, "4999000.00", ""}, // 4,999,000.002
		"a fraction below a step":             {[]any{"annual_purchase", "16663333.33"}, "4998000.00", ""}, // 4,998,999.999
		"just at the ceiling nothing binds":   {[]any{"annual_purchase", 25_000_000, "previous_grade", "C"}, "5000000.00", ""},
		"a fen more and the ceiling binds":    {[]any{"annual_purchase", "25000000.01", "previous_grade", "C", "net_assets", 26_000_000}, "5000000.00", "ceiling"},
		"a fifth of the net assets":           {[]any{"net_assets", 10_000_000}, "2000000.00", "capital"},
		"the bound is rounded down as well":   {[]any{"net_assets", "10004999.99"}, "2000000.00", "capital"}, // 2,000,999.998
		"both bind: the last one is named":    {[]any{"annual_purchase", 90_000_000, "net_assets", 26_000_000}, "5000000.00", "ceiling"},
		"net assets of just the limit":        {[]any{"net_assets", 18_000_000}, "3600000.00", ""},
		"no net assets, no limit":             {[]any{"net_assets", 0}, "0.00", "capital"},
		"debts beyond assets: never negative": {[]any{"net_assets", -5_000_000}, "0.00", "floor"},
		"less than a step":                    {[]any{"net_assets", 4_999}, "0.00", "capital"}, // 999.80
		"D gets nothing":                      {[]any{"contracts_fulfilled", 0, "payments_on_time", 0}, "0.00", ""},
	} {
		t.Run(name, func(t *testing.T) {
			d := decide(t, p, customer(x.changes...))
			assert.Equal(t, x.limit, d.LimitText())
			assert.Equal(t, x.binding, d.Binding())
			assert.Equal(t, policy.Admitted, d.Outcome())
			limit, ok := d.Limit()
			assert.True(t, ok)
			assert.Equal(t, x.limit, limit.StringFixed(2))
		})
	}
}

// Limits are steps of 1,000; a fifth of the net assets makes any of them.
func TestWhoMayApprove(t *testing.T) {
	p := contract(t)
	for _, x := range []struct {
		netAssets    any
		limit, whose string
	}{
		{0, "0.00", "销售部门"},
		{1_000_000, "200000.00", "销售部门"},
		{"1004999.99", "200000.00", "销售部门"}, // 200,999.998 is compared as it is granted
		{1_005_000, "201000.00", "客户管理办公室"},
		{5_000_000, "1000000.00", "客户管理办公室"},
		{5_005_000, "1001000.00", "客户管理委员会"},
		{30_000_000, "3600000.00", "客户管理委员会"},
	} {
		d := decide(t, p, customer("net_assets", x.netAssets))
		assert.Equal(t, x.limit, d.LimitText())
		assert.Equal(t, x.whose, d.Approval(), x.limit)
	}
}

func TestWhatIsUsedComesOffTheLimit(t *testing.T) {
	p := contract(t)
	for _, x := range []struct {
		receivables         any
		exposure, available string
	}{
		{0, "350000.50", "3249999.50"},
		{"3249999.50", "3600000.00", "0.00"},
		{"3249999.51", "3600000.01", "-0.01"},
		{4_000_000, "4350000.50", "-750000.50"},
	} {
		d := decide(t, p, customer("receivables", x.receivables))
		exposure, ok := d.Exposure()
		assert.True(t, ok)
		assert.Equal(t, x.exposure, exposure.StringFixed(2))
		assert.Equal(t, x.available, d.AvailableText())
		available, ok := d.Available()
		assert.True(t, ok)
		assert.Equal(t, x.available, available.StringFixed(2))
	}
}

func TestALimitIsGoodForTwelveMonths(t *testing.T) {
	p := contract(t)
	for given, until := range map[string]string{
		"2024-06-30": "2025-06-30",
		"2024-02-29": "2025-02-28", // held at the month's end
		"2024-12-31": "2025-12-31",
	} {
		day, err := policy.ParseDate(given)
		require.NoError(t, err)
		d, err := p.Decide(customer(), policy.AsOf(day))
		require.NoError(t, err)
		got, ok := d.ValidUntil()
		assert.True(t, ok)
		assert.Equal(t, until, got.String(), "the last day")
		got, ok = d.NextReview()
		assert.True(t, ok)
		assert.Equal(t, until, got.String())
	}
}

func TestARejectedCustomerIsScoredForInformation(t *testing.T) {
	d := decide(t, contract(t), customer("blacklisted", true))
	assert.Equal(t, "97.66", d.ScoreText())
	assert.Equal(t, "A", d.Grade())
	assert.Equal(t, "0.00", d.LimitText())
	assert.Empty(t, d.Approval())
	assert.Empty(t, d.Binding())
	_, ok := d.ProposedLimit()
	assert.False(t, ok)
	assert.Equal(t, "-1150000.50", d.AvailableText(), "what is used is still used")
	_, ok = d.ValidUntil()
	assert.False(t, ok, "there is no limit that could be good for some time")

	j := fields(t, d)
	assert.Equal(t, "0.00", j["limit"])
	for _, key := range []string{"steps", "approval", "proposed_limit", "binding", "valid_until"} {
		assert.NotContains(t, j, key)
	}
}

func TestAReferredCustomerHasAProposal(t *testing.T) {
	d := decide(t, contract(t), customer("registered_capital", 499_999, "net_assets", 10_000_000))
	assert.Equal(t, policy.Referred, d.Outcome())
	assert.Equal(t, "0.00", d.LimitText())
	proposed, ok := d.ProposedLimit()
	assert.True(t, ok)
	assert.Equal(t, "2000000.00", proposed.StringFixed(2))
	assert.Equal(t, "capital", d.Binding())
	assert.Equal(t, "客户管理委员会", d.Approval())
	assert.Equal(t, []string{"capital", "capital"}, codes(d.Reasons()), "the criterion and the step")

	j := fields(t, d)
	assert.Equal(t, "0.00", j["limit"])
	assert.Equal(t, "2000000.00", j["proposed_limit"])
	assert.Equal(t, "客户管理委员会", j["approval"])
	assert.Equal(t, "2025-06-30", j["valid_until"])
	assert.Len(t, j["steps"], 5)
}

// Weights of what is missing are shared out within the rest: points * 100 / (100 - weight missing), exact until they are
// rounded once.
func TestMissingRatiosAreReweighted(t *testing.T) {
	p := contract(t)

	// Without liquidity, 92 of 100 are there.
	d := decide(t, p, customer("current_ratio", nil))
	assert.Equal(t, map[string]string{
		"volume":      "21.74", // 20 / 0.92 = 21.7391...
		"growth":      "10.87", // 10 / 0.92 = 10.8695...
		"fulfilment":  "27.17", // 25 / 0.92 = 27.1739...
		"punctuality": "21.29", // 20 * 47/48 / 0.92 = 21.2862...; from the rounded 19.58 it would be 21.28
		"overdue":     "9.78",  // 9 / 0.92 = 9.7826...
		"leverage":    "7.30",  // 6.72 / 0.92 = 7.3043...
	}, printedPoints(d))
	assert.Equal(t, "98.15", d.ScoreText())
	assert.Equal(t, policy.Admitted, d.Outcome())
	assert.Equal(t, []string{"current_ratio"}, d.Missing(), "it was dealt with, and is told all the same")

	// Without both, 85 of 100.
	d = decide(t, p, without(customer(), "current_ratio", "debt_ratio"))
	assert.Equal(t, map[string]string{
		"volume":      "23.53", // 20 / 0.85 = 23.5294...
		"growth":      "11.76", // 10 / 0.85 = 11.7647...
		"fulfilment":  "29.41", // 25 / 0.85 = 29.4117...
		"punctuality": "23.04", // 19.58333... / 0.85 = 23.0392...
		"overdue":     "10.59", // 9 / 0.85 = 10.5882...
	}, printedPoints(d))
	assert.Equal(t, "98.33", d.ScoreText())
	assert.Equal(t, []string{"current_ratio", "debt_ratio"}, d.Missing())

	// A new customer: 5 points for growth count as present, and are scaled like the rest.
	d = decide(t, p, customer("last_year_purchase", nil, "debt_ratio", nil))
	assert.Equal(t, "5.38", printedPoints(d)["growth"], "5 / 0.93 = 5.3763...")
	for _, x := range d.Indicators() {
		switch x.ID {
		case "growth":
			assert.Equal(t, "substituted", x.Effect)
		case "leverage":
			assert.Equal(t, "reweighted", x.Effect)
			assert.False(t, x.Present)
		default:
			assert.Equal(t, "ok", x.Effect)
		}
	}
	_, ok := d.Points("leverage")
	assert.False(t, ok)
}

func TestANumberThatStandsInForWhatIsMissing(t *testing.T) {
	p := contract(t)
	d := decide(t, p, customer("last_year_purchase", nil))
	assert.Equal(t, "5.00", printedPoints(d)["growth"])
	assert.Equal(t, "92.66", d.ScoreText())
	assert.Equal(t, policy.Admitted, d.Outcome())
	assert.Equal(t, []string{"last_year_purchase"}, d.Missing())
	assert.Empty(t, d.Undefined())

	// Nothing bought last year is no missing datum but a division by zero.
	d = decide(t, p, customer("last_year_purchase", 0))
	assert.Equal(t, "92.66", d.ScoreText())
	assert.Empty(t, d.Missing())
	assert.Equal(t, []string{"annual_purchase / last_year_purchase"}, d.Undefined())
}

func TestWhatIsMissingRefers(t *testing.T) {
	p := contract(t)
	for name, x := range map[string]struct {
		record  policy.Record
		missing []string
		grade   string
		codes   []string
	}{
		"an indicator":   {customer("contracts_total", nil), []string{"contracts_total"}, "", []string{"fulfilment"}},
		"two of them":    {without(customer(), "contracts_total", "payments_total"), []string{"contracts_total", "payments_total"}, "", []string{"fulfilment", "punctuality"}},
		"a grade rule":   {customer("overdue_days", nil), []string{"overdue_days"}, "", []string{"overdue", "long-overdue"}},
		"a bound":        {customer("net_assets", nil), []string{"net_assets"}, "A", []string{"limit"}},
		"an exposure":    {customer("receivables", nil), []string{"receivables"}, "A", []string{"exposure"}},
		"both exposures": {without(customer(), "receivables", "open_orders"), []string{"receivables", "open_orders"}, "A", []string{"exposure"}},
	} {
		t.Run(name, func(t *testing.T) {
			d := decide(t, p, x.record)
			assert.Equal(t, policy.Referred, d.Outcome())
			assert.Equal(t, x.missing, d.Missing())
			assert.Equal(t, x.grade, d.Grade())
			assert.Equal(t, x.codes, codes(d.Reasons()))
			assert.Equal(t, "0.00", d.LimitText())
			for _, r := range d.Reasons() {
				assert.NotEmpty(t, r.Missing, r.Code)
				assert.Equal(t, policy.Refers, r.Effect)
			}
		})
	}

	d := decide(t, p, customer("contracts_total", nil))
	_, ok := d.Score()
	assert.False(t, ok, "no indicator may be left out, so there is no score")
	assert.Empty(t, d.ScoreText())
	_, ok = d.ProposedLimit()
	assert.False(t, ok, "and without a grade no limit")
	assert.NotContains(t, fields(t, d), "score")
	assert.NotContains(t, fields(t, d), "grade")

	d = decide(t, p, customer("receivables", nil))
	proposed, ok := d.ProposedLimit()
	assert.True(t, ok, "the limit does not depend on what is used")
	assert.Equal(t, "3600000.00", proposed.StringFixed(2))
	_, ok = d.Available()
	assert.False(t, ok)
}

func TestMissingPreviousGradeSkipsTheTransition(t *testing.T) {
	d := decide(t, contract(t), without(customer(), "previous_grade"))
	assert.Equal(t, "A", d.Grade())
	assert.Equal(t, policy.Admitted, d.Outcome())
	assert.Equal(t, []string{"previous_grade"}, d.Missing(), "and says so")
	assert.Contains(t, fields(t, d)["grade_steps"], map[string]any{
		"kind": "transition", "effect": "skipped: previous grade absent", "from": "A", "to": "A",
	})
}

const missingPolicy = `
policy: missing
version: "1"
inputs: {a: {type: bool}, b: {type: bool}, c: {type: bool}, n: {type: number}, m: {type: number}, x: {type: bool}, y: {type: bool}, z: {type: bool}}
admission:
  - {id: strict, require: a, missing: reject, reason: no proof of a}
  - {id: unsaid, require: b, reason: not b}
  - {id: easy,   require: c, missing: pass}
  - {id: told,   require: c or b, otherwise: warn, missing: pass}
scoring:
  indicators:
    - {id: first,  weight: 60, formula: n, missing: reject}
    - {id: second, weight: 40, formula: m, missing: 10}
grade:
  scale: [{grade: A, min: 80}, {grade: B, min: 50}, {grade: C, min: 0}]
  rules:
    - {id: apply, when: x, at_most: B, missing: apply, reason: x}
    - {id: skip,  when: y, at_most: C, missing: skip,  reason: y}
    - {id: ask,   when: z, at_most: C, reason: z}
`

func TestMissingMeansWhatThePolicySays(t *testing.T) {
	p := load(t, missingPolicy)
	whole := policy.Record{"a": true, "b": true, "c": true, "n": 60, "m": 40, "x": false, "y": false, "z": false}
	for name, x := range map[string]struct {
		absent  string
		outcome policy.Outcome
		score   string
		grade   string
		texts   []string
	}{
		"nothing":                       {"", policy.Admitted, "100.00", "A", nil},
		"a criterion that rejects":      {"a", policy.Rejected, "100.00", "A", []string{"no proof of a"}},
		"a criterion that says nothing": {"b", policy.Referred, "100.00", "A", []string{"it cannot be told: not b"}},
		"a criterion that passes":       {"c", policy.Admitted, "100.00", "A", nil},
		"an indicator that rejects":     {"n", policy.Rejected, "", "", []string{"the indicator first cannot be scored"}},
		"an indicator with a number":    {"m", policy.Admitted, "70.00", "B", nil},
		"a rule that applies":           {"x", policy.Admitted, "100.00", "B", []string{"x"}},
		"a rule that is skipped":        {"y", policy.Admitted, "100.00", "A", nil},
		"a rule that says nothing":      {"z", policy.Referred, "100.00", "A", []string{"it cannot be told: z"}},
	} {
		t.Run(name, func(t *testing.T) {
			d := decide(t, p, without(whole, x.absent))
			assert.Equal(t, x.outcome, d.Outcome())
			assert.Equal(t, x.score, d.ScoreText())
			assert.Equal(t, x.grade, d.Grade())
			assert.Equal(t, x.texts, texts(d.Reasons()))
			if x.absent != "" {
				assert.Equal(t, []string{x.absent}, d.Missing(), "it mattered, whatever came of it")
			}
		})
	}
	d := decide(t, p, policy.Record{"a": false, "b": true, "n": 60, "m": 40, "x": false, "y": false, "z": false})
	assert.Equal(t, policy.Rejected, d.Outcome())
	assert.Equal(t, []string{"c"}, d.Missing(), "c or b is true all the same, but the criterion easy asked for c")
}

func TestInForceFromTheFirstOfJanuary(t *testing.T) {
	p := contract(t)
	_, err := p.Decide(customer(), policy.AsOf(policy.NewDate(2024, time.January, 1)))
	require.NoError(t, err)
	_, err = p.Decide(customer(), policy.AsOf(policy.NewDate(2023, time.December, 31)))
	require.EqualError(t, err, "policy customer-management 2024.1 is not in force on 2023-12-31: it is from 2024-01-01 until further notice")
}
