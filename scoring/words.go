package scoring

import (
	"unicode"

	"github.com/tallystick-go/tallystick/internal/doc"
)

// in returns zh or en.
func in(lang, zh, en string) string {
	if lang == "zh" {
		return zh
	}
	return en
}

// least and most are exact.Min and exact.Max.
func least(a, b Number) Number {
	if b.Less(a) {
		return b
	}
	return a
}

func most(a, b Number) Number {
	if a.Less(b) {
		return b
	}
	return a
}

// quo is a/b for a b that is known not to be 0.
func quo(a, b Number) Number {
	q, _ := a.Quo(b)
	return q
}

// figure returns x for a calculation in figures: where its decimals do not end, the fraction that it is, in brackets.
func figure(x Number) string {
	const worthIt = 24 // characters
	if places, ends := x.Places(); ends && places <= shownPlaces {
		return x.String()
	}
	if f := x.Fraction(); len(f) <= worthIt {
		return "(" + f + ")"
	}
	return x.String()
}

// shownPlaces are the decimals that a number shows at most.
const shownPlaces = 12

// paren returns figure(x), in brackets when it is negative.
func paren(x Number) string {
	text := figure(x)
	if x.Sign() < 0 && text[0] != '(' {
		return "(" + text + ")"
	}
	return text
}

// validID reports whether s can be an identifier: letters (Chinese too), digits, _ and -, beginning with a letter or _.
func validID(s string) bool {
	for i, r := range s {
		switch {
		case unicode.IsLetter(r) || r == '_':
		case i > 0 && (unicode.IsDigit(r) || unicode.Is(unicode.Mn, r) || r == '-'):
		default:
			return false
		}
	}
	return s != ""
}

// eitherEarned says for the JSON Schema what checkEarned checks.
var eitherEarned = doc.Details{OneOf: []string{"points", "share"}}

// checkEarned checks the points or the share of a row, whichever it has.
func checkEarned(points *Operand, share *Number, at Place, s Setting) []Fault {
	switch {
	case share != nil && points.IsSet():
		return []Fault{doc.Errorf(at, "too-many-keys", "a row earns either `points` or a `share` of the weight, not both")}
	case share != nil:
		return s.NeedWeight()
	case !points.IsSet():
		return []Fault{doc.Errorf(at, "missing-key", "the row does not say what it earns").
			WithHint("add `points`, or `share` for a part of the weight")}
	}
	if p, ok := points.IsConst(); ok && s.Weighted && !s.Beyond {
		if held := hold(p, s.Weight); !held.Equal(p) {
			return []Fault{doc.Warnf(at, "never-earned", "the row says %s points, but points are held between 0 and the weight: it earns %s", p, held).
				WithHint("add `beyond: true` to the indicator, or change its weight")}
		}
	}
	return nil
}

// earned returns what such a row earns.
func earned(points *Operand, share *Number, c *Case) (Number, Absence) {
	if share != nil {
		return share.Mul(c.Weight), 0
	}
	return points.Eval(c.Frame)
}

// constantly returns what such a row earns of the weight, if that is the same for every customer.
func constantly(points *Operand, share *Number, weight Number) (Number, bool) {
	if share != nil {
		return share.Mul(weight), true
	}
	return points.IsConst()
}
