package doc

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestPeriodsAreWholeDaysMonthsOrYears(t *testing.T) {
	for text, want := range map[string]Period{
		"12 months": {Months: 12}, "1 month": {Months: 1}, "1 year": {Months: 12}, "2 years": {Months: 24}, "90 days": {Days: 90}, "1 day": {Days: 1},
		"100 years": {Months: 1200},
	} {
		var d Decoder
		var p Period
		d.Decode(&Node{Kind: Scalar, Text: text}, &p)
		assert.Empty(t, d.Faults, text)
		assert.Equal(t, want, p, text)
		assert.False(t, p.IsZero())
	}
	for _, text := range []string{"", "12", "months", "0 months", "-1 months", "1.5 years", "12 Months", "101 years", "12  months", "12 months ", "1 week", "99999999999999999999 days"} {
		var d Decoder
		var p Period
		d.Decode(&Node{Kind: Scalar, Text: text}, &p)
		assert.Len(t, d.Faults, 1, text)
		assert.True(t, p.IsZero(), text)
	}
	var d Decoder
	d.Decode(&Node{Kind: Map}, new(Period))
	assert.Len(t, d.Faults, 1)
}

func TestAPeriodIsWrittenAsItIsRead(t *testing.T) {
	for want, p := range map[string]Period{"12 months": {Months: 12}, "1 month": {Months: 1}, "1 day": {Days: 1}, "90 days": {Days: 90}, "1 month and 2 days": {Months: 1, Days: 2}} {
		assert.Equal(t, want, p.String())
	}
}
