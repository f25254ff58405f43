package policy

import (
	"bytes"
	"strconv"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/record"
)

// AppendRecord appends the record that was decided as a JSON object: every input that is there by its name, in the order of
// the policy's file, numbers as strings that keep every digit, without what the policy does not know. Whatever it was read
// from, a struct, a CSV file or JSON, the same values give the same bytes. Decided by the same policy on the same day, they
// make the same decision.
//
// The error is an *InputError where a number has no text that can be read again: a *big.Rat of 1/3, a decimal.Decimal of
// over 64 digits.
func (d *Decision) AppendRecord(dst []byte) ([]byte, error) {
	if !d.decided {
		return append(dst, "null"...), nil
	}
	w := recordWriter{out: append(dst, '{')}
	for i := range d.policy.program.Inputs {
		in, v := &d.policy.program.Inputs[i], &d.whole().Frame.Slots[i]
		if v.Kind == slot.Missing {
			continue
		}
		w.input = in.Name
		w.key(in.Name)
		w.value(v, in.Type)
	}
	w.out = append(w.out, '}')
	if w.err != nil {
		return dst, w.err
	}
	return w.out, nil
}

// recordWriter writes the values of inputs as JSON that reads back as the same values.
type recordWriter struct {
	out   []byte
	input string // the input being written
	err   error
}

// comma writes a comma unless something has just been opened.
func (w *recordWriter) comma() {
	if c := w.out[len(w.out)-1]; c != '{' && c != '[' {
		w.out = append(w.out, ',')
	}
}

func (w *recordWriter) key(name string) {
	w.comma()
	w.out = append(AppendJSONString(w.out, name), ':')
}

func (w *recordWriter) value(v *slot.Value, t *slot.Type) {
	switch v.Kind {
	case slot.Number:
		w.number(v.Num)
	case slot.List:
		w.out = append(w.out, '[')
		for i := range v.List {
			w.comma()
			w.value(&v.List[i], t.Elem)
		}
		w.out = append(w.out, ']')
	case slot.Record:
		w.out = append(w.out, '{')
		for i := range v.List {
			if v.List[i].Kind != slot.Missing {
				w.key(t.Fields[i].Name)
				w.value(&v.List[i], t.Fields[i].Type)
			}
		}
		w.out = append(w.out, '}')
	default:
		w.out = appendValue(w.out, v)
	}
}

// number writes n with all its digits, with an exponent where they are too many to be read.
func (w *recordWriter) number(n exact.Number) {
	var buffer [exact.MaxText]byte
	places, ends := n.Places()
	text := buffer[:0]
	if ends {
		text = n.AppendFixed(text, places)
	}
	if len(text) > exact.MaxText {
		text = withExponent(text, places)
	}
	if back, err := exact.ParseBytes(text); err != nil || !back.Equal(n) {
		if w.err == nil {
			w.err = &InputError{
				Field: w.input, Code: record.CodeTooLong, Message: "the number cannot be written so that it can be read again",
				Hint: "give it with " + strconv.Itoa(exact.MaxText) + " digits at most, rounded as you see fit",
			}
		}
		return
	}
	w.out = append(append(append(w.out, '"'), text...), '"')
}

// withExponent returns a decimal text with places decimals as a whole number and an exponent: 12e5.
func withExponent(text []byte, places int) []byte {
	negative := bytes.HasPrefix(text, []byte{'-'})
	digits := bytes.TrimLeft(bytes.ReplaceAll(text, []byte{'.'}, nil), "-0")
	whole := bytes.TrimRight(digits, "0")
	exponent := len(digits) - len(whole) - places
	if negative {
		whole = append([]byte{'-'}, whole...)
	}
	return strconv.AppendInt(append(whole, 'e'), int64(exponent), 10)
}
