// Package paper has tests only: policies drafted at random, each worked out twice. Once by the engine, from the text; and once
// by a clerk, from the rules that the format states, on [math/big.Rat], one figure after the other and without a thought for
// speed. The two share no code, and must agree on every figure.
package paper
