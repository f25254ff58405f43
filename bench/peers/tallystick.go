package main

import (
	"encoding/json"
	"path/filepath"
	"strconv"

	"github.com/tallystick-go/tallystick/policy"
	"github.com/tallystick-go/tallystick/scoring"
)

var asOf = policy.AsOf(policy.NewDate(2024, 6, 30))

func loadPolicy() (*policy.Policy, error) {
	return policy.LoadFile(filepath.Join(dataDir, "policy.yaml"))
}

// answerOf reads a decision as the engines answer.
func answerOf(d *policy.Decision) answer {
	limit, _ := d.Limit()
	return answer{d.Outcome() == policy.Admitted, d.Grade(), limit.String()}
}

// bound is a customer as a program has it.
type bound struct {
	Name, Industry     string
	RegisteredCapital  scoring.Number
	AnnualPurchase     scoring.Number
	LastYearPurchase   scoring.Number
	OnTimePayments     int
	TotalPayments      int
	OverdueDays        int
	OverdueAmount      scoring.Number
	ContractsFulfilled int
	ContractsTotal     int
	CurrentRatio       scoring.Number
	DebtRatio          scoring.Number
	NetMargin          scoring.Number
	YearsCooperation   scoring.Number
	HasLicense         bool
	Blacklisted        bool
	SafetyIncidents    int
	MonthlyAvgSales    scoring.Number
}

// tallystickBound decides structs, into a decision that is used again.
func tallystickBound(all []customer) (engine, error) {
	p, err := loadPolicy()
	if err != nil {
		return engine{}, err
	}
	records := make([]*bound, len(all))
	for i, c := range all {
		n := func(key string) scoring.Number {
			x, e := scoring.Parse(string(c[key].(json.Number)))
			if err == nil {
				err = e
			}
			return x
		}
		k := func(key string) int {
			x, e := strconv.Atoi(string(c[key].(json.Number)))
			if err == nil {
				err = e
			}
			return x
		}
		records[i] = &bound{
			c["name"].(string), c["industry"].(string), n("registered_capital"), n("annual_purchase"), n("last_year_purchase"),
			k("on_time_payments"), k("total_payments"), k("overdue_days"), n("overdue_amount"), k("contracts_fulfilled"), k("contracts_total"),
			n("current_ratio"), n("debt_ratio"), n("net_margin"), n("years_cooperation"), c["has_license"].(bool), c["blacklisted"].(bool),
			k("safety_incidents"), n("monthly_avg_sales"),
		}
	}
	if err != nil {
		return engine{}, err
	}
	var d policy.Decision
	return engine{"tallystick, struct, reused decision", func(i int) error { return p.DecideInto(&d, records[i], asOf) },
		func() answer { return answerOf(&d) }}, nil
}

// tallystickMap decides maps whose numbers are decimal text, each into a fresh decision.
func tallystickMap(all []customer) (engine, error) {
	p, err := loadPolicy()
	if err != nil {
		return engine{}, err
	}
	var d *policy.Decision
	return engine{"tallystick, map, fresh decision", func(i int) error {
		var err error
		d, err = p.Decide(map[string]any(all[i]), asOf)
		return err
	}, func() answer { return answerOf(d) }}, nil
}
