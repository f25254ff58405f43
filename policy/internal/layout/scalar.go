package layout

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tallystick-go/tallystick/policy/internal/yamldoc"
)

// inline returns the text of a scalar in one line, and whether it has one. Nothing is "".
func (f *file) inline(n *node) (text string, ok bool) {
	raw := f.source.Text()[n.From:n.To]
	switch n.Style {
	case yamldoc.Block:
		return "", false
	case yamldoc.Quoted:
		if plain(n.Text) && !strings.Contains(raw, "\n") {
			return n.Text, true
		}
	}
	return raw, !strings.Contains(raw, "\n")
}

// scalar returns the lines of a scalar; those after the first are not indented yet.
func (f *file) scalar(n *node) []string {
	if n.Style == yamldoc.Block {
		return append([]string{header(n)}, n.Lines...)
	}
	text, ok := f.inline(n)
	if n.Style == yamldoc.Plain && misread(text) {
		text = "'" + strings.ReplaceAll(text, "'", "''") + "'" // lines fold in these quotes as they do without
	}
	if !ok {
		lines := strings.Split(text, "\n")
		for i := range lines[1:] {
			lines[i+1] = strings.TrimLeft(lines[i+1], " \t")
		}
		if n.Style == yamldoc.Plain {
			for i := range lines {
				lines[i] = strings.TrimRight(lines[i], " \t")
			}
		}
		return lines
	}
	return []string{text}
}

// header returns | or > with what must follow it.
func header(n *node) string {
	h := n.Header[:1]
	for _, l := range n.Lines {
		if strings.HasPrefix(l, " ") || strings.HasPrefix(l, "\t") {
			h += "2" // the first line does not tell how deep the text is indented
			break
		}
		if l != "" {
			break
		}
	}
	switch {
	case n.Open: // the last line break, which the layout adds, is not of the text
		h += "-"
	case strings.Contains(n.Header, "+"):
		h += "+"
	case strings.Contains(n.Header, "-"):
		h += "-"
	}
	return h
}

// misread reports whether text, which stood in brackets without quotes, would be read differently outside of them.
func misread(text string) bool {
	return strings.HasSuffix(text, ":") || text == "-" || text == "?"
}

// ends reports whether text, which stood outside of brackets without quotes, would end early inside of them.
func ends(text string) bool { return strings.ContainsAny(text, ",?:[]{}") || misread(text) }

// endsDocument reports whether a key, which stood behind a question mark, would end the document at the beginning of a line.
func endsDocument(text string) bool {
	return strings.HasPrefix(text, "---") || strings.HasPrefix(text, "...")
}

// words are read as something else than a text where they have no quotes, here or by other readers of YAML.
var words = map[string]bool{
	"true": true, "false": true, "null": true, "yes": true, "no": true, "on": true, "off": true, "y": true, "n": true,
	"otherwise": true, "exact": true, "unlimited": true,
}

// plain reports whether text means the same without quotes, wherever it stands: letters, digits and harmless signs that
// begin with a letter, and nothing that is a word of YAML or of the format.
func plain(text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	if !letter(first) || strings.HasSuffix(text, " ") || words[strings.ToLower(text)] {
		return false
	}
	for _, r := range text {
		if !letter(r) && !strings.ContainsRune("0123456789 -+*/.=<>", r) {
			return false
		}
	}
	return true
}

// letter reports whether r is a letter or _, and no fullwidth form of one, which may be a slip.
func letter(r rune) bool {
	return r == '_' || unicode.IsLetter(r) && (r < '\uff00' || r > '\uffef')
}

// quoted returns text in double quotes, in one line.
func quoted(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case unicode.IsPrint(r):
			b.WriteRune(r)
		case r <= 0xff:
			fmt.Fprintf(&b, `\x%02x`, r)
		case r <= 0xffff:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			fmt.Fprintf(&b, `\U%08x`, r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
