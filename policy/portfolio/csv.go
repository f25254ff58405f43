package portfolio

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tallystick-go/tallystick/policy"
)

// column is what the table and the CSV show of a decision.
type column struct {
	name  string
	right bool
	cell  func(d *policy.Decision) string
}

// columnsOf returns the columns that make sense for p.
func columnsOf(p *policy.Policy) []column {
	cs := []column{
		{"customer", false, (*policy.Decision).Customer},
		{"outcome", false, func(d *policy.Decision) string { return d.Outcome().String() }},
	}
	if p.HasScore() {
		cs = append(cs, column{"score", true, (*policy.Decision).ScoreText})
	}
	if len(p.Grades()) > 0 {
		cs = append(cs, column{"grade", false, (*policy.Decision).Grade})
	}
	if p.HasLimit() {
		cs = append(cs,
			column{"limit", true, (*policy.Decision).LimitText},
			column{"available", true, (*policy.Decision).AvailableText},
			column{"approval", false, (*policy.Decision).Approval})
	}
	return append(cs,
		column{"valid_until", false, func(d *policy.Decision) string {
			if day, ok := d.ValidUntil(); ok {
				return day.String()
			}
			return ""
		}},
		column{"reasons", false, reasons},
		column{"missing", false, func(d *policy.Decision) string { return strings.Join(d.Missing(), ", ") }})
}

// reasons returns the reasons of a decision in one cell.
func reasons(d *policy.Decision) string {
	var texts []string
	for _, r := range d.Reasons() {
		text := r.Text
		if len(r.Missing) > 0 {
			text += " (? " + strings.Join(r.Missing, ", ") + ")"
		}
		texts = append(texts, text)
	}
	return strings.Join(texts, "; ")
}

// csvEncoder writes a row a customer under a header, as RFC 4180 has it, with a line feed at the end of each.
type csvEncoder struct{ columns []column }

func newCSVEncoder(p *policy.Policy) *csvEncoder { return &csvEncoder{columnsOf(p)} }

func (e *csvEncoder) customer(dst []byte, n, line int, d *policy.Decision, bad error) []byte {
	if n == 0 {
		dst = e.header(dst)
	}
	dst = strconv.AppendInt(dst, int64(line), 10)
	for i := range e.columns {
		dst = append(dst, ',')
		if bad == nil {
			dst = appendCell(dst, e.columns[i].cell(d))
		}
	}
	dst = append(dst, ',')
	if bad != nil {
		dst = appendCell(dst, bad.Error())
	}
	return append(dst, '\n')
}

func (e *csvEncoder) end(dst []byte, n int) []byte {
	if n == 0 {
		return e.header(dst)
	}
	return dst
}

func (e *csvEncoder) header(dst []byte) []byte {
	dst = append(dst, "line"...)
	for i := range e.columns {
		dst = appendCell(append(dst, ','), e.columns[i].name)
	}
	return append(dst, ",error\n"...)
}

// appendCell appends a cell, in quotes where it needs them, which is where encoding/csv puts them.
func appendCell(dst []byte, s string) []byte {
	first, _ := utf8.DecodeRuneInString(s)
	if s != `\.` && !strings.ContainsAny(s, "\",\r\n") && (s == "" || !unicode.IsSpace(first)) {
		return append(dst, s...)
	}
	dst = append(dst, '"')
	for {
		before, after, quote := strings.Cut(s, `"`)
		dst = append(dst, before...)
		if !quote {
			return append(dst, '"')
		}
		dst = append(dst, `""`...)
		s = after
	}
}
