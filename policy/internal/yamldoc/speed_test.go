package yamldoc

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

// bulk is how large these files are, in bytes. It is a quarter of MaxSize, which the race detector can bear, and enough
// for quadratic work to take minutes.
const bulk = MaxSize / 4

// fill repeats part.
func fill(part string) string { return strings.Repeat(part, bulk/len(part)) }

// numbered is a map of many keys, all different.
func numbered(entry string, size int) string {
	var b strings.Builder
	for i := 0; b.Len() < size; i++ {
		b.WriteString(strings.ReplaceAll(entry, "N", base26(i)))
	}
	return b.String()
}

func base26(n int) string {
	s := string(rune('a' + n%26))
	for n /= 26; n > 0; n /= 26 {
		s += string(rune('a' + n%26))
	}
	return s
}

// TestFilesMadeToBeSlowAreQuick reads large files of much the same.
func TestFilesMadeToBeSlowAreQuick(t *testing.T) {
	for why, src := range map[string]string{
		"brackets":                 fill("["),
		"braces in brackets":       fill("[{"),
		"closed brackets":          fill("[]"),
		"brackets with spaces":     fill("[ \n"),
		"dashes":                   fill("- "),
		"question marks":           fill("? "),
		"keys without end":         fill("a: "),
		"commas":                   fill(","),
		"a list in brackets":       "[" + fill("a,") + "]",
		"an open list":             "[" + fill("a,"),
		"a map in braces":          "{" + numbered("N: 1,", bulk) + "}",
		"keys":                     numbered("N: 1\n", bulk),
		"keys with CR LF":          numbered("N: 中文 # 注释\r\n", bulk),
		"policy":                   numbered("N:\n  - {id: N, of: 'a + b', bands: [{min: 1, points: 2}, {points: 3}]}\n", bulk),
		"the same key":             fill("a: 1\n"),
		"the same key in brackets": "{" + fill("a: 1,") + "}",
		"empty keys":               fill(": 1\n"),
		"list keys":                numbered("[N, b]: 1\n", bulk),
		"a word":                   fill("a"),
		"words":                    "a: " + fill("b "),
		"words in lines":           "a: " + fill("b\n  "),
		"words and blank lines":    "a: b" + fill("\n") + " c",
		"single quotes":            "a: '" + fill("''") + "'",
		"open quotes":              fill("'"),
		"double quotes":            "a: \"" + fill(`\u4e2d`) + "\"",
		"bad escapes":              "a: \"" + fill(`\q`) + "\"",
		"literal":                  "a: |\n" + fill("  b\n"),
		"folded":                   "a: >\n" + fill("  b\n"),
		"folded, more indented":    "a: >\n" + fill("  b\n\n    c\n"),
		"comments":                 fill("# a\n"),
		"comments in columns":      "a:\n- b\n" + fill("# a\n # b\n  # c\n"),
		"comments behind depth":    strings.Repeat("- ", 60) + "a\n" + fill("# a\n"),
		"comments behind values":   fill("- a # b\n"),
		"comments in brackets":     "[" + fill("a, # b\n") + "]",
		"cut by comments":          fill("- (a #)\n"),
		"cut by commas":            "[" + fill("(a,b),") + "]",
		"spaces":                   fill(" "),
		"empty lines":              fill("\n"),
		"returns":                  fill("\r"),
		"tabs":                     fill("\t"),
		"tabs in lines":            fill("\ta\n"),
		"aliases":                  fill("- *a\n"),
		"anchors":                  fill("- &a b\n"),
		"tags":                     fill("- !a b\n"),
		"tags in a line":           "[" + fill("!a b,") + "]",
		"merge keys":               fill("<<: {}\n"),
		"documents":                fill("---\n"),
		"ends":                     fill("...\n"),
		"directives":               fill("%a\n"),
		"colons":                   fill("a: b: c\n"),
		"colons in a line":         fill("a: "),
		"colons in a map":          "{" + fill("a: b: "),
		"missing colons":           "a: 1\n" + fill("b\n"),
		"junk behind quotes":       fill("- 'a' b\n"),
		"quotes in a line":         fill("'a' "),
		"staircases":               fill("a:\n  b:\n c: 1\n"),
		"bad bytes":                fill("\xff"),
		"bad characters":           fill("\x01"),
		"bad characters in lines":  fill("\x01\n"),
		"zero":                     fill("\x00"),
		"emoji":                    "- " + fill("\U0001f600"),
		"steps": func() string {
			var b strings.Builder
			for i := 0; b.Len() < bulk; i++ {
				b.WriteString(strings.Repeat(" ", i) + "a:\n")
			}
			return b.String()
		}(),
	} {
		start := time.Now()
		_, faults := Parse([]byte(src))
		took := time.Since(start)
		assert.Less(t, took, 20*time.Second, why) // a tenth of a second where nothing else runs
		assert.LessOrEqual(t, len(faults), maxFaults+1, why)
		if testing.Verbose() {
			t.Logf("%8.1f ms  %3d faults  %s", float64(took.Microseconds())/1000, len(faults), why)
		}
	}
}

func BenchmarkParse(b *testing.B) {
	src := []byte(numbered("N:\n  - {id: N, of: 'a + b', bands: [{min: 1, points: 2}, {points: 3}]}\n", MaxSize-256))
	b.SetBytes(int64(len(src)))
	b.ReportAllocs()
	for b.Loop() {
		if _, faults := Parse(src); len(faults) > 0 {
			b.Fatal(faults)
		}
	}
}
