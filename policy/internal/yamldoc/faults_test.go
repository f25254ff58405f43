package yamldoc

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/policy/internal/display"
)

var update = flag.Bool("update", false, "write the golden files")

// rendered writes faults as a person sees them.
func rendered(src []byte, faults []doc.Fault) string {
	var b strings.Builder
	source := NewSource(src)
	for _, f := range faults {
		line := source.Line(f.Place.Line)
		fmt.Fprintf(&b, "%d:%d: %s: %s [%s]\n", f.Place.Line, f.Place.Col, f.Severity, f.Message, f.Code)
		fmt.Fprintf(&b, "  | %s\n  | %s\n", line, display.Caret(line, f.Place.Col, f.Place.Width))
		fmt.Fprintf(&b, "  = %s\n", f.Hint)
		for _, r := range f.Related {
			fmt.Fprintf(&b, "  = %d:%d: %s\n", r.Place.Line, r.Place.Col, r.Message)
		}
	}
	return b.String()
}

// TestMessages compares what is said of each file in testdata/faults with the golden file beside it.
func TestMessages(t *testing.T) {
	files, err := filepath.Glob("testdata/faults/*.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, name := range files {
		src, err := os.ReadFile(name)
		require.NoError(t, err)
		_, faults := Parse(src)
		got := rendered(src, faults)
		golden := strings.TrimSuffix(name, ".yaml") + ".out"
		if *update {
			require.NoError(t, os.WriteFile(golden, []byte(got), 0o644))
		}
		want, err := os.ReadFile(golden)
		require.NoError(t, err)
		assert.Equal(t, string(want), got, name)
		assert.NotEmpty(t, got, name)
	}
}

func TestBytesThatAreNoText(t *testing.T) {
	place := func(line, col int) doc.Place { return doc.Place{Line: line, Col: col, Width: 1} }
	for _, c := range []struct {
		why, src, code string
		place          doc.Place
	}{
		{"no byte", "", "empty-file", top},
		{"only white space", " \n\n", "empty-file", top},
		{"only a mark", "---\n...\n", "empty-file", top},
		{"only nothing", "~\n", "empty-file", top},
		{"only a byte order mark", "\ufeff", "empty-file", top},
		{"too many bytes", strings.Repeat("#", MaxSize+1), "too-large", top},
		{"UTF-16, little end first", "\xff\xfea\x00", "not-utf8", top},
		{"UTF-16, big end first", "\xfe\xff\x00a", "not-utf8", top},
		{"UTF-16 without a mark", "a\x00:\x00", "not-utf8", top},
		{"UTF-16 without a mark, big end first", "\x00a\x00:", "not-utf8", top},
		{"UTF-32", "\x00\x00\xfe\xff", "not-utf8", top},
		{"GBK", "a: b\n标题: \xbf\xcd\xbb\xa7\n", "not-utf8", place(2, 5)},
		{"a character cut off", "a: \xe4\xb8", "not-utf8", place(1, 4)},
		{"half of a surrogate pair", "a: \xed\xa0\x80", "not-utf8", place(1, 4)},
		{"NUL", "a: b\n中文: \x00x\n", "bad-character", place(2, 5)},
		{"NUL behind something else", "a: '\u200b\x00", "bad-character", place(1, 5)},
		{"escape", "a: \x1b[31m\n", "bad-character", place(1, 4)},
		{"delete", "a: \x7f\n", "bad-character", place(1, 4)},
		{"next line", "a: b\u0085\n", "bad-character", place(1, 5)},
		{"line separator", "a: b\u2028c\n", "bad-character", place(1, 5)},
		{"byte order mark inside", "a: b\n\ufeffc: d\n", "bad-character", place(2, 1)},
		{"a space of no width", "a: b\u200b\n", "bad-character", place(1, 5)},
		{"text turned around", "a: \u202eb\n", "bad-character", place(1, 4)},
		{"behind a byte order mark and CR LF", "\ufeffa: b\r\nc: \x01\r\n", "bad-character", place(2, 4)},
		{"behind CR", "a: b\rc: \x01\r", "bad-character", place(2, 4)},
	} {
		_, faults := Parse([]byte(c.src))
		if assert.Len(t, faults, 1, c.why) {
			assert.Equal(t, c.code, faults[0].Code, c.why)
			assert.Equal(t, c.place, faults[0].Place, c.why)
			assert.NotEmpty(t, faults[0].Hint, c.why)
		}
	}
	for _, escape := range []string{`\0`, `\e`, `\x7F`, `\u200B`, `\u202E`, `\uFEFF`} {
		_, faults := Parse([]byte(`a: "` + escape + "\"\n"))
		assert.Empty(t, faults, "a text may hold %s when it is written so", escape)
	}
}

func TestCharactersThatPeopleCannotSeeAreNamed(t *testing.T) {
	for what, runes := range map[string][]rune{
		"a NUL character":                                       {0},
		"an invisible control character":                        {1, 8, 0xb, 0xc, 0xe, 0x1f, 0x7f, 0x80, 0x84, 0x86, 0x9f, 0xfffe, 0xffff},
		"an invisible line separator":                           {0x85, 0x2028, 0x2029},
		"an invisible space of no width":                        {0x200b, 0x2060},
		"a byte order mark inside the file":                     {0xfeff},
		"an invisible mark that turns the direction of writing": {0x202a, 0x202c, 0x202e, 0x2066, 0x2067, 0x2069},
	} {
		for _, r := range runes {
			_, faults := Parse([]byte("text: a" + string(r) + "b\n"))
			if assert.Len(t, faults, 1, "%U", r) {
				assert.Equal(t, fmt.Sprintf("%s (U+%04X) stands here", what, r), faults[0].Message)
			}
		}
	}
	for _, r := range []rune{'\t', ' ', '~', 0xa0, 0xff, 0x200a, 0x200c, 0x200d, 0x2027, 0x202f, 0x205f, 0x2061, 0x2065, 0x206a, 0xfffd, 0x10000} {
		_, faults := Parse([]byte("text: a" + string(r) + "b\n"))
		assert.Empty(t, faults, "%U", r)
	}
}

func TestARefusedCharacterDoesNotHideOtherFaults(t *testing.T) {
	n, faults := Parse([]byte("a: b\u200b\na: c\n"))
	require.Len(t, faults, 2)
	assert.Equal(t, "bad-character", faults[0].Code)
	assert.Equal(t, "duplicate-key", faults[1].Code)
	assert.NotNil(t, n)
}

func TestWhatIsRefusedIsLeftOutOfTheTree(t *testing.T) {
	n, faults := Parse([]byte("a: !x\nb: !y z\nc: !!str 5\nd: &e f\ng: *e\n<<: {h: i}\nj: k\nj: l\n~: m\n[n, [o]]: 1\n[]: 2\n{p: q}: 3\n"))
	require.NotNil(t, n)
	assert.Equal(t, "{'a': null, 'b': null, 'c': '5', 'd': 'f', 'g': null, 'j': 'k'}", shape(n))
	codes := make([]string, len(faults))
	for i, f := range faults {
		codes[i] = f.Code
	}
	assert.Equal(t, []string{"yaml-tag", "yaml-tag", "yaml-tag", "yaml-anchor", "yaml-alias", "yaml-merge", "duplicate-key", "bad-key", "bad-key", "bad-key", "bad-key"}, codes)
}

func TestTheFaultsShownAreLimited(t *testing.T) {
	_, faults := Parse([]byte(strings.Repeat("a: 1\n", 1001)))
	require.Len(t, faults, maxFaults+1)
	last := faults[maxFaults]
	assert.Equal(t, doc.Note, last.Severity)
	assert.Equal(t, "there are 900 more faults of notation than are shown", last.Message)
}
