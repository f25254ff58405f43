package exact_test

import (
	"bytes"
	"encoding/json"
	"math/big"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/shopspring/decimal"

	"github.com/tallystick-go/tallystick/internal/bounded"
	"github.com/tallystick-go/tallystick/internal/exact"
)

// fuzzNumber makes a number of two int64; kind moves it to where something else happens.
func fuzzNumber(n, d int64, kind uint8) exact.Number {
	if d == 0 {
		d = 1
	}
	const top = 1<<63 - 1
	switch kind % 8 {
	case 1: // as decimal text reads
		d = []int64{1, 10, 100, 1000, 1_000_000, 1_000_000_000_000_000_000}[uint64(d)%6]
	case 2: // close to the largest numerator
		n = top - n%1024
	case 3: // close to the largest denominator
		d = top - d%1024
	case 4: // close to both
		n, d = top-n%1024, top-d%1024
	case 5: // about half of the bits, where products begin not to fit
		n, d = n>>31, d>>31|1
	}
	q, _ := exact.Ratio(n, d)
	switch kind % 8 {
	case 6: // big numerator
		q = q.Mul(exact.Int(top)).Mul(exact.Int(n | 1))
	case 7: // big denominator
		q, _ = q.Quo(exact.Int(top - d%1024))
	}
	return q
}

func FuzzArithmetic(f *testing.F) {
	f.Add(int64(1), int64(3), int64(2), int64(7), uint8(0), uint8(0))
	f.Add(int64(25), int64(100), int64(-1<<63), int64(-1<<63), uint8(1), uint8(4))
	f.Add(int64(1<<62), int64(1<<62), int64(-1<<62), int64(3), uint8(5), uint8(6))
	f.Add(int64(-1<<63+1), int64(1), int64(1<<63-1), int64(1<<63-1), uint8(3), uint8(7))
	f.Fuzz(func(t *testing.T, an, ad, bn, bd int64, ak, bk uint8) {
		a, b := fuzzNumber(an, ad, ak), fuzzNumber(bn, bd, bk)
		checkArithmetic(t, a, b)
		checkArithmetic(t, a, a)
		// What comes out is not in lowest terms, and goes on from there.
		sum, product := a.Add(b), a.Mul(b)
		checkArithmetic(t, sum, product)
		if q, ok := sum.Quo(product); ok {
			checkArithmetic(t, q, a)
		}
		n := int(ak) % 20
		if p, ok := a.PowInt(n); ok {
			want := new(big.Rat).SetInt64(1)
			for range n {
				want.Mul(want, a.Rat())
			}
			if p.Check() != nil || p.Rat().Cmp(want) != 0 {
				t.Fatalf("%s^%d = %s, want %s", a.Fraction(), n, p.Fraction(), want.RatString())
			}
		}
	})
}

func FuzzRound(f *testing.F) {
	f.Add(int64(25), int64(10), uint8(0), 0, int64(5), int64(100))
	f.Add(int64(-1005), int64(1000), uint8(0), 2, int64(50), int64(1))
	f.Add(int64(1<<62), int64(3), uint8(6), -21, int64(-1), int64(3))
	f.Add(int64(1), int64(1), uint8(4), 18, int64(1<<62), int64(7))
	f.Fuzz(func(t *testing.T, n, d int64, kind uint8, places int, sn, sd int64) {
		places %= 1001
		if kind >= 64 {
			places %= 25
		}
		a := fuzzNumber(n, d, kind)
		checkRound(t, a, places)
		step := fuzzNumber(sn, sd, kind>>3)
		for _, m := range allModes {
			got := a.RoundTo(step, m)
			want := a.Rat()
			if step.Sign() > 0 {
				want.Quo(want, step.Rat())
				want.Mul(oracle(want, 0, m), step.Rat())
			}
			if got.Check() != nil || got.Rat().Cmp(want) != 0 {
				t.Fatalf("%s to %s, %s: %s, want %s", a.Fraction(), step.Fraction(), m, got.Fraction(), want.RatString())
			}
		}
	})
}

// grammar is the grammar of Parse, said another way.
var grammar = regexp.MustCompile(`^-?(0|[1-9](_?[0-9])*)(\.[0-9](_?[0-9])*)?([eE]([+-]?[0-9]{1,4}))?$`)

func FuzzParse(f *testing.F) {
	for _, s := range []string{"0", "-0", "1.10", "1_000.5e-3", "007", "1,000", "5%", " 5", ".5", "5.", "1e1000", "1e-1001", "9223372036854775808",
		"0.00000000000000000001", "123456789012345678", "1234567890123456789", "NaN", "0x1F", "\uff15", "\u22125", "(5)", "1/3", "1'000", "$5", "1.234,5", "0_1", "1_e5"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		bounded.Run(t, func() { _, _ = exact.Parse(s) })
		n, err := exact.Parse(s)
		b, errBytes := exact.ParseBytes([]byte(s))
		if (err == nil) != (errBytes == nil) || !n.Equal(b) {
			t.Fatalf("%q: Parse and ParseBytes differ", s)
		}
		match := grammar.FindStringSubmatch(s)
		valid := match != nil && len(s) <= exact.MaxText
		if valid && match[5] != "" {
			exp, _ := strconv.Atoi(match[6])
			valid = -exact.MaxExponent <= exp && exp <= exact.MaxExponent
		}
		if valid != (err == nil) {
			t.Fatalf("%q: valid is %v, but the error %v", s, valid, err)
		}
		if err != nil {
			if errBytes.Error() != err.Error() {
				t.Fatalf("%q: %v, but %v", s, err, errBytes)
			}
			syntax := err.(*exact.SyntaxError)
			if utf8.RuneCountInString(syntax.Text) > 40 || !strings.HasPrefix(s, syntax.Text) || syntax.Reason == "" || !n.Equal(exact.Number{}) {
				t.Fatalf("%q: %v", s, err)
			}
			return
		}
		if err := n.Check(); err != nil {
			t.Fatalf("%q: %v", s, err)
		}
		want, ok := new(big.Rat).SetString(strings.ReplaceAll(s, "_", ""))
		if !ok || n.Rat().Cmp(want) != 0 {
			t.Fatalf("%q is read as %s", s, n.Fraction())
		}
		checkText(t, n)
	})
}

// checkText wants every text of n to read back, and to be what big.Rat makes of it.
func checkText(t *testing.T, n exact.Number) {
	for _, marshal := range []func() ([]byte, error){n.MarshalText, func() ([]byte, error) { return []byte(n.Fraction()), nil }} {
		text, err := marshal()
		if err != nil {
			t.Fatal(err)
		}
		var back exact.Number
		if err := back.UnmarshalText(text); err != nil || !back.Equal(n) || back.Check() != nil {
			t.Fatalf("%s reads back as %s (%v)", text, back.Fraction(), err)
		}
	}
	b, err := json.Marshal(n)
	if err != nil {
		t.Fatal(err)
	}
	var back exact.Number
	if err := json.Unmarshal(b, &back); err != nil || !back.Equal(n) {
		t.Fatalf("%s reads back as %s (%v)", b, back.Fraction(), err)
	}
	shown := n.String()
	rounded := oracle(n.Rat(), 12, exact.HalfEven)
	if r, ok := new(big.Rat).SetString(shown); !ok || r.Cmp(rounded) != 0 || strings.ContainsAny(shown, "eE") ||
		strings.Contains(shown, ".") && strings.HasSuffix(shown, "0") || shown == "-0" {
		t.Fatalf("%s is shown as %s", n.Fraction(), shown)
	}
	places, terminates := n.Places()
	d, isExact := n.Decimal()
	if isExact != terminates {
		t.Fatalf("%s: Places says %v, Decimal %v", n.Fraction(), terminates, isExact)
	}
	if !terminates {
		places = 12
		n = exact.FromRat(rounded)
	}
	fromDecimal, err := exact.FromDecimal(d)
	if err != nil || !fromDecimal.Equal(n) || int(d.Exponent()) != -places {
		t.Fatalf("%s: decimal %s with %d places", n.Fraction(), d, places)
	}
	if terminates && places > 0 && n.Round(places-1, exact.Down).Equal(n) {
		t.Fatalf("%s needs fewer places than %d", n.Fraction(), places)
	}
}

func FuzzText(f *testing.F) {
	f.Add(int64(1), int64(3), uint8(0), 2, []byte("1/3"))
	f.Add(int64(-5), int64(1000), uint8(0), 2, []byte(`-1.50`))
	f.Add(int64(1<<62), int64(1), uint8(6), 30, []byte(`"1/0"`))
	f.Add(int64(1), int64(1<<40), uint8(7), 18, []byte("2/-3"))
	f.Fuzz(func(t *testing.T, n, d int64, kind uint8, places int, text []byte) {
		a := fuzzNumber(n, d, kind)
		checkText(t, a)
		places %= 1001
		if kind >= 64 {
			places %= 25
		}
		want := oracle(a.Rat(), places, exact.HalfEven)
		shown := a.Fixed(places)
		// FloatString rounds ties another way, but there is nothing left to round.
		if shown != want.FloatString(max(places, 0)) {
			t.Fatalf("%s at %d places: %s, want %s", a.Fraction(), places, shown, want.FloatString(max(places, 0)))
		}
		if got := a.AppendFixed([]byte("x"), places); string(got) != "x"+shown {
			t.Fatalf("appended %s to x: %s", shown, got)
		}
		// Any text is either read and written again as the same number, or refused.
		var m exact.Number
		if m.UnmarshalText(text) == nil {
			if i := bytes.IndexByte(text, '/'); i >= 0 {
				if r, ok := new(big.Rat).SetString(string(text)); !ok || m.Rat().Cmp(r) != 0 {
					t.Fatalf("%q is read as %s", text, m.Fraction())
				}
			}
			checkText(t, m)
		}
		if json.Valid(text) {
			var m exact.Number
			if json.Unmarshal(text, &m) == nil {
				checkText(t, m)
			}
		}
		if dec, err := decimal.NewFromString(string(text)); err == nil && len(text) < 200 {
			if m, err := exact.FromDecimal(dec); err == nil && m.Rat().Cmp(dec.Rat()) != 0 {
				t.Fatalf("%s becomes %s", dec, m.Fraction())
			}
		}
	})
}

// FuzzInexact proves square roots by squaring, and checks the others by the laws that hold between them.
func FuzzInexact(f *testing.F) {
	f.Add(int64(2), int64(1), uint8(0), int64(1), int64(2), uint8(0))
	f.Add(int64(1<<62), int64(1<<62-1), uint8(0), int64(7), int64(12), uint8(1))
	f.Add(int64(1), int64(3), uint8(7), int64(-355), int64(113), uint8(6))
	tolerance := num("1e-30")
	close34 := func(t *testing.T, what string, a, b exact.Number) {
		q, ok := a.Sub(b).Quo(b)
		if !ok || tolerance.Less(q.Abs()) {
			t.Fatalf("%s: %s and %s", what, a.Fraction(), b.Fraction())
		}
	}
	f.Fuzz(func(t *testing.T, an, ad int64, ak uint8, bn, bd int64, bk uint8) {
		a, b := fuzzNumber(an, ad, ak).Abs(), fuzzNumber(bn, bd, bk)
		if a.Sign() == 0 {
			return
		}
		checkSqrt(t, a)
		inverse, _ := exact.Int(1).Quo(a)
		lnA, ok := a.Ln()
		lnInverse, ok2 := inverse.Ln()
		if !ok || !ok2 || !lnA.Equal(lnInverse.Neg()) {
			t.Fatalf("ln %s is %s, of its inverse %s", a.Fraction(), lnA.Fraction(), lnInverse.Fraction())
		}
		back, ok := lnA.Exp()
		if !ok {
			t.Fatalf("no exp ln %s", a.Fraction())
		}
		close34(t, "exp ln", back, a)
		p, isExact, ok := a.Pow(b)
		if !ok {
			return
		}
		q, isExact2, ok := a.Pow(b.Neg())
		if !ok || isExact != isExact2 {
			t.Fatalf("%s to the power -%s", a.Fraction(), b.Fraction())
		}
		if isExact && !p.Mul(q).Equal(exact.Int(1)) {
			t.Fatalf("%s to the power ±%s: %s and %s", a.Fraction(), b.Fraction(), p.Fraction(), q.Fraction())
		}
		close34(t, "pow", p.Mul(q), exact.Int(1))
		if lnP, ok := p.Ln(); ok && !isExact && lnP.Abs().Cmp(num("0.001")) > 0 {
			close34(t, "ln pow", lnP, lnA.Mul(b))
		}
	})
}
