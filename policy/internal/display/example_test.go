package display_test

import (
	"fmt"
	"os"

	"github.com/tallystick-go/tallystick/policy/internal/display"
)

func ExampleTable() {
	t := display.NewTable("客户", "grade", "limit").Right(2)
	t.Row("华北矿业", "A", "3,600,000")
	t.Row("ACME", "C", "0")
	_ = t.Write(os.Stdout)
	// Output:
	// 客户      grade      limit
	// --------  -----  ---------
	// 华北矿业  A      3,600,000
	// ACME      C              0
}

func ExampleCaret() {
	line := "  标题: 采购额, weigth: 20"
	fmt.Println(line)
	fmt.Println(display.Caret(line, 12, 6))
	// Output:
	//   标题: 采购额, weigth: 20
	//                 ^~~~~~
}
