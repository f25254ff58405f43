package main

import (
	"math"

	celgo "cel.dev/cel-go/cel"
	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/traits"
	"cel.dev/cel-go/ext"
	"github.com/casbin/govaluate"
	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/vm"
)

// held returns x within [0, most].
func held(x, most float64) float64 { return max(0, min(x, most)) }

// exprProgram is the policy as one program of expr-lang/expr, from a map.
func exprProgram(all []customer) (engine, error) {
	const source = `
		let volume = annual_purchase >= 10000000 ? 20.0 : annual_purchase >= 5000000 ? 16.0 : annual_purchase >= 1000000 ? 12.0 : annual_purchase >= 500000 ? 8.0 : 4.0;
		let growth = last_year_purchase <= 0 ? 0.0 : (annual_purchase - last_year_purchase) / last_year_purchase * 50;
		let fulfilment = contracts_total <= 0 ? 0.0 : contracts_fulfilled / contracts_total * 20;
		let punctual = total_payments <= 0 ? 0.0 : on_time_payments / total_payments * 20;
		let overdue = 10 - overdue_days * 0.25 - (overdue_amount > 100000 ? 2.0 : 0.0);
		let liquidity = current_ratio >= 2 ? 8.0 : current_ratio >= 1.5 ? 6.4 : current_ratio >= 1 ? 4.8 : current_ratio >= 0.8 ? 3.2 : 1.6;
		let leverage = debt_ratio <= 0.4 ? 7.0 : debt_ratio <= 0.5 ? 5.6 : debt_ratio <= 0.6 ? 4.2 : debt_ratio <= 0.7 ? 2.8 : 1.4;
		let total = volume + max(0.0, min(growth, 10.0)) + max(0.0, min(fulfilment, 20.0)) + max(0.0, min(punctual, 20.0)) +
			max(0.0, min(overdue, 10.0)) + liquidity + leverage + max(0.0, min(years_cooperation * 0.5, 5.0));
		let admitted = has_license && !blacklisted && registered_capital >= 500000 && safety_incidents < 3;
		let grade = total >= 90 ? "A" : total >= 75 ? "B" : total >= 60 ? "C" : "D";
		let factor = total >= 90 ? 1.2 : total >= 75 ? 0.8 : total >= 60 ? 0.4 : 0.0;
		[admitted, grade, admitted ? floor(min(factor * monthly_avg_sales * 3, 5000000.0) / 1000) * 1000 : 0.0]`
	records := make([]map[string]any, len(all))
	for i, c := range all {
		records[i] = floats(c)
	}
	program, err := expr.Compile(source, expr.Env(records[0]))
	if err != nil {
		return engine{}, err
	}
	var machine vm.VM
	var out any
	return engine{"expr-lang/expr, one program", func(i int) (err error) {
		out, err = machine.Run(program, records[i])
		return err
	}, func() answer {
		o := out.([]any)
		return answer{o[0].(bool), o[1].(string), whole(o[2].(float64))}
	}}, nil
}

// cel is the policy as one program of cel-go.
func cel(all []customer) (engine, error) {
	records := make([]map[string]any, len(all))
	for i, c := range all {
		records[i] = floats(c)
	}
	options := []celgo.EnvOption{ext.Bindings(), ext.Math()}
	for key, v := range records[0] {
		switch v.(type) {
		case float64:
			options = append(options, celgo.Variable(key, celgo.DoubleType))
		case bool:
			options = append(options, celgo.Variable(key, celgo.BoolType))
		default:
			options = append(options, celgo.Variable(key, celgo.StringType))
		}
	}
	env, err := celgo.NewEnv(options...)
	if err != nil {
		return engine{}, err
	}
	const source = `cel.bind(total,
		(annual_purchase >= 10000000.0 ? 20.0 : annual_purchase >= 5000000.0 ? 16.0 : annual_purchase >= 1000000.0 ? 12.0 : annual_purchase >= 500000.0 ? 8.0 : 4.0) +
		(last_year_purchase <= 0.0 ? 0.0 : math.greatest(0.0, math.least((annual_purchase - last_year_purchase) / last_year_purchase * 50.0, 10.0))) +
		(contracts_total <= 0.0 ? 0.0 : math.greatest(0.0, math.least(contracts_fulfilled / contracts_total * 20.0, 20.0))) +
		(total_payments <= 0.0 ? 0.0 : math.greatest(0.0, math.least(on_time_payments / total_payments * 20.0, 20.0))) +
		math.greatest(0.0, math.least(10.0 - overdue_days * 0.25 - (overdue_amount > 100000.0 ? 2.0 : 0.0), 10.0)) +
		(current_ratio >= 2.0 ? 8.0 : current_ratio >= 1.5 ? 6.4 : current_ratio >= 1.0 ? 4.8 : current_ratio >= 0.8 ? 3.2 : 1.6) +
		(debt_ratio <= 0.4 ? 7.0 : debt_ratio <= 0.5 ? 5.6 : debt_ratio <= 0.6 ? 4.2 : debt_ratio <= 0.7 ? 2.8 : 1.4) +
		math.greatest(0.0, math.least(years_cooperation * 0.5, 5.0)),
		cel.bind(admitted, has_license && !blacklisted && registered_capital >= 500000.0 && safety_incidents < 3.0,
		[dyn(admitted), dyn(total >= 90.0 ? "A" : total >= 75.0 ? "B" : total >= 60.0 ? "C" : "D"),
		 dyn(!admitted ? 0.0 : math.floor(math.least((total >= 90.0 ? 1.2 : total >= 75.0 ? 0.8 : total >= 60.0 ? 0.4 : 0.0) * monthly_avg_sales * 3.0, 5000000.0) / 1000.0) * 1000.0)]))`
	ast, issues := env.Compile(source)
	if issues.Err() != nil {
		return engine{}, issues.Err()
	}
	program, err := env.Program(ast)
	if err != nil {
		return engine{}, err
	}
	var out any
	return engine{"cel-go, one program", func(i int) error {
		v, _, err := program.Eval(records[i])
		out = v
		return err
	}, func() answer {
		list := out.(traits.Lister)
		at := func(i int) any { return list.Get(types.Int(i)).Value() }
		return answer{at(0).(bool), at(1).(string), whole(at(2).(float64))}
	}}, nil
}

// govaluateExpressions is the policy as three expressions of govaluate: the total, then what depends on it.
func govaluateExpressions(all []customer) (engine, error) {
	records := make([]map[string]any, len(all))
	for i, c := range all {
		records[i] = floats(c)
	}
	functions := map[string]govaluate.ExpressionFunction{
		"held":  func(args ...any) (any, error) { return held(args[0].(float64), args[1].(float64)), nil },
		"least": func(args ...any) (any, error) { return min(args[0].(float64), args[1].(float64)), nil },
		"floor": func(args ...any) (any, error) { return math.Floor(args[0].(float64)), nil },
	}
	var programs []*govaluate.EvaluableExpression
	for _, source := range []string{
		`has_license && !blacklisted && registered_capital >= 500000 && safety_incidents < 3`,
		`(annual_purchase >= 10000000 ? 20 : (annual_purchase >= 5000000 ? 16 : (annual_purchase >= 1000000 ? 12 : (annual_purchase >= 500000 ? 8 : 4)))) +
		 (last_year_purchase <= 0 ? 0 : held((annual_purchase - last_year_purchase) / last_year_purchase * 50, 10)) +
		 (contracts_total <= 0 ? 0 : held(contracts_fulfilled / contracts_total * 20, 20)) +
		 (total_payments <= 0 ? 0 : held(on_time_payments / total_payments * 20, 20)) +
		 held(10 - overdue_days * 0.25 - (overdue_amount > 100000 ? 2 : 0), 10) +
		 (current_ratio >= 2 ? 8 : (current_ratio >= 1.5 ? 6.4 : (current_ratio >= 1 ? 4.8 : (current_ratio >= 0.8 ? 3.2 : 1.6)))) +
		 (debt_ratio <= 0.4 ? 7 : (debt_ratio <= 0.5 ? 5.6 : (debt_ratio <= 0.6 ? 4.2 : (debt_ratio <= 0.7 ? 2.8 : 1.4)))) +
		 held(years_cooperation * 0.5, 5)`,
		`total >= 90 ? 'A' : (total >= 75 ? 'B' : (total >= 60 ? 'C' : 'D'))`,
		`floor(least((total >= 90 ? 1.2 : (total >= 75 ? 0.8 : (total >= 60 ? 0.4 : 0))) * monthly_avg_sales * 3, 5000000) / 1000) * 1000`,
	} {
		p, err := govaluate.NewEvaluableExpressionWithFunctions(source, functions)
		if err != nil {
			return engine{}, err
		}
		programs = append(programs, p)
	}
	var admitted, grade, limit any
	return engine{"govaluate, four expressions", func(i int) (err error) {
		r := records[i]
		if admitted, err = programs[0].Evaluate(r); err != nil {
			return err
		}
		if r["total"], err = programs[1].Evaluate(r); err != nil {
			return err
		}
		if grade, err = programs[2].Evaluate(r); err != nil {
			return err
		}
		limit = 0.0
		if admitted.(bool) {
			limit, err = programs[3].Evaluate(r)
		}
		return err
	}, func() answer {
		return answer{admitted.(bool), grade.(string), whole(limit.(float64))}
	}}, nil
}
