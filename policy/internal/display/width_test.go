package display

import (
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"
)

func TestChineseTakesTwoColumnsACharacter(t *testing.T) {
	for _, c := range []struct {
		text string
		want int
	}{
		{"", 0},
		{"grade", 5},
		{"中文", 4},
		{"信用额度 5万元", 14},
		{"，。：（）【】“”", 16}, // fullwidth punctuation counts 2, but quotes are ambiguous: 1
		{"！＄５Ａ￥", 10},
		{"　", 2},  // the ideographic space
		{"ｱｶ", 2}, // halfwidth kana
		{"한국어", 6},
		{"\u1112\u1161\u11ab", 2}, // the same letters, decomposed
		{"👍", 2},
		{"🇨🇳", 2},
		{"👍🏽", 4},
		{"❤\ufe0f", 1},
		{"👨\u200d👩\u200d👧", 6},
		{"e\u0301", 1},      // e and a combining accent
		{"\u304b\u3099", 2}, // か and a combining voiced sound mark
		{"が", 2},
		{"a\u200bb", 2},
		{"o\u0300\u200d\u1160\u11ff", 1},
		{"\u200a\u200e\u2060\u11ff\u1200", 2},
		{"±×…①", 4},
		{"\x1b", 1},
		{"\xff", 1},
		{"𠀀𠮷", 4}, // beyond the basic plane
	} {
		assert.Equal(t, c.want, Width(c.text), "%q", c.text)
	}
}

func TestEveryHanCharacterIsWide(t *testing.T) {
	for _, r16 := range unicode.Han.R16 {
		for r := rune(r16.Lo); r <= rune(r16.Hi); r += rune(r16.Stride) {
			if w := runeWidth(r); w != 2 {
				t.Errorf("%U takes %d", r, w)
			}
		}
	}
	for r := rune(0x20); r < 0x7f; r++ {
		assert.Equal(t, 1, runeWidth(r))
	}
}

func TestPadding(t *testing.T) {
	assert.Equal(t, "中文  ", PadRight("中文", 6))
	assert.Equal(t, "  中文", PadLeft("中文", 6))
	assert.Equal(t, "中文", PadRight("中文", 3), "what is wider stays")
	assert.Equal(t, "中文", PadLeft("中文", 3))
	assert.Equal(t, "   ", PadLeft("", 3))
	assert.Equal(t, "", PadRight("", -1))
}

func TestCutting(t *testing.T) {
	for _, c := range []struct {
		text string
		w    int
		want string
	}{
		{"customer", 8, "customer"},
		{"customer", 7, "custom…"},
		{"customer", 1, "…"},
		{"customer", 0, ""},
		{"customer", -3, ""},
		{"", 0, ""},
		{"客户管理办法", 12, "客户管理办法"},
		{"客户管理办法", 11, "客户管理办…"},
		{"客户管理办法", 10, "客户管理…"}, // half a character is none
		{"客户", 2, "…"},
		{"cafe\u0301s", 4, "caf…"},
		{"cafe\u0301s", 5, "cafe\u0301s"},
		{"cafe\u0301ss", 5, "cafe\u0301…"},
		{"👨\u200d👩\u200d👧 family", 4, "👨…"},
	} {
		got := Cut(c.text, c.w)
		assert.Equal(t, c.want, got, "%q in %d", c.text, c.w)
		assert.LessOrEqual(t, Width(got), max(c.w, 0))
	}
}

func FuzzCutFits(f *testing.F) {
	f.Add("客户管理办法", 5)
	f.Add("café\x00\xff👨\u200d👩\u200d👧", 3)
	f.Fuzz(func(t *testing.T, s string, w int) {
		w %= 1000
		if got := Width(Cut(s, w)); got > max(w, 0) {
			t.Errorf("%q cut to %d takes %d", s, w, got)
		}
		if got := Width(PadLeft(s, w)); got != max(w, Width(s)) {
			t.Errorf("%q padded to %d takes %d", s, w, got)
		}
	})
}
