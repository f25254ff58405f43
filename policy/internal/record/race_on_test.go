//go:build race

package record

// underRace: the race detector makes sync.Pool forget at random, so that nothing can be said of allocations.
const underRace = true
