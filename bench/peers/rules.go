package main

import (
	"context"
	"encoding/json"
	"math"

	"github.com/hyperjumptech/grule-rule-engine/ast"
	"github.com/hyperjumptech/grule-rule-engine/builder"
	gruleengine "github.com/hyperjumptech/grule-rule-engine/engine"
	"github.com/hyperjumptech/grule-rule-engine/pkg"
	"github.com/open-policy-agent/opa/v1/rego"
)

// Fact is a customer for grule, with what the rules find out.
type Fact struct {
	Capital, Purchase, LastPurchase, OnTime, Payments, OverdueDays, OverdueAmount, Fulfilled, Contracts float64
	CurrentRatio, DebtRatio, Years, Sales, Incidents                                                    float64
	Licensed, Blacklisted                                                                               bool

	Admitted, Scored, Graded, Done bool
	Total, Factor, Limit           float64
	Grade                          string
}

// Held returns x within [0, most].
func (f *Fact) Held(x, most float64) float64 { return held(x, most) }

// Band returns the points of a value among four thresholds.
func (f *Fact) Band(x, a, pa, b, pb, c, pc, d, pd, other float64) float64 {
	switch {
	case x >= a:
		return pa
	case x >= b:
		return pb
	case x >= c:
		return pc
	case x >= d:
		return pd
	}
	return other
}

// Part returns a / b * weight, 0 where b is not above 0.
func (f *Fact) Part(a, b, weight float64) float64 {
	if b <= 0 {
		return 0
	}
	return a / b * weight
}

// Thousands rounds x down, at most ceiling.
func (f *Fact) Thousands(x, ceiling float64) float64 { return math.Floor(min(x, ceiling)/1000) * 1000 }

// grule is the policy as rules of grule-rule-engine.
func grule(all []customer) (engine, error) {
	const source = `
		rule Admission "who is admitted" salience 40 {
			when F.Done == false && F.Scored == false
			then
				F.Admitted = F.Licensed && !F.Blacklisted && F.Capital >= 500000.0 && F.Incidents < 3.0;
				F.Total = F.Band(F.Purchase, 10000000.0, 20.0, 5000000.0, 16.0, 1000000.0, 12.0, 500000.0, 8.0, 4.0) +
					F.Held(F.Part(F.Purchase - F.LastPurchase, F.LastPurchase, 50.0), 10.0) +
					F.Held(F.Part(F.Fulfilled, F.Contracts, 20.0), 20.0) +
					F.Held(F.Part(F.OnTime, F.Payments, 20.0), 20.0);
				F.Scored = true;
		}
		rule LateLarge "a large amount overdue" salience 30 {
			when F.Scored && F.Graded == false && F.OverdueAmount > 100000.0
			then
				F.Total = F.Total + F.Held(8.0 - F.OverdueDays * 0.25, 10.0);
				F.Graded = true;
		}
		rule Late "a small amount or none" salience 29 {
			when F.Scored && F.Graded == false && F.OverdueAmount <= 100000.0
			then
				F.Total = F.Total + F.Held(10.0 - F.OverdueDays * 0.25, 10.0);
				F.Graded = true;
		}
		rule Finish "ratios, grade and limit" salience 20 {
			when F.Graded && F.Done == false
			then
				F.Total = F.Total + F.Band(F.CurrentRatio, 2.0, 8.0, 1.5, 6.4, 1.0, 4.8, 0.8, 3.2, 1.6) +
					F.Band(0.0 - F.DebtRatio, -0.4, 7.0, -0.5, 5.6, -0.6, 4.2, -0.7, 2.8, 1.4) + F.Held(F.Years * 0.5, 5.0);
				F.Factor = F.Band(F.Total, 90.0, 1.2, 75.0, 0.8, 60.0, 0.4, 0.0, 0.0, 0.0);
				F.Done = true;
		}
		rule A "A" salience 10 { when F.Done && F.Grade == "" && F.Total >= 90.0 then F.Grade = "A"; }
		rule B "B" salience 9 { when F.Done && F.Grade == "" && F.Total >= 75.0 && F.Total < 90.0 then F.Grade = "B"; }
		rule C "C" salience 8 { when F.Done && F.Grade == "" && F.Total >= 60.0 && F.Total < 75.0 then F.Grade = "C"; }
		rule D "D" salience 7 { when F.Done && F.Grade == "" && F.Total < 60.0 then F.Grade = "D"; }
		rule Limit "the limit" salience 1 {
			when F.Grade != "" && F.Admitted && F.Limit < 0.0
			then F.Limit = F.Thousands(F.Factor * F.Sales * 3.0, 5000000.0);
		}`
	library := ast.NewKnowledgeLibrary()
	if err := builder.NewRuleBuilder(library).BuildRuleFromResource("policy", "1", pkg.NewBytesResource([]byte(source))); err != nil {
		return engine{}, err
	}
	base, err := library.NewKnowledgeBaseInstance("policy", "1")
	if err != nil {
		return engine{}, err
	}
	facts := make([]Fact, len(all))
	for i, c := range all {
		n := func(key string) float64 { f, _ := c[key].(json.Number).Float64(); return f }
		facts[i] = Fact{
			Capital: n("registered_capital"), Purchase: n("annual_purchase"), LastPurchase: n("last_year_purchase"), OnTime: n("on_time_payments"),
			Payments: n("total_payments"), OverdueDays: n("overdue_days"), OverdueAmount: n("overdue_amount"), Fulfilled: n("contracts_fulfilled"),
			Contracts: n("contracts_total"), CurrentRatio: n("current_ratio"), DebtRatio: n("debt_ratio"), Years: n("years_cooperation"),
			Sales: n("monthly_avg_sales"), Incidents: n("safety_incidents"), Licensed: c["has_license"].(bool), Blacklisted: c["blacklisted"].(bool),
			Limit: -1,
		}
	}
	g := gruleengine.NewGruleEngine()
	var fact Fact
	return engine{"grule", func(i int) error {
		fact = facts[i]
		data := ast.NewDataContext()
		if err := data.Add("F", &fact); err != nil {
			return err
		}
		return g.Execute(data, base)
	}, func() answer {
		return answer{fact.Admitted, fact.Grade, whole(max(fact.Limit, 0))}
	}}, nil
}

// opa is the policy in Rego, by a prepared query.
func opa(all []customer) (engine, error) {
	const source = `package credit

		default admitted := false
		admitted if {
			input.has_license
			not input.blacklisted
			input.registered_capital >= 500000
			input.safety_incidents < 3
		}

		volume := 20 if input.annual_purchase >= 10000000
		else := 16 if input.annual_purchase >= 5000000
		else := 12 if input.annual_purchase >= 1000000
		else := 8 if input.annual_purchase >= 500000
		else := 4

		held(x, most) := min([max([x, 0]), most])
		growth := held((input.annual_purchase - input.last_year_purchase) / input.last_year_purchase * 50, 10) if input.last_year_purchase > 0
		else := 0
		fulfilment := held(input.contracts_fulfilled / input.contracts_total * 20, 20) if input.contracts_total > 0
		else := 0
		punctual := held(input.on_time_payments / input.total_payments * 20, 20) if input.total_payments > 0
		else := 0
		large := 2 if input.overdue_amount > 100000
		else := 0
		overdue := held((10 - input.overdue_days * 0.25) - large, 10)
		liquidity := 8 if input.current_ratio >= 2
		else := 6.4 if input.current_ratio >= 1.5
		else := 4.8 if input.current_ratio >= 1
		else := 3.2 if input.current_ratio >= 0.8
		else := 1.6
		leverage := 7 if input.debt_ratio <= 0.4
		else := 5.6 if input.debt_ratio <= 0.5
		else := 4.2 if input.debt_ratio <= 0.6
		else := 2.8 if input.debt_ratio <= 0.7
		else := 1.4
		years := held(input.years_cooperation * 0.5, 5)

		total := ((((((volume + growth) + fulfilment) + punctual) + overdue) + liquidity) + leverage) + years
		grade := "A" if total >= 90
		else := "B" if total >= 75
		else := "C" if total >= 60
		else := "D"
		factor := {"A": 1.2, "B": 0.8, "C": 0.4, "D": 0}[grade]
		limit := floor(min([factor * input.monthly_avg_sales * 3, 5000000]) / 1000) * 1000 if admitted
		else := 0

		decision := {"admitted": admitted, "grade": grade, "limit": limit}`
	query, err := rego.New(rego.Query("data.credit.decision"), rego.Module("credit.rego", source)).PrepareForEval(context.Background())
	if err != nil {
		return engine{}, err
	}
	records := make([]rego.EvalOption, len(all))
	for i, c := range all {
		records[i] = rego.EvalInput(map[string]any(c)) // json.Number: OPA reads the text
	}
	var out rego.ResultSet
	return engine{"OPA (Rego)", func(i int) (err error) {
		out, err = query.Eval(context.Background(), records[i])
		return err
	}, func() answer {
		o := out[0].Expressions[0].Value.(map[string]any)
		limit, _ := o["limit"].(json.Number).Float64()
		return answer{o["admitted"].(bool), o["grade"].(string), whole(limit)}
	}}, nil
}
