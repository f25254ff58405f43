package slot

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestDayHints(t *testing.T) {
	for text, want := range map[string]string{
		"2024/6/30":                     "write 2024-06-30",
		"2024-6-30":                     "write 2024-06-30",
		"2024-6-3":                      "write 2024-06-03",
		"24-06":                         writeDay,
		"2024.06.30":                    "write 2024-06-30",
		"2024年6月30日":                    "write 2024-06-30",
		"20240630":                      "write 2024-06-30",
		" 2024-06-30 ":                  "write 2024-06-30",
		"30.6.2024":                     "write 2024-06-30",
		"30/06/2024":                    "write 2024-06-30",
		"06/30/2024":                    "write 2024-06-30",
		"06/07/2024":                    "write the year first, then month and day, as in 2024-06-30",
		"2024-06-30 00:00:00":           "leave out what follows the day: 2024-06-30",
		"2024-06-30T00:00:00Z":          "leave out what follows the day: 2024-06-30",
		"2024/6/30 12:00":               "write 2024-06-30",
		"2024-02-30":                    "there is no day 30 in February 2024",
		"2023-02-29":                    "there is no day 29 in February 2023",
		"2024-04-31":                    "there is no day 31 in April 2024",
		"2024-13-01":                    writeDay,
		"0000-00-00":                    "leave it out where there is no date",
		"45473":                         "if it is a spreadsheet's day number, give the column a date format: 2024-06-30",
		"24-06-30":                      writeDay,
		"June 30":                       writeDay,
		"永久":                            writeDay,
		" ":                             "leave it out where there is no date",
		"99999999999999999999-1-1-2024": writeDay,
	} {
		assert.Equal(t, want, DayHint(text), text)
		_, err := ParseDay(text)
		assert.ErrorContains(t, err, want, text)
	}
}
