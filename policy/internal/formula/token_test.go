package formula

import (
	"testing"

	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/parser/lexer"
	"github.com/stretchr/testify/require"
)

// Places and limits rest on our tokens being expr's. A text that can be read must be cut alike by both.
func sameTokens(t *testing.T, src string) {
	if _, problems := Parse(src); len(problems) > 0 {
		return
	}
	s := scan(src)
	text := s.rewrite()
	require.Equal(t, len(s.runes), len([]rune(text)), src)
	theirs, err := lexer.Lex(file.NewSource(text))
	require.NoError(t, err, src)
	theirs = theirs[:len(theirs)-1] // without the end
	require.Len(t, s.tokens, len(theirs), src)
	for i, o := range s.tokens {
		require.Equal(t, []int{theirs[i].From, theirs[i].To}, []int{o.from, o.to}, "%s: token %d", src, i)
	}
}

var tokenTexts = []string{
	"min(20, paid / orders * 20)", "a**-b", "a?.b ?? c", "1..5", "a..b", "x not in [1,2]", "not  in", "#.a + # . b", "a.not + a.in", "'it\\'s' + \"x\"", "1e-5+1_000.5", "采购额>=5万", "a ? .b : c", "a|b(1)", "let x=1;x",
	"!!a", "a!=-1", "a==-1", "x<=>y", "[[1]]", "{}", "a #b", "\u00a0a\u3000+b", "sum(1,2,3)", "sum(1, [2, 3])", "a&&!b", "a||b", "not\nin", "1 .. 2", "a.b.c", "'\\\\'", "1.5..2.", "0.0.",
}

func TestTokensAreThoseOfTheParser(t *testing.T) {
	for _, src := range tokenTexts {
		sameTokens(t, src)
	}
}

func FuzzTokens(f *testing.F) {
	for _, src := range tokenTexts {
		f.Add(src)
	}
	f.Fuzz(sameTokens)
}
