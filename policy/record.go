package policy

import (
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/record"
)

// Record is a customer's record by the names of the policy's inputs. Values may be integers, decimal.Decimal, decimal
// text ("0.42") or json.Number for numbers, bool, string, time.Time or "2024-06-30" for dates, slices, maps, and pointers
// to these; nil is missing. A float64 is refused, see AllowFloats.
//
// Decoding JSON into a Record keeps the text of numbers, so that they stay exact, and refuses duplicate keys, which
// decoding into a map[string]any does not.
type Record = record.Record

// ParseRecord reads a Record from a JSON object.
func ParseRecord(json []byte) (Record, error) { return record.ParseRecord(json) }

// InputError is a fault of one field of a record: it names the field and says what to do. Decide returns all faults of
// a record at once as InputErrors; errors.As finds the first.
type InputError = record.Error

// InputErrors are all the faults of a record.
type InputErrors = record.Errors

// Date is a calendar day without a time or zone.
type Date = slot.Day

// ParseDate reads a date written as 2024-06-30.
func ParseDate(s string) (Date, error) { return slot.ParseDay(s) }
