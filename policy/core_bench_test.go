package policy

import (
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/slot"
)

// BenchmarkDecideSlots is deciding alone: the inputs are in their slots already.
func BenchmarkDecideSlots(b *testing.B) {
	p, err := LoadFile("testdata/bench/policy.yaml")
	require.NoError(b, err)
	var frames [][]slot.Value
	var d Decision
	o := AsOf(NewDate(2024, 6, 30))
	for _, file := range []string{"records.json", "edges.json"} {
		src, err := os.ReadFile(filepath.Join("testdata/bench", file))
		require.NoError(b, err)
		var records []Record
		require.NoError(b, json.Unmarshal(src, &records))
		for _, r := range records {
			require.NoError(b, p.begin(&d, &o))
			require.NoError(b, p.read(&d, r))
			frames = append(frames, append([]slot.Value(nil), d.state.Frame.Slots[:len(p.program.Inputs)]...))
		}
	}
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(frames), func(i, j int) { frames[i], frames[j] = frames[j], frames[i] })
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		_ = p.begin(&d, &o)
		copy(d.state.Frame.Slots, frames[i])
		if err := p.finish(&d); err != nil {
			b.Fatal(err)
		}
		if i++; i == len(frames) {
			i = 0
		}
	}
}
