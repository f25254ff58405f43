package main

import (
	"github.com/dop251/goja"
	glua "github.com/yuin/gopher-lua"
)

// lua is the policy as a function of gopher-lua, from tables.
func lua(all []customer) (engine, error) {
	const source = `
		local function held(x, most)
			if x < 0 then return 0 elseif x > most then return most end
			return x
		end
		function decide(r)
			local purchase, last, total = r.annual_purchase, r.last_year_purchase, 4
			if purchase >= 10000000 then total = 20
			elseif purchase >= 5000000 then total = 16
			elseif purchase >= 1000000 then total = 12
			elseif purchase >= 500000 then total = 8 end
			if last > 0 then total = total + held((purchase - last) / last * 50, 10) end
			if r.contracts_total > 0 then total = total + held(r.contracts_fulfilled / r.contracts_total * 20, 20) end
			if r.total_payments > 0 then total = total + held(r.on_time_payments / r.total_payments * 20, 20) end
			local overdue = 10 - r.overdue_days * 0.25
			if r.overdue_amount > 100000 then overdue = overdue - 2 end
			total = total + held(overdue, 10)
			local ratio = r.current_ratio
			if ratio >= 2 then total = total + 8
			elseif ratio >= 1.5 then total = total + 6.4
			elseif ratio >= 1 then total = total + 4.8
			elseif ratio >= 0.8 then total = total + 3.2
			else total = total + 1.6 end
			ratio = r.debt_ratio
			if ratio <= 0.4 then total = total + 7
			elseif ratio <= 0.5 then total = total + 5.6
			elseif ratio <= 0.6 then total = total + 4.2
			elseif ratio <= 0.7 then total = total + 2.8
			else total = total + 1.4 end
			total = total + held(r.years_cooperation * 0.5, 5)
			local admitted = r.has_license and not r.blacklisted and r.registered_capital >= 500000 and r.safety_incidents < 3
			local grade, factor = "D", 0
			if total >= 90 then grade, factor = "A", 1.2
			elseif total >= 75 then grade, factor = "B", 0.8
			elseif total >= 60 then grade, factor = "C", 0.4 end
			local limit = 0
			if admitted then
				limit = factor * r.monthly_avg_sales * 3
				if limit > 5000000 then limit = 5000000 end
				limit = limit / 1000
				limit = (limit - limit % 1) * 1000
			end
			return admitted, grade, limit
		end`
	state := glua.NewState()
	if err := state.DoString(source); err != nil {
		return engine{}, err
	}
	records := make([]*glua.LTable, len(all))
	for i, c := range all {
		records[i] = state.NewTable()
		for k, v := range floats(c) {
			switch v := v.(type) {
			case float64:
				records[i].RawSetString(k, glua.LNumber(v))
			case bool:
				records[i].RawSetString(k, glua.LBool(v))
			case string:
				records[i].RawSetString(k, glua.LString(v))
			}
		}
	}
	call := glua.P{Fn: state.GetGlobal("decide"), NRet: 3, Protect: true}
	var admitted, grade, limit glua.LValue
	return engine{"gopher-lua", func(i int) error {
		if err := state.CallByParam(call, records[i]); err != nil {
			return err
		}
		admitted, grade, limit = state.Get(-3), state.Get(-2), state.Get(-1)
		state.Pop(3)
		return nil
	}, func() answer {
		return answer{bool(admitted.(glua.LBool)), grade.String(), whole(float64(limit.(glua.LNumber)))}
	}}, nil
}

// javascript is the policy as a function of goja, from objects.
func javascript(all []customer) (engine, error) {
	const source = `
		function held(x, most) { return x < 0 ? 0 : x > most ? most : x }
		function decide(r) {
			var total = r.annual_purchase >= 10000000 ? 20 : r.annual_purchase >= 5000000 ? 16 : r.annual_purchase >= 1000000 ? 12 : r.annual_purchase >= 500000 ? 8 : 4
			if (r.last_year_purchase > 0) total += held((r.annual_purchase - r.last_year_purchase) / r.last_year_purchase * 50, 10)
			if (r.contracts_total > 0) total += held(r.contracts_fulfilled / r.contracts_total * 20, 20)
			if (r.total_payments > 0) total += held(r.on_time_payments / r.total_payments * 20, 20)
			total += held(10 - r.overdue_days * 0.25 - (r.overdue_amount > 100000 ? 2 : 0), 10)
			total += r.current_ratio >= 2 ? 8 : r.current_ratio >= 1.5 ? 6.4 : r.current_ratio >= 1 ? 4.8 : r.current_ratio >= 0.8 ? 3.2 : 1.6
			total += r.debt_ratio <= 0.4 ? 7 : r.debt_ratio <= 0.5 ? 5.6 : r.debt_ratio <= 0.6 ? 4.2 : r.debt_ratio <= 0.7 ? 2.8 : 1.4
			total += held(r.years_cooperation * 0.5, 5)
			var admitted = r.has_license && !r.blacklisted && r.registered_capital >= 500000 && r.safety_incidents < 3
			var grade = total >= 90 ? "A" : total >= 75 ? "B" : total >= 60 ? "C" : "D"
			var factor = total >= 90 ? 1.2 : total >= 75 ? 0.8 : total >= 60 ? 0.4 : 0
			return [admitted, grade, admitted ? Math.floor(Math.min(factor * r.monthly_avg_sales * 3, 5000000) / 1000) * 1000 : 0]
		}`
	machine := goja.New()
	if _, err := machine.RunString(source); err != nil {
		return engine{}, err
	}
	decide, _ := goja.AssertFunction(machine.Get("decide"))
	records := make([]goja.Value, len(all))
	for i, c := range all {
		o := machine.NewObject()
		for k, v := range floats(c) {
			if err := o.Set(k, v); err != nil {
				return engine{}, err
			}
		}
		records[i] = o
	}
	var out goja.Value
	return engine{"goja (JavaScript)", func(i int) (err error) {
		out, err = decide(goja.Undefined(), records[i])
		return err
	}, func() answer {
		o := out.ToObject(machine)
		return answer{o.Get("0").ToBoolean(), o.Get("1").String(), whole(o.Get("2").ToFloat())}
	}}, nil
}
