package display

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestThousands(t *testing.T) {
	for _, c := range [][2]string{
		{"0", "0"}, {"999", "999"}, {"1000", "1,000"}, {"-1000", "-1,000"}, {"-100", "-100"}, {"1234567.8901", "1,234,567.8901"},
		{"100.12345", "100.12345"}, {"12345678", "12,345,678"}, {"", ""}, {"-", "-"}, {"unlimited", "unlimited"}, {"10000/3", "10000/3"}, {"1000e5", "1000e5"},
	} {
		assert.Equal(t, c[1], Thousands(c[0]))
	}
}
