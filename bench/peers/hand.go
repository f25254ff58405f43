package main

import (
	"encoding/json"
	"math"
	"math/bits"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

// record is a customer for programs by hand, on numbers of type T.
type record[T any] struct {
	capital, purchase, lastPurchase, onTime, payments, overdueDays, overdueAmount, fulfilled, contracts T
	currentRatio, debtRatio, years, sales                                                               T
	incidents                                                                                           int
	licensed, blacklisted                                                                               bool
}

// recordOf reads c with number.
func recordOf[T any](c customer, number func(string) T) record[T] {
	n := func(key string) T { return number(string(c[key].(json.Number))) }
	incidents, _ := strconv.Atoi(string(c["safety_incidents"].(json.Number)))
	return record[T]{
		n("registered_capital"), n("annual_purchase"), n("last_year_purchase"), n("on_time_payments"), n("total_payments"), n("overdue_days"),
		n("overdue_amount"), n("contracts_fulfilled"), n("contracts_total"), n("current_ratio"), n("debt_ratio"), n("years_cooperation"),
		n("monthly_avg_sales"), incidents, c["has_license"].(bool), c["blacklisted"].(bool),
	}
}

func recordsOf[T any](all []customer, number func(string) T) []record[T] {
	out := make([]record[T], len(all))
	for i, c := range all {
		out[i] = recordOf(c, number)
	}
	return out
}

// handFloat is the policy written in Go on float64: as fast as it gets, and wrong at thresholds.
func handFloat(all []customer) (engine, error) {
	records := recordsOf(all, func(s string) float64 { f, _ := strconv.ParseFloat(s, 64); return f })
	var admitted bool
	var grade string
	var limit float64
	hold := func(x, most float64) float64 {
		switch {
		case x < 0:
			return 0
		case x > most:
			return most
		}
		return x
	}
	return engine{"Go by hand, float64", func(i int) error {
		r := &records[i]
		admitted = r.licensed && !r.blacklisted && r.capital >= 500_000 && r.incidents < 3
		var total float64
		switch {
		case r.purchase >= 10_000_000:
			total = 20
		case r.purchase >= 5_000_000:
			total = 16
		case r.purchase >= 1_000_000:
			total = 12
		case r.purchase >= 500_000:
			total = 8
		default:
			total = 4
		}
		if r.lastPurchase > 0 {
			total += hold((r.purchase-r.lastPurchase)/r.lastPurchase*50, 10)
		}
		if r.contracts > 0 {
			total += hold(r.fulfilled/r.contracts*20, 20)
		}
		if r.payments > 0 {
			total += hold(r.onTime/r.payments*20, 20)
		}
		overdue := 10 - r.overdueDays*0.25
		if r.overdueAmount > 100_000 {
			overdue -= 2
		}
		total += hold(overdue, 10)
		switch {
		case r.currentRatio >= 2:
			total += 8
		case r.currentRatio >= 1.5:
			total += 6.4
		case r.currentRatio >= 1:
			total += 4.8
		case r.currentRatio >= 0.8:
			total += 3.2
		default:
			total += 1.6
		}
		switch {
		case r.debtRatio <= 0.4:
			total += 7
		case r.debtRatio <= 0.5:
			total += 5.6
		case r.debtRatio <= 0.6:
			total += 4.2
		case r.debtRatio <= 0.7:
			total += 2.8
		default:
			total += 1.4
		}
		total += hold(r.years*0.5, 5)
		var factor float64
		switch {
		case total >= 90:
			grade, factor = "A", 1.2
		case total >= 75:
			grade, factor = "B", 0.8
		case total >= 60:
			grade, factor = "C", 0.4
		default:
			grade, factor = "D", 0
		}
		limit = 0
		if admitted {
			limit = math.Floor(min(factor*r.sales*3, 5_000_000)/1000) * 1000
		}
		return nil
	}, func() answer { return answer{admitted, grade, whole(limit)} }}, nil
}

// unit is what numbers by hand are scaled by: four places, as many as the records have.
const unit = 10_000

// scaled reads decimal text with at most four places.
func scaled(s string) int64 {
	whole, places, _ := strings.Cut(s, ".")
	n, _ := strconv.ParseInt(whole+(places + "0000")[:4], 10, 64)
	return n
}

// handScaled is the policy written in Go on integers, points in units of 1e-9. Quotients that repeat are cut off there.
func handScaled(all []customer) (engine, error) {
	const point = 1_000_000_000
	records := recordsOf(all, scaled)
	var admitted bool
	var grade string
	var limit int64
	// part returns a / b * weight in points, held.
	part := func(a, b, weight int64) int64 {
		switch {
		case a <= 0 || b <= 0:
			return 0
		case a >= b:
			return weight * point
		}
		hi, lo := bits.Mul64(uint64(a), uint64(weight*point))
		q, _ := bits.Div64(hi, lo, uint64(b))
		return int64(q)
	}
	return engine{"Go by hand, scaled int64", func(i int) error {
		r := &records[i]
		admitted = r.licensed && !r.blacklisted && r.capital >= 500_000*unit && r.incidents < 3
		var total int64
		switch {
		case r.purchase >= 10_000_000*unit:
			total = 20 * point
		case r.purchase >= 5_000_000*unit:
			total = 16 * point
		case r.purchase >= 1_000_000*unit:
			total = 12 * point
		case r.purchase >= 500_000*unit:
			total = 8 * point
		default:
			total = 4 * point
		}
		total += part((r.purchase-r.lastPurchase)*5, r.lastPurchase, 10)
		total += part(r.fulfilled, r.contracts, 20)
		total += part(r.onTime, r.payments, 20)
		overdue := 10*point - r.overdueDays*(point/4/unit)
		if r.overdueAmount > 100_000*unit {
			overdue -= 2 * point
		}
		total += max(overdue, 0)
		switch {
		case r.currentRatio >= 2*unit:
			total += 8 * point
		case r.currentRatio >= 15_000:
			total += 64 * point / 10
		case r.currentRatio >= unit:
			total += 48 * point / 10
		case r.currentRatio >= 8_000:
			total += 32 * point / 10
		default:
			total += 16 * point / 10
		}
		switch {
		case r.debtRatio <= 4_000:
			total += 7 * point
		case r.debtRatio <= 5_000:
			total += 56 * point / 10
		case r.debtRatio <= 6_000:
			total += 42 * point / 10
		case r.debtRatio <= 7_000:
			total += 28 * point / 10
		default:
			total += 14 * point / 10
		}
		total += min(max(r.years*(point/2/unit), 0), 5*point)
		var tenths int64
		switch {
		case total >= 90*point:
			grade, tenths = "A", 12
		case total >= 75*point:
			grade, tenths = "B", 8
		case total >= 60*point:
			grade, tenths = "C", 4
		default:
			grade, tenths = "D", 0
		}
		limit = 0
		if admitted {
			limit = min(tenths*r.sales*3/(10*unit), 5_000_000) / 1000 * 1000
		}
		return nil
	}, func() answer { return answer{admitted, grade, strconv.FormatInt(limit, 10)} }}, nil
}

// handDecimal is the policy written in Go on shopspring decimals, whose division keeps 16 places.
func handDecimal(all []customer) (engine, error) {
	records := recordsOf(all, decimal.RequireFromString)
	d := decimal.RequireFromString
	type band struct{ from, points decimal.Decimal }
	volume := []band{{d("10000000"), d("20")}, {d("5000000"), d("16")}, {d("1000000"), d("12")}, {d("500000"), d("8")}}
	current := []band{{d("2"), d("8")}, {d("1.5"), d("6.4")}, {d("1"), d("4.8")}, {d("0.8"), d("3.2")}}
	debt := []band{{d("0.4"), d("7")}, {d("0.5"), d("5.6")}, {d("0.6"), d("4.2")}, {d("0.7"), d("2.8")}}
	grades := []struct {
		from   decimal.Decimal
		name   string
		factor decimal.Decimal
	}{{d("90"), "A", d("1.2")}, {d("75"), "B", d("0.8")}, {d("60"), "C", d("0.4")}, {d("0"), "D", d("0")}}
	capital, large, two, quarter, half := d("500000"), d("100000"), d("2"), d("0.25"), d("0.5")
	four, low, lowest, five, ten, twenty, fifty := d("4"), d("1.6"), d("1.4"), d("5"), d("10"), d("20"), d("50")
	three, ceiling, thousand := d("3"), d("5000000"), d("1000")
	hold := func(x, most decimal.Decimal) decimal.Decimal {
		switch {
		case x.Sign() < 0:
			return decimal.Zero
		case x.GreaterThan(most):
			return most
		}
		return x
	}
	atLeast := func(x decimal.Decimal, bands []band, other decimal.Decimal) decimal.Decimal {
		for i := range bands {
			if x.GreaterThanOrEqual(bands[i].from) {
				return bands[i].points
			}
		}
		return other
	}
	var admitted bool
	var grade string
	var limit decimal.Decimal
	return engine{"Go by hand, shopspring/decimal", func(i int) error {
		r := &records[i]
		admitted = r.licensed && !r.blacklisted && r.capital.GreaterThanOrEqual(capital) && r.incidents < 3
		total := atLeast(r.purchase, volume, four)
		if r.lastPurchase.Sign() > 0 {
			total = total.Add(hold(r.purchase.Sub(r.lastPurchase).Div(r.lastPurchase).Mul(fifty), ten))
		}
		if r.contracts.Sign() > 0 {
			total = total.Add(hold(r.fulfilled.Div(r.contracts).Mul(twenty), twenty))
		}
		if r.payments.Sign() > 0 {
			total = total.Add(hold(r.onTime.Div(r.payments).Mul(twenty), twenty))
		}
		overdue := ten.Sub(r.overdueDays.Mul(quarter))
		if r.overdueAmount.GreaterThan(large) {
			overdue = overdue.Sub(two)
		}
		total = total.Add(hold(overdue, ten)).Add(atLeast(r.currentRatio, current, low))
		points := lowest
		for i := range debt {
			if r.debtRatio.LessThanOrEqual(debt[i].from) {
				points = debt[i].points
				break
			}
		}
		total = total.Add(points).Add(hold(r.years.Mul(half), five))
		g := &grades[len(grades)-1]
		for i := range grades {
			if total.GreaterThanOrEqual(grades[i].from) {
				g = &grades[i]
				break
			}
		}
		grade, limit = g.name, decimal.Zero
		if admitted {
			limit = decimal.Min(g.factor.Mul(r.sales).Mul(three), ceiling).Div(thousand).Floor().Mul(thousand)
		}
		return nil
	}, func() answer { return answer{admitted, grade, limit.String()} }}, nil
}
