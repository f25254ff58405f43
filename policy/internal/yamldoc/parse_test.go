package yamldoc

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/bounded"
	"github.com/tallystick-go/tallystick/internal/doc"
)

// shape writes a tree in one line: "quoted", 'plain', null, {key: value} and [item].
func shape(n *doc.Node) string {
	switch n.Kind {
	case doc.Scalar:
		if n.Quoted {
			return fmt.Sprintf("%q", n.Text)
		}
		return "'" + n.Text + "'"
	case doc.Seq:
		parts := make([]string, len(n.Items))
		for i, item := range n.Items {
			parts[i] = shape(item)
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case doc.Map:
		parts := make([]string, len(n.Pairs))
		for i, p := range n.Pairs {
			parts[i] = shape(p.Key) + ": " + shape(p.Value)
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	return "null"
}

func TestTextsStayAsTheyAreWritten(t *testing.T) {
	for _, text := range []string{
		"010", "0o17", "09", "0x1F", "yes", "no", "on", "off", "y", "N", "true", "False", "2024-01-02", "2024-01-02T03:04:05Z",
		"1_000", "1e400", "1.50", "+1", ".5", "5.", ".inf", ".nan", "-0", "12:30:45", "=", "<<", "a#b", "a:b", "http://x/y?z=1",
		"10_000_000.000", "not blacklisted", "licence_expires >= as_of", "采购额 / 12", "nul", "~a",
	} {
		n, faults := Parse([]byte("k: " + text + "\n"))
		require.Empty(t, faults, text)
		assert.Equal(t, doc.Scalar, n.Get("k").Kind, text)
		assert.Equal(t, text, n.Get("k").Text)
		assert.False(t, n.Get("k").Quoted, text)
	}
}

func TestTrees(t *testing.T) {
	for _, c := range []struct{ why, src, want string }{
		{"nothing, in its notations", "a:\nb: ~\nc: null\nd: Null\ne: NULL\nf: {g: , h}\ni:\n-\n- j\n",
			"{'a': null, 'b': null, 'c': null, 'd': null, 'e': null, 'f': {'g': null, 'h': null}, 'i': [null, 'j']}"},
		{"in quotes, nothing is a text", "a: ''\nb: \"~\"\nc: 'null'\n", `{'a': "", 'b': "~", 'c': "null"}`},
		{"quotes and blocks", "a: 'it''s'\nb: \"x\\ty\"\nc: |\n  d\n  e\nf: >-\n  g\n  h\n\n  i\n",
			`{'a': "it's", 'b': "x\ty", 'c': "d\ne\n", 'f': "g h\ni"}`},
		{"a text in several lines", "a: b\n  c\n\n  d\ne: f\n", "{'a': 'b c\nd', 'e': 'f'}"},
		{"a list of keys", "categories: {矿业: 5, [冶金, '电力']: 4, otherwise: 0}\n",
			`{'categories': {'矿业': '5', ['冶金', "电力"]: '4', 'otherwise': '0'}}`},
		{"numbers as keys stay texts", "{0: 0, 0.2: 10, 0.20: 11, 1: x}\n", "{'0': '0', '0.2': '10', '0.20': '11', '1': 'x'}"},
		{"keys in quotes", "'a b': 1\n\"<<\": 2\n'~': 3\n", `{"a b": '1', "<<": '2', "~": '3'}`},
		{"the same text in different maps", "- {a: 1}\n- {a: 2}\n", "[{'a': '1'}, {'a': '2'}]"},
		{"a list in the column of its key", "a:\n- b\n- c: d\n  e: f\n", "{'a': ['b', {'c': 'd', 'e': 'f'}]}"},
		{"empty collections", "a: []\nb: {}\n", "{'a': [], 'b': {}}"},
		{"a pair in a list", "[a: b, c]\n", "[{'a': 'b'}, 'c']"},
		{"marks around the document", "--- # x\na: 1\n...\n# y\n", "{'a': '1'}"},
		{"one value", "text", "'text'"},
		{"a byte order mark", "\ufeffa: b\n", "{'a': 'b'}"},
		{"CR LF", "a: |\r\n  b\r\n  c\r\nd: e\r\n", `{'a': "b\nc\n", 'd': 'e'}`},
		{"parentheses over commas that are in balance", "[a (b), c (d)]\n", "['a (b)', 'c (d)']"},
		{"brackets in front of a comment that are in balance", "a: b (c) # d)\n", "{'a': 'b (c)'}"},
		{"a bracket in front of a comment that closes none", "a: b (c # d\n", "{'a': 'b (c'}"},
	} {
		n, faults := Parse([]byte(c.src))
		assert.Empty(t, faults, c.why)
		if assert.NotNil(t, n, c.why) {
			assert.Equal(t, c.want, shape(n), c.why)
		}
	}
}

func TestPlacesOfNodes(t *testing.T) {
	src := strings.Join([]string{
		/*  1 */ "policy: customer   # a comment",
		/*  2 */ `title: {zh: 客户管理办法, en: "Customer\tmeasures"}`,
		/*  3 */ "'quoted key' : ~",
		/*  4 */ "empty:",
		/*  5 */ "list:",
		/*  6 */ "  - \U0001f600",
		/*  7 */ "  - {a: [中文, b],",
		/*  8 */ "     c: }",
		/*  9 */ "text: one",
		/* 10 */ "  two",
		/* 11 */ "block: >-   # folded",
		/* 12 */ "  three",
		/* 13 */ "[冶金, 电力]: 4",
	}, "\n")
	root, faults := Parse([]byte("\ufeff" + src))
	require.Empty(t, faults)
	place := func(line, col, width int) doc.Place { return doc.Place{Line: line, Col: col, Width: width} }
	list := root.Get("list")
	flow := list.Items[1]
	for _, c := range []struct {
		why  string
		n    *doc.Node
		want doc.Place
	}{
		{"a map has the place of its first key", root, place(1, 1, 6)},
		{"a key", root.Pairs[0].Key, place(1, 1, 6)},
		{"a plain text", root.Get("policy"), place(1, 9, 8)},
		{"a map in brackets", root.Get("title"), place(2, 8, 38)},
		{"a key in brackets", root.Get("title").Pairs[1].Key, place(2, 21, 2)},
		{"Chinese characters count one", root.Get("title").Get("zh"), place(2, 13, 6)},
		{"and move what follows by one each", root.Get("title").Get("en"), place(2, 25, 20)},
		{"a key in quotes has them", root.Pairs[2].Key, place(3, 1, 12)},
		{"nothing, written", root.Get("quoted key"), place(3, 16, 1)},
		{"nothing, not written", root.Get("empty"), place(4, 7, 0)},
		{"a list has the place of its first dash", list, place(6, 3, 1)},
		{"an emoji counts one", list.Items[0], place(6, 5, 1)},
		{"brackets over several lines", flow, place(7, 5, 1)},
		{"a list in brackets", flow.Get("a"), place(7, 9, 7)},
		{"behind Chinese characters", flow.Get("a").Items[1], place(7, 14, 1)},
		{"nothing in brackets", flow.Get("c"), place(8, 9, 0)},
		{"a text in several lines", root.Get("text"), place(9, 7, 3)},
		{"a block has the place of its header", root.Get("block"), place(11, 8, 2)},
		{"a list as a key", root.Pairs[7].Key, place(13, 1, 8)},
	} {
		assert.Equal(t, c.want, c.n.Place, c.why)
		assert.Same(t, root.Source, c.n.Source, c.why)
	}
	crlf, faults := Parse([]byte(strings.ReplaceAll(src, "\n", "\r\n")))
	require.Empty(t, faults)
	assert.Equal(t, placesOf(root), placesOf(crlf), "CR LF changes no place")
}

// The last line of a file may lack its line break, and the value that is not there still has a place in it.
func TestThePlaceOfNothingAtTheEnd(t *testing.T) {
	for src, want := range map[string]doc.Place{
		"a:":                {Line: 1, Col: 3},
		"a: 1\nb:":          {Line: 2, Col: 3},
		"a: 1\n? b":         {Line: 2, Col: 4},
		"a:\n  b: |\n  ? c": {Line: 3, Col: 6},
	} {
		root, _ := Parse([]byte(src))
		require.NotNil(t, root, src)
		places := placesOf(root)
		assert.Equal(t, want, places[len(places)-1], src)
	}
}

func placesOf(n *doc.Node) (out []doc.Place) {
	out = append(out, n.Place)
	for _, item := range n.Items {
		out = append(out, placesOf(item)...)
	}
	for _, p := range n.Pairs {
		out = append(append(out, placesOf(p.Key)...), placesOf(p.Value)...)
	}
	return out
}

func TestLinesAreShownInTheirColumns(t *testing.T) {
	s := NewSource([]byte("\ufeffone\r\ntwo\x1b[31m\tand\u202emore\rthree\xff\xfe\n\nfive"))
	for n, want := range []string{"", "one", "two\ufffd[31m\tand\ufffdmore", "three\ufffd\ufffd", "", "five", ""} {
		assert.Equal(t, want, s.Line(n), "line %d", n)
	}
	assert.Equal(t, "", s.Line(-1))
	assert.Equal(t, "", (*Source)(nil).Line(1))
	assert.Equal(t, "", NewSource(nil).Line(1))
}

func TestTheFormatsExamplesAreRead(t *testing.T) {
	src, err := os.ReadFile("testdata/customer-management.yaml")
	require.NoError(t, err)
	root, faults := Parse(src)
	require.Empty(t, faults)
	for _, n := range scalars(root) {
		everyCharacter(t, string(src), n)
	}
}

func TestDepth(t *testing.T) {
	for why, c := range map[string]struct {
		open, end string
	}{
		"brackets":          {"[", "]"},
		"braces":            {"{a: ", "}"},
		"dashes":            {"- ", ""},
		"pairs in brackets": {"[a: ", "]"},
	} {
		levels := MaxDepth
		if strings.HasPrefix(why, "pairs") {
			levels /= 2 // a list and a map each
		}
		ok := strings.Repeat(c.open, levels) + "x" + strings.Repeat(c.end, levels)
		n, faults := Parse([]byte(ok))
		assert.Empty(t, faults, why)
		assert.NotNil(t, n, why)
		_, faults = Parse([]byte(c.open + ok + c.end))
		if assert.NotEmpty(t, faults, why) {
			assert.Equal(t, "too-deep", faults[0].Code, why)
			assert.Equal(t, 1, faults[0].Place.Line)
		}
	}
	var stairs strings.Builder
	for i := range MaxDepth + 1 {
		stairs.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	n, faults := Parse([]byte(stairs.String()))
	assert.Nil(t, n)
	require.Len(t, faults, 1)
	assert.Equal(t, "too-deep", faults[0].Code)
	assert.Equal(t, MaxDepth+1, faults[0].Place.Line)

	text := strings.Repeat("[", 1000)
	n, faults = Parse([]byte("a: '" + text + "' # " + text + "\nb: x" + text + "\nc: |\n  " + text + "\n"))
	assert.Empty(t, faults, "brackets in a text are no depth")
	assert.NotNil(t, n)
}

func FuzzParse(f *testing.F) {
	for _, s := range samples {
		f.Add([]byte(s))
	}
	f.Add([]byte("\xff\xfea\x00"))
	f.Add([]byte("a: \xb0\xa1"))
	f.Add([]byte("a: \x00"))
	f.Fuzz(func(t *testing.T, src []byte) {
		bounded.Run(t, func() { Parse(src) })
		n, faults := Parse(src)
		if n == nil && len(faults) == 0 {
			t.Fatal("there is no tree, and no reason")
		}
		source := NewSource(src)
		for i, fault := range faults {
			p := fault.Place
			if p.Line < 1 || p.Line > len(source.lines) || p.Col < 1 || p.Col > len([]rune(source.Line(p.Line)))+1 {
				t.Fatalf("%+v is not in the file", fault)
			}
			if p.Col-1+p.Width > len([]rune(source.Line(p.Line)))+1 {
				t.Fatalf("%+v is longer than its line", fault)
			}
			if i > 0 && p.Before(faults[i-1].Place) {
				t.Fatalf("%+v stands behind %+v", fault, faults[i-1])
			}
			if fault.Code == "" || fault.Message == "" || fault.Hint == "" && fault.Severity == doc.Error {
				t.Fatalf("%+v has no remedy", fault)
			}
		}
		if n != nil {
			shape(n)
		}
	})
}
