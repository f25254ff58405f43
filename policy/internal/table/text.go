package table

import (
	"strconv"
	"strings"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
)

// Words are those that a condition is written with.
type Words struct {
	Is, IsNot, Or, Comma             string
	Anything, Text, Missing, Nothing string
	More                             string // how many values are not named: a number comes before it
	False, True                      string
}

var (
	// English is for findings, and for explanations in English.
	English = &Words{
		Is: " is ", IsNot: " is not ", Or: " or ", Comma: ", ", Anything: "anything", Text: "any text", Missing: "missing",
		Nothing: "nothing", More: " more", False: "false", True: "true",
	}
	// Chinese is for explanations in Chinese.
	Chinese = &Words{
		Is: "为", IsNot: "不为", Or: "或", Comma: "、", Anything: "任意值", Text: "任意文本", Missing: "缺失",
		Nothing: "空", More: "个其他值", False: "否", True: "是",
	}
)

// Text says what the set accepts of the column, as a condition: "100 <= risk < 120", "class is A or B".
func (c *Column) Text(s *Set) string { return c.TextIn(s, English) }

// TextIn is Text in other words.
func (c *Column) TextIn(s *Set, w *Words) string {
	var parts []string
	if s.Kind == slot.String {
		parts = c.textOfTexts(s, w)
	} else if names := c.names(w); names != nil {
		parts = c.textOfNames(names, s, w)
	} else {
		parts = c.textOfSpans(s.Spans, w)
	}
	if s.Missing == Accepted {
		parts = append(parts, c.Name+w.Is+w.Missing)
	}
	if len(parts) == 0 {
		return c.Name + w.Is + w.Nothing
	}
	return strings.Join(parts, w.Or)
}

func (c *Column) textOfTexts(s *Set, w *Words) []string {
	switch {
	case s.Except && len(s.Texts) == 0:
		return []string{c.Name + w.Is + w.Text}
	case s.Except:
		return []string{c.Name + w.IsNot + w.list(s.Texts)}
	case len(s.Texts) == 0:
		return nil
	}
	return []string{c.Name + w.Is + w.list(s.Texts)}
}

// textOfSpans gathers the single values behind one "is".
func (c *Column) textOfSpans(spans []Span, w *Words) (parts []string) {
	var points []string
	for i := range spans {
		if s := &spans[i]; s.IsPoint() {
			points = append(points, c.show(s.Low))
		} else {
			parts = append(parts, c.textOfSpan(s, w))
		}
	}
	if len(points) > 0 {
		parts = append([]string{c.Name + w.Is + w.list(points)}, parts...)
	}
	return parts
}

func (c *Column) textOfSpan(s *Span, w *Words) string {
	if s.NoLow && s.NoHigh {
		return c.Name + w.Is + w.Anything
	}
	const strict, loose = " < ", " <= "
	op := func(open bool) string {
		if open {
			return strict
		}
		return loose
	}
	switch {
	case s.NoHigh:
		return c.Name + strings.ReplaceAll(op(s.LowOpen), "<", ">") + c.show(s.Low)
	case s.NoLow:
		return c.Name + op(s.HighOpen) + c.show(s.High)
	}
	return c.show(s.Low) + op(s.LowOpen) + c.Name + op(s.HighOpen) + c.show(s.High)
}

// textOfNames says which of the values there are, for a column that has only a few.
func (c *Column) textOfNames(names []string, s *Set, w *Words) []string {
	var in []string
	for i := range names {
		if s.Holds(exact.Int(int64(i))) {
			in = append(in, names[i])
		}
	}
	switch len(in) {
	case 0:
		return nil
	case len(names):
		return []string{c.Name + w.Is + w.Anything}
	}
	return []string{c.Name + w.Is + w.list(in)}
}

// names returns the values of a column of truth values or grades, by the number that spans hold them by.
func (c *Column) names(w *Words) []string {
	switch c.Type.Kind {
	case slot.Bool:
		return []string{w.False, w.True}
	case slot.Grade:
		return c.Grades
	}
	return nil
}

// show writes a value as a policy has it, by the number that spans hold it by.
func (c *Column) show(x exact.Number) string {
	i, _ := x.Int64()
	switch names := c.names(English); {
	case c.Type.Kind == slot.Date:
		return slot.Day(i).String()
	case i >= 0 && i < int64(len(names)):
		return names[i]
	}
	return x.String()
}

// maxListed is how many values a message names.
const maxListed = 8

// list joins values: "A, B or C".
func (w *Words) list(values []string) string {
	if len(values) > maxListed {
		more := len(values) - maxListed
		values = append(values[:maxListed:maxListed], strconv.Itoa(more)+w.More)
	}
	if len(values) == 1 {
		return values[0]
	}
	last := len(values) - 1
	return strings.Join(values[:last], w.Comma) + w.Or + values[last]
}
