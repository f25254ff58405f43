// Package bounded holds what is done with hostile input to what is promised of it, in tests: a second, and 64 MiB.
package bounded

import (
	"runtime/metrics"
	"testing"
	"time"
)

const (
	maxTime   = time.Second
	maxMemory = 64 << 20
)

// Run fails t where f allocates more than 64 MiB, or takes more than a second three times running: on a machine that has
// other work to do, once means nothing.
func Run(t testing.TB, f func()) {
	t.Helper()
	const tries = 3
	for range tries {
		before, begun := allocated(), time.Now()
		f()
		took, used := time.Since(begun), allocated()-before
		if used > maxMemory {
			t.Fatalf("it allocates %d MiB", used>>20)
		}
		if took <= maxTime {
			return
		}
	}
	t.Fatalf("it takes more than %s", maxTime)
}

// allocated returns how many bytes have been allocated so far.
func allocated() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
