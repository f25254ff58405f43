package examples_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"gopkg.in/yaml.v3"
)

// rule is a row of the table in the README of a system.
type rule struct {
	what, phrase, where string
	cases               []string
}

// quotes reports whether a text has every piece of a phrase, in their order. Widths and spaces do not count.
func quotes(text, phrase string) bool {
	left := plain(text)
	for piece := range strings.SplitSeq(plain(phrase), "…") {
		_, after, found := strings.Cut(left, piece)
		if !found {
			return false
		}
		left = after
	}
	return true
}

var narrow = strings.NewReplacer("，", ",", "；", ";", "：", ":", "（", "(", "）", ")", " ", "")

func plain(s string) string { return narrow.Replace(s) }

// rulesOf returns the rows of the table in a README: the rule, its phrase, where it is carried out and by which cases it is
// shown. 同上 in place of a phrase is that of the row before.
func rulesOf(t *testing.T, folder string) (rules []rule) {
	t.Helper()
	file := read(t, filepath.Join(folder, "README.md"))
	names := casesOf(t, folder)
	inside := false
	for line := range strings.Lines(file) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), " | ")
		switch {
		case !strings.HasPrefix(line, "| "):
			inside = false
			continue
		case strings.TrimSpace(cells[0]) == "规则":
			inside = true
			continue
		case !inside || strings.HasPrefix(line, "| --"):
			continue
		}
		require.Len(t, cells, 4, line)
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		r := rule{cells[0], cells[1], cells[2], split(t, cells[3], names)}
		if r.phrase == "同上" {
			r.phrase = rules[len(rules)-1].phrase
		}
		rules = append(rules, r)
	}
	require.NotEmpty(t, rules, "%s/README.md has no table of rules", folder)
	return rules
}

// split divides a cell into the names of cases; a name may have the mark that divides them.
func split(t *testing.T, cell string, names map[string]string) (cases []string) {
	t.Helper()
	const mark = "；"
	pieces := strings.Split(cell, mark)
	for len(pieces) > 0 {
		n := len(pieces)
		for ; n > 0; n-- {
			if _, ok := names[strings.Join(pieces[:n], mark)]; ok {
				break
			}
		}
		require.NotZero(t, n, "there is no test case %q", pieces[0])
		cases = append(cases, strings.Join(pieces[:n], mark))
		pieces = pieces[n:]
	}
	return cases
}

var goTest = regexp.MustCompile(`(?m)^func (Test\w+)\(`)

// casesOf returns the test cases of a folder, by name, each with its file and line.
func casesOf(t *testing.T, folder string) map[string]string {
	t.Helper()
	cases := map[string]string{}
	const file = "policy_test.yaml"
	for _, c := range child(document(t, filepath.Join(folder, file)), "tests").Content {
		name := child(c, "name")
		require.NotContains(t, cases, name.Value, "two cases of %s have this name", folder)
		cases[name.Value] = fmt.Sprintf("%s#L%d", file, name.Line)
	}
	tests, err := filepath.Glob(filepath.Join(folder, "*_test.go"))
	require.NoError(t, err)
	for _, name := range tests {
		src := read(t, name)
		for _, m := range goTest.FindAllStringSubmatchIndex(src, -1) {
			cases[src[m[2]:m[3]]] = fmt.Sprintf("%s#L%d", filepath.Base(name), 1+strings.Count(src[:m[0]], "\n"))
		}
	}
	return cases
}

// document returns the root of a YAML file.
func document(t *testing.T, name string) *yaml.Node {
	t.Helper()
	var n yaml.Node
	require.NoError(t, yaml.Unmarshal([]byte(read(t, name)), &n), name)
	return n.Content[0]
}

// child returns the value of a key, or nil.
func child(n *yaml.Node, key string) *yaml.Node {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}

// lineOf returns the line of a path in a file: keys, ids and grades of items, or their numbers from 1, divided by dots.
func lineOf(n *yaml.Node, path string) (line int, ok bool) {
	for path != "" {
		name, rest, _ := strings.Cut(path, ".")
		next, at := (*yaml.Node)(nil), 0
		for i, item := range n.Content {
			switch {
			case n.Kind == yaml.MappingNode && i%2 == 0 && item.Value == name:
				next, at = n.Content[i+1], item.Line
			case n.Kind == yaml.SequenceNode && (called(item, name) || strconv.Itoa(i+1) == name):
				next, at = item, item.Line
			}
			if next != nil {
				break
			}
		}
		if next == nil {
			return 0, false
		}
		n, line, path = next, at, rest
	}
	return line, line > 0
}

// called reports whether an item of a list goes by a name.
func called(item *yaml.Node, name string) bool {
	for _, key := range []string{"id", "grade"} {
		if v := child(item, key); item.Kind == yaml.MappingNode && v != nil && v.Value == name {
			return true
		}
	}
	return false
}

var lineLink = regexp.MustCompile(`\[([^\]]+)\]\(([^)\s#]+\.yaml)#L\d+\)`)

// TestTheRulesOfAReadmeAreWhereItSays holds every [path](policy.yaml#L1) to the line where that path is.
func TestTheRulesOfAReadmeAreWhereItSays(t *testing.T) {
	for _, s := range systems {
		t.Run(s.folder, func(t *testing.T) {
			name := filepath.Join(s.folder, "README.md")
			was := read(t, name)
			is := lineLink.ReplaceAllStringFunc(was, func(link string) string {
				m := lineLink.FindStringSubmatch(link)
				line, ok := lineOf(document(t, filepath.Join(s.folder, m[2])), m[1])
				require.True(t, ok, "there is no %s in %s", m[1], m[2])
				return fmt.Sprintf("[%s](%s#L%d)", m[1], m[2], line)
			})
			same(t, name, is, was)
		})
	}
}

// indexBegins is the line of the index below which a test writes it.
const indexBegins = "<!-- 以下由 go test ./examples -update 写出 -->\n"

// TestTheIndexIsWhatIs holds the index to the READMEs of the systems, and to where their rules and cases are.
func TestTheIndexIsWhatIs(t *testing.T) {
	was := read(t, "README.md")
	head, _, found := strings.Cut(was, indexBegins)
	require.True(t, found)
	var out strings.Builder
	out.WriteString(head + indexBegins)
	for i, s := range systems {
		p := document(t, filepath.Join(s.folder, "policy.yaml"))
		title, _, _ := strings.Cut(strings.TrimPrefix(read(t, filepath.Join(s.folder, "README.md")), "# "), "\n")
		fmt.Fprintf(&out, "\n## %d. [%s](%s/README.md)\n\n%s\n\n", i, title, s.folder, papers(p, s.status))
		out.WriteString("| 规则 | 原文 | 执行 | 用例 |\n| --- | --- | --- | --- |\n")
		cases := casesOf(t, s.folder)
		for _, r := range rulesOf(t, s.folder) {
			var shown []string
			for _, c := range r.cases {
				shown = append(shown, fmt.Sprintf("[%s](%s/%s)", c, s.folder, cases[c]))
			}
			where := strings.ReplaceAll(r.where, "](", "]("+s.folder+"/")
			fmt.Fprintf(&out, "| %s | %s | %s | %s |\n", r.what, r.phrase, where, strings.Join(shown, "；"))
		}
	}
	same(t, "README.md", out.String(), was)
}

// papers says who issued a regulation, under which number and when.
func papers(p *yaml.Node, status []string) string {
	var parts []string
	if child(p, "number") == nil {
		parts = []string{"内部制度，没有文号"}
	}
	for _, x := range [][2]string{{"issuer", ""}, {"number", ""}, {"published", "发布 "}, {"from", "施行 "}, {"until", "止于（不含）"}} {
		from := p
		if x[0] == "from" || x[0] == "until" {
			if from = child(p, "effective"); from == nil {
				continue
			}
		}
		if v := child(from, x[0]); v != nil {
			parts = append(parts, x[1]+v.Value)
		}
	}
	return strings.Join(append(parts, status...), "，") + "。"
}

// same holds a file to what it should be, or writes it with -update.
func same(t *testing.T, name, is, was string) {
	t.Helper()
	if *update {
		require.NoError(t, os.WriteFile(name, []byte(is), 0o644))
		return
	}
	require.Equal(t, is, was, "run go test ./examples -update and look at the difference")
}
