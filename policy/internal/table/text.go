package table

import (
	"strconv"
	"strings"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
)

// Text says what the set accepts of the column, as a condition: "100 <= risk < 120", "class is A or B".
func (c *Column) Text(s *Set) string {
	var parts []string
	if s.Kind == slot.String {
		parts = c.textOfTexts(s)
	} else if names := c.names(); names != nil {
		parts = c.textOfNames(names, s)
	} else {
		parts = c.textOfSpans(s.Spans)
	}
	if s.Missing == Accepted {
		parts = append(parts, c.Name+" is missing")
	}
	if len(parts) == 0 {
		return c.Name + " is nothing"
	}
	return strings.Join(parts, " or ")
}

func (c *Column) textOfTexts(s *Set) []string {
	switch {
	case s.Except && len(s.Texts) == 0:
		return []string{c.Name + " is any text"}
	case s.Except:
		return []string{c.Name + " is not " + list(s.Texts)}
	case len(s.Texts) == 0:
		return nil
	}
	return []string{c.Name + " is " + list(s.Texts)}
}

// textOfSpans gathers the single values behind one "is".
func (c *Column) textOfSpans(spans []Span) (parts []string) {
	var points []string
	for i := range spans {
		if s := &spans[i]; s.IsPoint() {
			points = append(points, c.show(s.Low))
		} else {
			parts = append(parts, c.textOfSpan(s))
		}
	}
	if len(points) > 0 {
		parts = append([]string{c.Name + " is " + list(points)}, parts...)
	}
	return parts
}

func (c *Column) textOfSpan(s *Span) string {
	if s.NoLow && s.NoHigh {
		return c.Name + " is anything"
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
func (c *Column) textOfNames(names []string, s *Set) []string {
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
		return []string{c.Name + " is anything"}
	}
	return []string{c.Name + " is " + list(in)}
}

// names returns the values of a column of truth values or grades, by the number that spans hold them by.
func (c *Column) names() []string {
	switch c.Type.Kind {
	case slot.Bool:
		return []string{"false", "true"}
	case slot.Grade:
		return c.Grades
	}
	return nil
}

// show writes a value as a policy has it, by the number that spans hold it by.
func (c *Column) show(x exact.Number) string {
	i, _ := x.Int64()
	switch names := c.names(); {
	case c.Type.Kind == slot.Date:
		return slot.Day(i).String()
	case i >= 0 && i < int64(len(names)):
		return names[i]
	}
	return x.String()
}

// maxListed is how many values a message names.
const maxListed = 8

// list joins words: "A, B or C".
func list(words []string) string {
	if len(words) > maxListed {
		more := len(words) - maxListed
		words = append(words[:maxListed:maxListed], strconv.Itoa(more)+" more")
	}
	if len(words) == 1 {
		return words[0]
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " or " + words[last]
}
