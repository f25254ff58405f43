package display

import (
	"strings"
	"unicode"
)

const (
	ellipsis        = "…"
	zeroWidthJoiner = '\u200d'
	firstMedialJamo = '\u1160' // Hangul vowels and finals are drawn into the syllable that their initial began
	lastFinalJamo   = '\u11ff'
)

// Width returns the number of columns that s takes on a terminal: 2 for East Asian wide and fullwidth characters, 0 for
// combining marks, joiners and other marks that are not seen, 1 for the rest.
func Width(s string) int {
	n := 0
	for _, r := range s {
		n += runeWidth(r)
	}
	return n
}

func runeWidth(r rune) int {
	switch {
	case r < 0x300: // nothing below is wide or combining
		return 1
	case unicode.Is(wide, r):
		if unicode.Is(unicode.Mn, r) { // the tone marks U+302A to U+302D and the voiced sound marks U+3099 and U+309A
			return 0
		}
		return 2
	case r >= firstMedialJamo && r <= lastFinalJamo, unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	}
	return 1
}

// PadRight appends spaces to s until it takes w columns. A wider s stays as it is.
func PadRight(s string, w int) string { return s + spaces(w-Width(s)) }

// PadLeft puts spaces before s until it takes w columns. A wider s stays as it is.
func PadLeft(s string, w int) string { return spaces(w-Width(s)) + s }

func spaces(n int) string { return strings.Repeat(" ", max(n, 0)) }

// Cut returns s if it takes at most w columns, or else as much of it as fits into w columns with a … behind it.
func Cut(s string, w int) string {
	if Width(s) <= w {
		return s
	}
	if w <= 0 {
		return ""
	}
	used := 0
	for i, r := range s {
		used += runeWidth(r)
		if used > w-1 { // the … takes one
			return strings.TrimRight(s[:i], string(zeroWidthJoiner)) + ellipsis
		}
	}
	return s
}
