package main

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// Every engine must carry out the same policy: what an engine gets wrong is wrong at a threshold only, by the arithmetic.
func TestEveryEngineIsRightAboutCustomersAwayFromThresholds(t *testing.T) {
	all, want, edge, err := customers(dataDir)
	require.NoError(t, err)
	require.Len(t, all, 1402)
	for _, make := range makers {
		e, err := make(all)
		require.NoError(t, err)
		t.Run(e.name, func(t *testing.T) {
			for i, w := range want {
				if edge[i] {
					continue
				}
				require.NoError(t, e.run(i))
				got := e.answer()
				require.Equal(t, answer{w.Admitted, w.Grade, w.Limit}, got, "%s", all[i]["name"])
			}
		})
	}
}

func TestTallystickIsRightAboutEveryCustomer(t *testing.T) {
	all, want, _, err := customers(dataDir)
	require.NoError(t, err)
	for _, make := range []maker{tallystickBound, tallystickMap} {
		e, err := make(all)
		require.NoError(t, err)
		grades, limits, err := wrong(e, want)
		require.NoError(t, err)
		require.Zero(t, grades, e.name)
		require.Zero(t, limits, e.name)
	}
}

// The customers at thresholds are there to be got wrong: floats do.
func TestFloatsGetThresholdsWrong(t *testing.T) {
	all, want, _, err := customers(dataDir)
	require.NoError(t, err)
	e, err := handFloat(all)
	require.NoError(t, err)
	grades, _, err := wrong(e, want)
	require.NoError(t, err)
	require.NotZero(t, grades)
}
