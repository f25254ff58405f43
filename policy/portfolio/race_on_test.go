//go:build race

package portfolio_test

// underRace: the race detector makes everything slower by an order of magnitude.
const underRace = true
