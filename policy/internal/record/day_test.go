package record

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/tallystick-go/tallystick/internal/slot"
)

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
