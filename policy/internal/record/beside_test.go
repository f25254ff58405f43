package record

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/slot"
)

// firm is a record with a number.
func firm(fields ...string) *slot.Type {
	t := &slot.Type{Kind: slot.Record}
	for _, f := range fields {
		t.Fields = append(t.Fields, slot.Field{Name: f, Type: slot.NumberType})
	}
	return t
}

func besides() (old, new *Schema) {
	old = New([]Input{
		{Name: "name", Type: slot.StringType}, {Name: "owner.age", Type: slot.NumberType}, {Name: "firms", Type: slot.ListOf(firm("sales"))},
	}, Options{})
	new = New([]Input{
		{Name: "name", Type: slot.StringType}, {Name: "owner.age", Type: slot.NumberType}, {Name: "owner.years", Type: slot.NumberType},
		{Name: "bank.rating", Type: slot.StringType}, {Name: "late", From: "overdue", Type: slot.NumberType}, {Name: "firms", Type: slot.ListOf(firm("sales", "debt"))},
	}, Options{})
	return old, new
}

func readAll(s *Schema, f Format, text string) error {
	x, err := Open(strings.NewReader(text), f, s)
	if err != nil {
		return err
	}
	frame := slot.NewFrame()
	_, err = x.Next(frame)
	return err
}

func TestWhatTheOtherSchemaKnowsIsPassedOver(t *testing.T) {
	old, new := besides()
	for _, text := range []string{
		`{"name": "Ada", "owner": {"age": 50, "years": 3}}`,
		`{"bank": {"rating": "AA"}}`,
		`{"bank.rating": "AA", "overdue": 3}`,
		`{"firms": [{"sales": 1}, {"sales": 1, "debt": 2}]}`,
	} {
		require.Error(t, readAll(old, NDJSON, text), text)
		require.NoError(t, readAll(old.Beside(new, nil), NDJSON, text), text)
	}
	header := "name,owner.years,late,bank.rating\nAda,3,4,AA\n"
	require.Error(t, readAll(old, CSV, header))
	require.NoError(t, readAll(old.Beside(new, nil), CSV, header))
}

func TestWhatNeitherSchemaKnowsIsAnError(t *testing.T) {
	old, new := besides()
	for _, text := range []string{
		`{"nmae": "Ada"}`,
		`{"owner": {"yeras": 3}}`,
		`{"firms": [{"sales": 1, "dbet": 2}]}`,
		`{"overdue": 1, "overdue": 2}`,
	} {
		require.Error(t, readAll(old.Beside(new, nil), NDJSON, text), text)
	}
	require.ErrorContains(t, readAll(old.Beside(new, nil), CSV, "name,remark\nAda,x\n"), "remark")
	require.ErrorContains(t, readAll(old.Beside(new, nil), CSV, "name,late,late\nAda,1,2\n"), "twice")
}

func TestARenamedInputIsReadUnderEitherName(t *testing.T) {
	old := New([]Input{{Name: "sales", Type: slot.NumberType, Required: true}}, Options{})
	new := New([]Input{{Name: "purchases", Type: slot.NumberType, Required: true}}, Options{})
	for _, text := range []string{`{"sales": 1}`, `{"purchases": 1}`} {
		require.NoError(t, readAll(old.Beside(new, map[string]string{"sales": "purchases"}), NDJSON, text))
		require.NoError(t, readAll(new.Beside(old, map[string]string{"purchases": "sales"}), NDJSON, text))
	}
}
