//go:build !race

package portfolio_test

const underRace = false
