package record

import (
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/slot"
)

func TestPlainRecordsAreReadWithoutAllocating(t *testing.T) {
	if underRace {
		t.Skip("the race detector allocates")
	}
	s := customerSchema()
	f := &slot.Frame{}
	binding, err := s.Bind(reflect.TypeFor[customer]())
	require.NoError(t, err)
	columns, err := s.Columns(customerNames)
	require.NoError(t, err)
	c, m, object := aCustomer(), customerMap(), []byte(customerJSON)
	for name, read := range map[string]func() error{
		"struct": func() error { return binding.Read(f, c) },
		"map":    func() error { return s.ReadMap(f, m) },
		"JSON":   func() error { return s.ReadJSON(f, object) }, // whose texts are those of the record before
		"row":    func() error { return columns.ReadRow(f, customerCells) },
	} {
		allocs := testing.AllocsPerRun(200, func() {
			f.Reset(s.Len())
			if err := read(); err != nil {
				t.Error(err)
			}
		})
		assert.Zero(t, allocs, name)
	}
}

// What a record needs beyond its batch is nothing; a batch needs the memory of its texts.
func TestBatchesAreReadWithoutGarbage(t *testing.T) {
	if underRace {
		t.Skip("the race detector allocates")
	}
	head := strings.Join(customerNames, ",") + "\n"
	for format, file := range map[Format]*repeat{
		CSV:    {head: head, record: strings.Join(customerCells, ",") + "\n", n: 1 << 20},
		NDJSON: {record: customerJSON + "\n", n: 1 << 20},
		JSON:   {head: "[", record: customerJSON + ",", n: 1 << 20},
	} {
		s := customerSchema()
		source, err := Open(file, format, s)
		require.NoError(t, err)
		b, f := &Batch{}, &slot.Frame{}
		allocs := testing.AllocsPerRun(100, func() {
			if err := source.Take(b, 64); err != nil || b.Len() != 64 {
				t.Error(err)
			}
			for i := range b.Len() {
				f.Reset(s.Len())
				if err := source.Read(f, b, i); err != nil {
					t.Error(err)
				}
			}
		})
		assert.LessOrEqual(t, allocs, 1.0, format)
	}
}
