package record

import (
	"reflect"
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
