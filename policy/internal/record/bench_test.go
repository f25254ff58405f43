package record

import (
	"database/sql"
	"io"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/slot"
)

// customer is a record of 16 inputs, of the kind that policies for customer credit are asked about.
type customer struct {
	Name               string
	Industry           string
	RegisteredCapital  decimal.Decimal
	AnnualPurchase     decimal.Decimal
	LastYearPurchase   decimal.NullDecimal
	OnTimePayments     int
	TotalPayments      int64
	OverdueDays        uint16
	OverdueAmount      decimal.Decimal
	ContractsFulfilled int32
	ContractsTotal     sql.NullInt64
	CurrentRatio       string
	DebtRatio          *decimal.Decimal
	HasLicense         bool
	Blacklisted        bool
	LicenceExpires     time.Time
}

var customerNames = []string{"name", "industry", "registered_capital", "annual_purchase", "last_year_purchase",
	"on_time_payments", "total_payments", "overdue_days", "overdue_amount", "contracts_fulfilled", "contracts_total",
	"current_ratio", "debt_ratio", "has_license", "blacklisted", "licence_expires"}

var customerCells = []string{"Edge 001", "wholesale", "10632771.49", "6272839.91", "5207537.87", "12", "12", "0", "0.00",
	"40", "40", "0.85", "0.37", "true", "false", "2026-12-31"}

const customerJSON = `{"name":"Edge 001","industry":"wholesale","registered_capital":10632771.49,"annual_purchase":6272839.91,` +
	`"last_year_purchase":5207537.87,"on_time_payments":12,"total_payments":12,"overdue_days":0,"overdue_amount":0.00,` +
	`"contracts_fulfilled":40,"contracts_total":40,"current_ratio":0.85,"debt_ratio":0.37,"has_license":true,` +
	`"blacklisted":false,"licence_expires":"2026-12-31"}`

func customerSchema() *Schema {
	types := map[string]*slot.Type{"name": slot.StringType, "industry": slot.StringType, "has_license": slot.BoolType,
		"blacklisted": slot.BoolType, "licence_expires": slot.DateType}
	inputs := make([]Input, len(customerNames))
	zero := 0
	for i, name := range customerNames {
		inputs[i] = Input{Name: name, Type: slot.NumberType, Atom: i}
		if t := types[name]; t != nil {
			inputs[i].Type = t
		}
		switch name {
		case "on_time_payments", "total_payments", "overdue_days", "contracts_total", "contracts_fulfilled":
			inputs[i].Decimals = &zero
		}
	}
	return New(inputs, Options{})
}

func aCustomer() *customer {
	debt := decimal.RequireFromString("0.37")
	return &customer{Name: "Edge 001", Industry: "wholesale", RegisteredCapital: decimal.RequireFromString("10632771.49"),
		AnnualPurchase:   decimal.RequireFromString("6272839.91"),
		LastYearPurchase: decimal.NewNullDecimal(decimal.RequireFromString("5207537.87")), OnTimePayments: 12, TotalPayments: 12,
		OverdueAmount: decimal.RequireFromString("0.00"), ContractsFulfilled: 40, ContractsTotal: sql.NullInt64{Int64: 40, Valid: true},
		CurrentRatio: "0.85", DebtRatio: &debt, HasLicense: true, LicenceExpires: time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC)}
}

func customerMap() map[string]any {
	c := aCustomer()
	return map[string]any{"name": c.Name, "industry": c.Industry, "registered_capital": c.RegisteredCapital,
		"annual_purchase": c.AnnualPurchase, "last_year_purchase": c.LastYearPurchase, "on_time_payments": c.OnTimePayments,
		"total_payments": c.TotalPayments, "overdue_days": c.OverdueDays, "overdue_amount": c.OverdueAmount,
		"contracts_fulfilled": c.ContractsFulfilled, "contracts_total": c.ContractsTotal, "current_ratio": c.CurrentRatio,
		"debt_ratio": c.DebtRatio, "has_license": c.HasLicense, "blacklisted": c.Blacklisted, "licence_expires": c.LicenceExpires}
}

func benchmarkRead(b *testing.B, read func(f *slot.Frame) error) {
	f := slot.NewFrame()
	f.Reset(len(customerNames))
	require.NoError(b, read(f))
	b.ReportAllocs()
	for b.Loop() {
		f.Reset(len(customerNames))
		if err := read(f); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkReadMap(b *testing.B) {
	s, m := customerSchema(), customerMap()
	benchmarkRead(b, func(f *slot.Frame) error { return s.ReadMap(f, m) })
}

func BenchmarkBindingRead(b *testing.B) {
	s, c := customerSchema(), aCustomer()
	binding, err := s.Bind(reflect.TypeFor[customer]())
	require.NoError(b, err)
	benchmarkRead(b, func(f *slot.Frame) error { return binding.Read(f, c) })
}

func BenchmarkReadJSON(b *testing.B) {
	s, object := customerSchema(), []byte(customerJSON)
	b.SetBytes(int64(len(object)))
	benchmarkRead(b, func(f *slot.Frame) error { return s.ReadJSON(f, object) })
}

func BenchmarkParseRecord(b *testing.B) {
	object := []byte(customerJSON)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ParseRecord(object); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkReadRow(b *testing.B) {
	s := customerSchema()
	columns, err := s.Columns(customerNames)
	require.NoError(b, err)
	benchmarkRead(b, func(f *slot.Frame) error { return columns.ReadRow(f, customerCells) })
}

func benchmarkSource(b *testing.B, format Format, head, record, tail string) {
	s, f := customerSchema(), &slot.Frame{}
	b.SetBytes(int64(len(record)))
	b.ReportAllocs()
	source, err := Open(&repeat{head: head, record: record, tail: tail, n: b.N}, format, s)
	require.NoError(b, err)
	for b.Loop() {
		f.Reset(s.Len())
		if _, err := source.Next(f); err == io.EOF {
			b.StopTimer()
			source, err = Open(&repeat{head: head, record: record, tail: tail, n: 1 << 20}, format, s)
			require.NoError(b, err)
			b.StartTimer()
		} else if err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSourceCSV(b *testing.B) {
	benchmarkSource(b, CSV, strings.Join(customerNames, ",")+"\n", strings.Join(customerCells, ",")+"\n", "")
}

func BenchmarkSourceNDJSON(b *testing.B) { benchmarkSource(b, NDJSON, "", customerJSON+"\n", "") }

func BenchmarkSourceJSON(b *testing.B) { benchmarkSource(b, JSON, "[", customerJSON+",", "]") }
