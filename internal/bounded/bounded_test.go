package bounded_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/tallystick-go/tallystick/internal/bounded"
)

// caught is a test that is expected to fail.
type caught struct {
	testing.TB
	failed bool
}

func (c *caught) Helper()               {}
func (c *caught) Fatalf(string, ...any) { c.failed = true }

var kept []byte

func TestMemoryIsBounded(t *testing.T) {
	for size, failed := range map[int]bool{1 << 20: false, 60 << 20: false, 65 << 20: true} {
		c := &caught{TB: t}
		bounded.Run(c, func() { kept = make([]byte, size) })
		assert.Equal(t, failed, c.failed, size)
	}
	kept = nil
}
