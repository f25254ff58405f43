package record_test

import (
	"fmt"
	"io"
	"strings"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/record"
)

func Example() {
	whole, zero := 0, exact.Int(0)
	schema := record.New([]record.Input{
		{Name: "name", Type: slot.StringType, Required: true},
		{Name: "overdue_days", From: "最长逾期天数", Type: slot.NumberType, Atom: 1, Min: &zero, Decimals: &whole},
	}, record.Options{})

	file := "name,最长逾期天数\n华北矿业,5\n,3.5\n"
	source, err := record.Open(strings.NewReader(file), record.CSV, schema)
	if err != nil {
		fmt.Println(err)
		return
	}
	frame := &slot.Frame{}
	for {
		frame.Reset(schema.Len())
		line, err := source.Next(frame)
		if err == io.EOF {
			return
		}
		if err != nil {
			fmt.Printf("line %d: %s\n", line, err)
			continue
		}
		fmt.Printf("line %d: %s is %s days overdue\n", line, frame.Slots[0].Str, frame.Slots[1].Num)
	}
	// Output:
	// line 2: 华北矿业 is 5 days overdue
	// line 3: field "name": it is required, but the cell is empty; field "overdue_days": 3.5 is not a whole number
}
