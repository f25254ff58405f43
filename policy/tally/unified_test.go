package tally

import (
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestADifferenceShowsThreeLinesAround(t *testing.T) {
	before := "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl\nm\nn\n"
	after := strings.Replace(strings.Replace(before, "e\n", "E\nE\n", 1), "m\n", "", 1)
	require.Equal(t, `--- p.yaml
+++ p.yaml (canonical layout)
@@ -2,7 +2,8 @@
 b
 c
 d
-e
+E
+E
 f
 g
 h
@@ -10,5 +11,4 @@
 j
 k
 l
-m
 n
`, unified("p.yaml", before, after))
}

func TestALineEndThatGoesCanBeSeen(t *testing.T) {
	require.Contains(t, unified("p.yaml", "a\r\n", "a\n"), "-a\\r\n+a\n")
}

// What a difference says is what makes one text of the other, whatever they are.
func TestADifferenceMakesOneTextOfTheOther(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	text := func() (lines []string) {
		for range r.IntN(12) {
			lines = append(lines, strconv.Itoa(r.IntN(5)))
		}
		return lines
	}
	for range 3000 {
		a, b := text(), text()
		var before, after []string
		for _, e := range edits(a, b) {
			if e.sign != '+' {
				before = append(before, e.text)
			}
			if e.sign != '-' {
				after = append(after, e.text)
			}
		}
		require.Equal(t, a, before)
		require.Equal(t, b, after)
	}
}
