package yamldoc

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/tallystick-go/tallystick/internal/doc"
)

// errMore is that something follows what yaml.v3 takes for the whole document.
var errMore = errors.New("yaml: more follows the end of the document")

// readYAML returns the root of the only document in text. With first, whatever follows it is ignored: it has been refused
// already.
func readYAML(text string, first bool) (root *yaml.Node, err error) {
	defer func() {
		if p := recover(); p != nil { // yaml.v3 gives up on some inputs so
			root, err = nil, fmt.Errorf("yaml: %v", p)
		}
	}()
	d := yaml.NewDecoder(strings.NewReader(text))
	var document, next yaml.Node
	if err := d.Decode(&document); err != nil {
		return nil, err
	}
	if !first {
		if err := d.Decode(&next); err != io.EOF {
			return nil, errMore
		}
	}
	if document.Kind != yaml.DocumentNode || len(document.Content) != 1 {
		return nil, errors.New("yaml: no document")
	}
	return document.Content[0], nil
}

// yamlMessage is the form of yaml.v3's errors.
var yamlMessage = regexp.MustCompile(`(?s)^yaml: (?:line (\d+): )?(.*)$`)

// explanations say in plain language what yaml.v3 means. They are for what the scan did not see, so they say little of
// the cause.
var explanations = []struct{ part, message, hint string }{
	{"mapping values are not allowed", "a colon stands where no key can be", "if it belongs to a text, put that in quotes"},
	{"could not find expected ':'", "a key is needed here, but no `: ` follows", "write a colon and a space behind the key"},
	{"block sequence entries are not allowed", "a list cannot begin here", "begin it in a line of its own"},
	{"did not find expected key", "the keys of this map do not stand in one column, or something stands between them",
		"give all keys of a map the same indentation"},
	{"did not find expected '-' indicator", "something in this list does not begin with `- `", "begin each item with `- `, in one column"},
	{"did not find expected ',' or", "a comma or the closing bracket is missing", "if a text holds commas, colons or brackets, put it in quotes"},
	{"did not find expected node content", "a value is missing", "write it, or leave out what stands around it"},
	{"cannot start any token", "a value cannot begin with this character", "put the value in quotes"},
	{"more follows the end", "something follows the end of the document", "check the indentation of what follows the first value"},
}

// parserError begins the errors that yaml.v3 gives one line too early.
const parserError = "did not find expected"

// explain turns an error of yaml.v3 into a fault. Its line is that of yaml.v3, which often is where the map or list at
// fault begins.
func explain(err error, source *Source) doc.Fault {
	line, text := 1, err.Error()
	if m := yamlMessage.FindStringSubmatch(text); m != nil {
		text = m[2]
		if n, err := strconv.Atoi(m[1]); err == nil {
			line = n
			if strings.HasPrefix(text, parserError) {
				line++
			}
		}
	}
	line = min(max(line, 1), len(source.lines))
	begin, end := source.lines[line-1], source.lineEnd(line-1)
	written := strings.TrimLeft(source.text[begin:end], " \t")
	p := doc.Place{Line: line, Col: end - begin - len(written) + 1, Width: utf8.RuneCountInString(restOfLine(written, 0))}
	for _, e := range explanations {
		if strings.Contains(text, e.part) {
			return doc.Errorf(p, "yaml-syntax", "%s", e.message).WithHint("%s", e.hint)
		}
	}
	return doc.Errorf(p, "yaml-syntax", "this is not YAML: %s", text).
		WithHint("check the indentation, and put texts with special characters in quotes")
}
