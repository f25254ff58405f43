package decisionlog_test

import (
	"bytes"
	"fmt"
	"time"

	"github.com/tallystick-go/tallystick/policy"
	"github.com/tallystick-go/tallystick/policy/decisionlog"
)

const example = `
policy: orders
version: "1"
inputs: {sales: {type: number}}
credit: {limit: [{id: base, set: sales / 12 * 2}]}
`

func Example() {
	p, err := policy.Parse("orders.yaml", []byte(example))
	if err != nil {
		fmt.Println(err)
		return
	}
	var file bytes.Buffer // or Open("decisions.log")
	log := decisionlog.New(&file)
	for _, sales := range []int{120_000, 60_000} {
		d, err := p.Decide(policy.Record{"sales": sales}, policy.AsOf(policy.NewDate(2026, time.June, 30)))
		if err == nil {
			err = log.Append(d)
		}
		if err != nil {
			fmt.Println(err)
			return
		}
	}
	replay := func(text []byte) {
		report, err := decisionlog.Replay(bytes.NewReader(text), []*policy.Policy{p}, func(f *decisionlog.Finding) { fmt.Println(f) })
		fmt.Println(report.Decisions, report.Same, err)
	}
	replay(file.Bytes())
	replay(bytes.Replace(file.Bytes(), []byte(`"limit":"20000.00"`), []byte(`"limit":"90000.00"`), 1))
	// Output:
	// 2 2 <nil>
	// line 1: the line was damaged or altered: it does not have its hash [broken]
	// line 1: the decision comes out differently: limit was "90000.00" and is "20000.00" [result]
	// 2 1 <nil>
}
