package layout

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/bounded"
	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/policy/internal/yamldoc"
)

// formatted returns src in its layout, which is its layout too.
func formatted(t testing.TB, src string) string {
	t.Helper()
	out, faults, err := Format([]byte(src))
	require.NoError(t, err, "%q", src)
	require.Empty(t, faults, "%q", src)
	again, faults, err := Format(out)
	require.NoError(t, err, "%q", out)
	require.Empty(t, faults, "%q", out)
	require.Equal(t, string(out), string(again), "the layout of %q", src)
	return string(out)
}

func TestTheLayout(t *testing.T) {
	for _, c := range []struct{ why, src, want string }{
		{"sections stand in the order in which a customer passes through them", `
scoring:
  indicators: []
# whom we take
admission: []

version: "1"
policy: p
`, `
policy: p

version: "1"
# whom we take
admission: []

scoring:
  indicators: []
`},
		{"an unknown section stays with the one before it", "inputs: {}\nodd: 1\nversion: 1\n", "version: 1\ninputs: {}\nodd: 1\n"},
		{"the id of an item stands first", "admission:\n  - {require: a, id: x}\n  - require: b\n    id: y\n", "admission:\n  - {id: x, require: a}\n  - id: y\n    require: b\n"},
		{"also in an approval's segments and in grade rules", "grade:\n  rules:\n    - {when: a, id: x}\ncredit:\n  segments:\n    - limit:\n        - {set: 1, id: base}\n      id: s\n",
			"grade:\n  rules:\n    - {id: x, when: a}\ncredit:\n  segments:\n    - id: s\n      limit:\n        - {id: base, set: 1}\n"},
		{"an input that is called id is no identifier", "values:\n  v:\n    rows:\n      - {when: a, id: 5, is: 1}\n", "values:\n  v:\n    rows:\n      - {when: a, id: 5, is: 1}\n"},
		{"test files have an order too", "tests:\n  - expect: {grade: A}\n    name: one\n    given: {list: [{b: 1, name: x}]}\nas_of: 2024-06-30\npolicy: p.yaml\n",
			"policy: p.yaml\nas_of: 2024-06-30\n\ntests:\n  - name: one\n    expect: {grade: A}\n    given: {list: [{b: 1, name: x}]}\n"},
		{"maps and lists are indented by two", "a:\n      b:\n      - c\n      -   d: 1\n          e: 2\n      - - f\n        - g\n", "a:\n  b:\n    - c\n    - d: 1\n      e: 2\n    - - f\n      - g\n"},
		{"numbers stay as they are written", "a: [1_000, 0.50, 1e3,  010]\n", "a: [1_000, 0.50, 1e3, 010]\n"},
		{"needless quotes go", "a: \"客户\"\nb: 'x > 1'\n'c': \"d e\"\n", "a: 客户\nb: x > 1\nc: d e\n"},
		{"brackets and fullwidth signs keep them", "{a: \"f(x\", b: \"y)\", c: '（x）', d: 'Ａ'}\n", "{a: \"f(x\", b: \"y)\", c: '（x）', d: 'Ａ'}\n"},
		{"needed ones stay", "a: \"2024.1\"\nb: 'yes'\nc: \"2024-01-01\"\nd: 'a: b'\ne: \"x #y\"\nf: 'null'\ng: ''\nh: ' x'\ni: \"'A'\"\nj: 'otherwise'\n",
			"a: \"2024.1\"\nb: 'yes'\nc: \"2024-01-01\"\nd: 'a: b'\ne: \"x #y\"\nf: 'null'\ng: ''\nh: ' x'\ni: \"'A'\"\nj: 'otherwise'\n"},
		{"what is short and in brackets becomes one line", "a: {b: 1,\n  c: [2,\n 3]\n  }\n", "a: {b: 1, c: [2, 3]}\n"},
		{"what is long gets lines of its own", "a: {b: " + strings.Repeat("x", 60) + ", c: " + strings.Repeat("客", 30) + ", d: [1, 2]}\n",
			"a:\n  b: " + strings.Repeat("x", 60) + "\n  c: " + strings.Repeat("客", 30) + "\n  d: [1, 2]\n"},
		{"what fits exactly stays in its line", "a: [" + strings.Repeat("x", 115) + "]\n", "a: [" + strings.Repeat("x", 115) + "]\n"},
		{"and one more column is too much", "a: [" + strings.Repeat("x", 116) + "]\n", "a:\n  - " + strings.Repeat("x", 116) + "\n"},
		{"a row of a table may be longer", "a:\n  - {b: " + strings.Repeat("x", 120) + "}\n", "a:\n  - {b: " + strings.Repeat("x", 120) + "}\n"},
		{"a file in JSON is laid out like any other", `{"policy": "p", "version": "1", "inputs": {"` + strings.Repeat("x", 90) + `": {"type": "number"}}}`,
			"policy: p\nversion: \"1\"\ninputs: {" + strings.Repeat("x", 90) + ": {type: number}}\n"},
		{"rows are aligned where one was", "a:\n  - {min: 1_000,  points: 20}\n  - {min: 5, points: 8}\n  - {points: 1}\n", "a:\n  - {min: 1_000, points: 20}\n  - {min: 5,     points: 8}\n  - {points: 1}\n"},
		{"and left alone where none was", "a:\n  - {min: 1_000, points: 20}\n  - {min: 5, points: 8}\n", "a:\n  - {min: 1_000, points: 20}\n  - {min: 5, points: 8}\n"},
		{"columns count Chinese characters twice", "a:\n  - {by: 部门,  up_to: 1}\n  - {by: sales, up_to: 2}\n", "a:\n  - {by: 部门,  up_to: 1}\n  - {by: sales, up_to: 2}\n"},
		{"other keys begin other columns", "a:\n  - {id: a,  when: x, at_most: C}\n  - {id: bcd, when: x and y, notches: 1, reason: r}\n  - {id: e, grade: C, reason: s}\n",
			"a:\n  - {id: a,   when: x,       at_most: C}\n  - {id: bcd, when: x and y, notches: 1, reason: r}\n  - {id: e,   grade: C, reason: s}\n"},
		{"what stands out is not aligned", "a:\n  - {id: a,  when: x, points: 1}\n  - {id: b, when: x and " + strings.Repeat("y", 30) + ", points: 2}\n  - {id: c, when: xyz, points: 3}\n",
			"a:\n  - {id: a, when: x,   points: 1}\n  - {id: b, when: x and " + strings.Repeat("y", 30) + ", points: 2}\n  - {id: c, when: xyz, points: 3}\n"},
		{"a blank line begins another table", "a:\n  - {id: abc,  x: 1}\n\n  - {id: b,  x: 2}\n  - {id: cd, x: 1}\n", "a:\n  - {id: abc, x: 1}\n\n  - {id: b,  x: 2}\n  - {id: cd, x: 1}\n"},
		{"values are aligned where one was", "a:\n  one:    1\n  three: {type: number}\n  five: |\n    x\n  six:   6\n  ten: 7\n", "a:\n  one:   1\n  three: {type: number}\n  five: |\n    x\n  six: 6\n  ten: 7\n"},
		{"one blank line is enough", "\n\na: 1\n\n\n\nb:\n\n  c: 2\n\n\n", "a: 1\n\nb:\n  c: 2\n"},
		{"block texts are indented with what they belong to", "a:\n      b: |\n             x\n               y\n\n             z\n      c: >-\n       f\n       g\n", "a:\n  b: |\n    x\n      y\n\n    z\n  c: >-\n    f\n    g\n"},
		{"a block text that begins with blanks says so", "a: |4-\n      x\n    y\n", "a: |2-\n    x\n  y\n"},
		{"the lines at the end of a block text are kept where they are of it", "a: |+\n  x\n\n\nb: |\n  y\n\n\nc: 1\n", "a: |+\n  x\n\n\nb: |\n  y\n\nc: 1\n"},
		{"a block text without a line end does not get one", "a: |\n  x", "a: |-\n  x\n"},
		{"texts of several lines stay so", "a: x and\n        y\n\n        z\nb: \"p\n   q\" # c\n", "a: x and\n  y\n\n  z\nb: \"p\n  q\" # c\n"},
		{"keys can be lists", "a:\n  ? [b,  c]\n  : 1\n  [d]: 2\n", "a:\n  [b, c]: 1\n  [d]: 2\n"},
		{"a pair in a list is a map", "a: [b: 1]\n", "a: [{b: 1}]\n"},
		{"nothing stays nothing", "a:\nb: ~\nc:\n  -\n  - null\nd: {e, f: }\ng: {h}\n", "a:\nb: ~\nc:\n  -\n  - null\nd: {e, f}\ng: {h}\n"},
		{"lines end in LF", "a: 1\r\nb: |\r\n  x\r\n  y\r\n", "a: 1\nb: |\n  x\n  y\n"},
		{"the marks of a document go", "\ufeff--- # c\na: 1\n...\n# d\n", "# c\na: 1\n# d\n"},
		{"what ends in a colon keeps its meaning outside of brackets", "a: [x:, -, # c\n y]\n", "a:\n  - 'x:'\n  - '-' # c\n  - y\n"},
		{"and so does a line of it", "a: [{b: it's\n x:, c: y} # c\n  ]\n", "a:\n  # c\n  - b: 'it''s\n      x:'\n    c: y\n"},
		{"a key in a block needs no quotes either", "? >-\n C\n: 1\n? |\n D: E\n: 2\n", "C: 1\n\"D: E\\n\": 2\n"},
		{"a list as a key moves into brackets", "? - a\n  - b, c\n  - d[1]\n  - -?\n  - 5\n  - :e\n: 1\n", "[a, \"b, c\", \"d[1]\", \"-?\", 5, \":e\"]: 1\n"},
		{"and so does the value of a pair without braces", "- [a: c:, # x\n   k]\n", "- - a: 'c:' # x\n  - k\n"},
		{"a comment behind an open bracket stands above it", "a: # c]\n  x [y\nb: # c\n  x [y\n", "# c]\na: x [y\nb: x [y # c\n"},
		{"what ends a document keeps its meaning at the beginning of a line", "a: 1\n? --- b\n: 2\n? ...\n: 3\n", "a: 1\n\"--- b\": 2\n\"...\": 3\n"},
	} {
		assert.Equal(t, strings.TrimPrefix(c.want, "\n"), formatted(t, strings.TrimPrefix(c.src, "\n")), c.why)
	}
}

func TestCommentsStayWhereTheyAre(t *testing.T) {
	for _, c := range []struct{ why, src, want string }{
		{"in their column", "a: 1         # one\nlong: 2      # two\n", "a: 1         # one\nlong: 2      # two\n"},
		{"alone, as far behind the value as they were", "a:\n        - x # one\n        - 'long enough' # two\n", "a:\n  - x # one\n  - long enough # two\n"},
		{"each by itself where they do not stand in one column", "a: 1      # one\nb: {c: 1,d: 2,e: 3} # two\nf: 1      # three\n", "a: 1      # one\nb: {c: 1, d: 2, e: 3} # two\nf: 1      # three\n"},
		{"in another column where there is no room", "a: {b: 1,c: 2} # one\nd: 1           # two\n", "a: {b: 1, c: 2}  # one\nd: 1             # two\n"},
		{"behind a key", "a:   # one\n  b: 1\n", "a:   # one\n  b: 1\n"},
		{"above a key", "a:\n    # one\n\n    # two\n    b: 1\n", "a:\n  # one\n\n  # two\n  b: 1\n"},
		{"less indented than the key", "a:\n# one\n  b: 1\n", "a:\n  # one\n  b: 1\n"},
		{"between a key and its value", "a: # one\n  x # two\nb:\n  # three\n  y\n", "# two\na: x # one\n# three\nb: y\n"},
		{"between items", "a:\n  - 1\n  # one\n  - 2 # two\n  # three\nb: 1\n", "a:\n  - 1\n  # one\n  - 2 # two\n  # three\nb: 1\n"},
		{"between items in the column of the key", "a:\n- 1\n# one\n- 2\n# two\nb: 1\n", "a:\n  - 1\n  # one\n  - 2\n# two\nb: 1\n"},
		{"behind a dash", "a:\n  - # one\n    b: 1\n  -\n    # two\n    c: 2\n", "a:\n  # one\n  - b: 1\n  # two\n  - c: 2\n"},
		{"inside of two dashes", "- - # one\n    # two\n    a: 1\n", "# one\n# two\n- - a: 1\n"},
		{"where a map ends", "a:\n  b:\n    c: 1\n    # one\n  # two\n# three\nd: 1\n", "a:\n  b:\n    c: 1\n    # one\n  # two\n# three\nd: 1\n"},
		{"in their order where they are indented again", "a:\n  b:\n    c: 1\n  # one\n    # two\nd: 1\n", "a:\n  b:\n    c: 1\n  # one\n  # two\nd: 1\n"},
		{"deeper than anything", "a: 1\n      # one\nb: 2\n", "a: 1\n  # one\nb: 2\n"},
		{"at the end", "a: 1\n\n# one\n  # two", "a: 1\n\n# one\n# two\n"},
		{"at the end of what is indented", "a:\n  - 1\n  # one\n", "a:\n  - 1\n  # one\n"},
		{"at the top", "# one\n\n# two\nversion: 1\n# three\npolicy: p\n", "# one\n\n# three\npolicy: p\n# two\nversion: 1\n"},
		{"behind what is in brackets", "a: {b: 1} # one\nc:\n  - [1, 2]   # two\n", "a: {b: 1} # one\nc:\n  - [1, 2]   # two\n"},
		{"in brackets of several lines", "a: [ # one\n  # two\n  1, # three\n  2 # four\n  # five\n  , 3 # six\n  # seven\n] # eight\nb: 1\n",
			"# eight\na: # one\n  # two\n  - 1 # three\n  - 2 # four\n  # five\n  - 3 # six\n  # seven\nb: 1\n"},
		{"in a map of several lines in a list", "- {a: 1, # one\n   # two\n   b: 2} # three\n", "# three\n- a: 1 # one\n  # two\n  b: 2\n"},
		{"in empty brackets", "a: [ # one\n  # two\n ]\n", "a: [] # one\n  # two\n"},
		{"in a row, which is no row then", "a:\n  - {b: 1}\n  - {b: 2, # one\n     c: 3}\n", "a:\n  - {b: 1}\n  - b: 2 # one\n    c: 3\n"},
		{"behind the sign of a block text", "a: | # one\n    x # no comment\n  # two\nb: 1\n", "a: | # one\n  x # no comment\n# two\nb: 1\n"},
		{"behind a key of nothing", "a: # one\n# two\nb:\n  - # three\n  - 1\n", "a: # one\n# two\nb:\n  - # three\n  - 1\n"},
		{"around an explicit key", "# one\n? a # two\n# three\n: b # four\n", "# one\n# three\n# four\na: b # two\n"},
		{"about a file of nothing else but brackets", "# one\n{a: 1} # two\n# three\n", "# one\na: 1 # two\n# three\n"},
	} {
		got := formatted(t, c.src)
		assert.Equal(t, c.want, got, c.why)
	}
}

func TestAFileWithFaultsOfNotationIsRefused(t *testing.T) {
	out, faults, err := Format([]byte("a: [1\nb: 2\n"))
	require.NoError(t, err)
	require.Nil(t, out)
	require.NotEmpty(t, faults)
}

func TestATextAloneIsLeftAlone(t *testing.T) {
	require.Equal(t, "only\n  words\n", formatted(t, "only\r\n  words\n"))
}

// files returns every file of the repository that can be read as YAML.
func files(t testing.TB) (out []string) {
	t.Helper()
	require.NoError(t, filepath.WalkDir("../../..", func(name string, _ os.DirEntry, err error) error {
		if err != nil || filepath.Ext(name) != ".yaml" {
			return err
		}
		src, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if _, faults := yamldoc.Parse(src); len(faults) == 0 {
			out = append(out, string(src))
		}
		return nil
	}))
	require.Greater(t, len(out), 30)
	return out
}

// said returns what a file says, its sections sorted.
func said(t testing.TB, src string) string {
	t.Helper()
	root, faults := yamldoc.Parse([]byte(src))
	require.Empty(t, faults)
	var sections []string
	for _, p := range root.Pairs {
		sections = append(sections, p.Key.Text+": "+spoken(p.Value))
	}
	slices.Sort(sections)
	return strings.Join(sections, "\n") + spoken(root)[:1]
}

// spoken returns what n says, the identifier of an item first.
func spoken(n *doc.Node) string {
	var parts []string
	switch n.Kind {
	case doc.Scalar:
		return fmt.Sprintf("%q", n.Text)
	case doc.Map:
		for _, p := range n.Pairs {
			part := spoken(p.Key) + ": " + spoken(p.Value)
			if slices.Contains([]string{"id", "name", "code"}, p.Key.Text) {
				parts = append([]string{part}, parts...)
			} else {
				parts = append(parts, part)
			}
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case doc.Seq:
		for _, item := range n.Items {
			parts = append(parts, spoken(item))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	return "-"
}

func TestEveryFileSaysTheSameInItsLayout(t *testing.T) {
	for _, src := range files(t) {
		require.Equal(t, said(t, src), said(t, formatted(t, src)))
	}
}

// Comments and blank lines strewn over a file, wherever they do not change what it says, are all there afterwards.
func TestNoCommentIsLost(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	for _, src := range files(t) {
		if len(src) > 6000 {
			continue
		}
		lines := strings.Split(strings.TrimSuffix(src, "\n"), "\n")
		want := said(t, src)
		for range 15 {
			changed := slices.Clone(lines)
			i := r.IntN(len(lines))
			comment := fmt.Sprintf("# strewn %d", r.IntN(1000))
			switch r.IntN(4) {
			case 0:
				changed[i] += "  " + comment
			case 1:
				changed = slices.Insert(changed, i, strings.Repeat(" ", r.IntN(9))+comment)
			case 2:
				changed = slices.Insert(changed, i, "", comment, "")
			case 3: // break a line in brackets
				if j := strings.LastIndex(changed[i], ", "); j > 0 {
					changed[i] = changed[i][:j+1] + " " + comment + "\n" + strings.Repeat(" ", 12) + changed[i][j+1:]
				}
			}
			text := strings.Join(changed, "\n") + "\n"
			if root, faults := yamldoc.Parse([]byte(text)); len(faults) > 0 || root.Kind != doc.Map || said(t, text) != want {
				continue // it stood inside of a text
			}
			lines = strings.Split(strings.TrimSuffix(text, "\n"), "\n")
		}
		text := strings.Join(lines, "\n") + "\n"
		got := formatted(t, text)
		require.Equal(t, want, said(t, got))
		require.Equal(t, strings.Count(text, "# strewn "), strings.Count(got, "# strewn "))
	}
}

func FuzzFormat(f *testing.F) {
	for _, src := range files(f) {
		if len(src) < 3000 {
			f.Add([]byte(src))
		}
	}
	for _, s := range []string{
		"a: # c\n  # d\n  - b # e\n  # f\n# g\nc: [1, # h\n 2 # i\n # j\n ] # k\n", "- # a\n  # b\n  - c: |+ # d\n     x\n\n  # e\n",
		"? a\n: b\n? [c, d]\n: {e, f: }\n", "x: \"a\n  b\" # c\ny: >2-\n    a\n   b", "a: |\n\n\n  x\n \n\nb: |+\n\n\n", "{a: [b: 1, {c}], 'd': \"\\x41\"}",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		bounded.Run(t, func() { _, _, _ = Format(src) })
		if _, faults, err := Format(src); err == nil && len(faults) > 0 {
			return
		}
		formatted(t, string(src))
	})
}

// pieces are lines out of which files are put together, most of them odd.
var pieces = []string{
	"a: 1", "b:", "- x", "-", "- - y", "- c: 2", "# k", "", "? e", "? [f, g]", ": h", "d: |", "d: |+", "d: >-", "d: |2", "text text", "[1, 2,", "{p: 1, q: [2]}",
	"r: {s: 't', # u", "v: \"w", "x\"", "]", "}", "- {a: 1,  b: 2}", "- {a: 111,  b: 2}", "k:   v # z", "'q': \"it''s\"", "- ~", "m: [", "n: {", "---", "...",
	"long: [" + strings.Repeat("a", 40) + ", " + strings.Repeat("b", 40) + ", '" + strings.Repeat("c", 40) + "']", "id: 5", "policy: p", "scoring:", "inputs: # q", " ",
	"\t# tab", "- |", "- >+ # c", "a: [b: 1, -, x:]", "y: 'p", "  q'", "zz: 3      # r", "tests:", "- name: n",
}

func TestOddFilesAreLaidOutOnceForAll(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 9))
	read := 0
	for range 15_000 {
		var b strings.Builder
		indent := 0
		for range 1 + r.IntN(12) {
			if r.IntN(3) == 0 {
				indent = r.IntN(4)
			}
			b.WriteString(strings.Repeat(" ", indent) + pieces[r.IntN(len(pieces))] + "\n")
			if r.IntN(4) == 0 {
				indent += 2
			}
		}
		src := b.String()
		if r.IntN(5) == 0 {
			src = strings.TrimSuffix(src, "\n")
		}
		if root, faults := yamldoc.Parse([]byte(src)); len(faults) == 0 && root.Kind != doc.Scalar {
			read++
			formatted(t, src)
		}
	}
	require.Greater(t, read, 500)
}
