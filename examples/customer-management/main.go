// Command customer-management decides the customers of a supplier of mining equipment by 客户管理办法: who is admitted, with
// which grade and which credit limit (客户等级管理汇总表). The policy is policy.yaml, the customers are in customers.csv.
package main

import (
	"bytes"
	"context"
	"embed"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/tallystick-go/tallystick/policy"
	"github.com/tallystick-go/tallystick/policy/portfolio"
)

//go:embed policy.yaml customers.csv
var files embed.FS

func main() {
	if err := run(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(w io.Writer) error {
	p, err := policy.Load(files, "policy.yaml")
	if err != nil {
		return err
	}
	customers, err := files.ReadFile("customers.csv")
	if err != nil {
		return err
	}
	table, err := portfolio.NewWriter(w, portfolio.Table, p)
	if err != nil {
		return err
	}
	day := policy.NewDate(2026, time.June, 30)
	_, err = portfolio.Decide(context.Background(), p, day, bytes.NewReader(customers), policy.CSV, table)
	return err
}
