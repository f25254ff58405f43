package document

import "github.com/tallystick-go/tallystick/internal/exact"

// bounds are those of a row, nil where it has none.
type bounds struct{ min, above, max, below *exact.Number }

// low and high write the bounds, "" for none.
func (b bounds) low() string {
	switch {
	case b.min != nil:
		return "≥ " + figure(*b.min)
	case b.above != nil:
		return "> " + figure(*b.above)
	}
	return ""
}

func (b bounds) high() string {
	switch {
	case b.max != nil:
		return "≤ " + figure(*b.max)
	case b.below != nil:
		return "< " + figure(*b.below)
	}
	return ""
}

// rest returns the bounds of what b, which has one bound only, leaves over.
func (b bounds) rest() bounds {
	return bounds{min: b.below, above: b.max, max: b.above, below: b.min}
}

// intervals writes what each of rows takes, of which the first that holds counts: thresholds that follow each other take what
// lies between them. rest is a row without bounds.
func (w *writer) intervals(rows []bounds, rest string) []string {
	out := make([]string, len(rows))
	var left bounds // by the rows so far, as long as they are thresholds on the same side
	chain := true
	for i, b := range rows {
		low, high := b.low(), b.high()
		chain = chain && (low == "" || high == "") && (i == 0 || low != "" && left.high() != "" || high != "" && left.low() != "" || low+high == "")
		if chain && i > 0 {
			if low == "" {
				low = left.low()
			}
			if high == "" {
				high = left.high()
			}
		}
		left = b.rest()
		switch {
		case low == "" && high == "":
			out[i] = rest
		case low == "" || high == "":
			out[i] = low + high
		default:
			out[i] = low + w.say("，", ", ") + high
		}
	}
	return out
}
