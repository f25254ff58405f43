package record

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/tallystick-go/tallystick/internal/slot"
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
		assert.Equal(t, want, dayHint(text), text)
		_, ok := parseDay(text)
		assert.False(t, ok, text)
	}
}

func TestParseDayAgreesWithTheCalendar(t *testing.T) {
	end := time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)
	for day := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC); !day.After(end); day = day.AddDate(0, 0, 1) {
		got, ok := parseDay(day.Format(time.DateOnly))
		if want := slot.DayOf(day); !ok || got != want {
			t.Fatalf("%s: got %d, want %d", day, got, want)
		}
	}
	for _, bad := range []string{"", "0000-01-01", "2024-00-01", "2024-01-00", "2024-01-32", "2024-1-001", "2024-01-1x", "２024-01-1", "1900-02-29", "x024-01-01", "2024-1x-01", "2024-01-1:", "+024-01-01", "2024_01_01"} {
		_, ok := parseDay([]byte(bad))
		assert.False(t, ok, bad)
		_, err := slot.ParseDay(bad)
		assert.Error(t, err, bad)
	}
}
