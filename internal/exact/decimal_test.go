package exact_test

import (
	"bufio"
	"flag"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/exact"
)

var update = flag.Bool("update", false, "write the golden files anew")

// arithmetic carries out an operation of the General Decimal Arithmetic on numbers; defined is false where there is no
// result, known where the operation has no counterpart here. mode is for those that round by nature.
func arithmetic(op string, x []exact.Number, mode exact.Mode) (r exact.Number, defined, known bool) {
	whole := func(q exact.Number, ok bool, m exact.Mode) (exact.Number, bool, bool) { return q.Round(0, m), ok, true }
	switch {
	case len(x) == 1:
		switch op {
		case "abs":
			return x[0].Abs(), true, true
		case "minus":
			return x[0].Neg(), true, true
		case "plus", "reduce":
			return x[0], true, true
		case "tointegral", "tointegralx":
			return whole(x[0], true, mode)
		case "squareroot":
			r, defined = x[0].Sqrt()
			return r, defined, true
		case "ln":
			r, defined = x[0].Ln()
			return r, defined, true
		case "exp":
			r, defined = x[0].Exp()
			return r, defined, true
		}
	case len(x) == 3 && op == "fma":
		return x[0].Mul(x[1]).Add(x[2]), true, true
	case len(x) != 2:
	case op == "add":
		return x[0].Add(x[1]), true, true
	case op == "subtract":
		return x[0].Sub(x[1]), true, true
	case op == "multiply":
		return x[0].Mul(x[1]), true, true
	case op == "divide":
		r, defined = x[0].Quo(x[1])
		return r, defined, true
	case op == "divideint":
		q, ok := x[0].Quo(x[1])
		return whole(q, ok, exact.Down)
	case op == "remainder":
		r, defined = x[0].Rem(x[1])
		return r, defined, true
	case op == "remaindernear":
		q, ok := x[0].Quo(x[1])
		return x[0].Sub(q.Round(0, exact.HalfEven).Mul(x[1])), ok, true
	case op == "compare":
		return exact.Int(int64(x[0].Cmp(x[1]))), true, true
	case op == "min":
		return exact.Min(x[0], x[1]), true, true
	case op == "max":
		return exact.Max(x[0], x[1]), true, true
	case op == "power":
		if n, ok := x[1].Int64(); ok {
			r, defined = x[0].PowInt(int(n))
			return r, defined, true
		}
	}
	return exact.Number{}, false, false
}

func TestSumsInDecimal(t *testing.T) {
	src, err := os.ReadFile("testdata/decimal.txt")
	require.NoError(t, err)
	sums := 0
	for line := range strings.Lines(string(src)) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		sums++
		sum, want, ok := strings.Cut(line, " -> ")
		require.True(t, ok, line)
		words := strings.Fields(sum)
		var got exact.Number
		defined := true
		if words[0] == "quantize" {
			mode, ok := exact.ParseMode(words[1])
			require.True(t, ok, line)
			places, err := strconv.Atoi(words[3])
			require.NoError(t, err, line)
			got = num(words[2]).Round(places, mode)
		} else {
			var x []exact.Number
			for _, w := range words[1:] {
				x = append(x, num(w))
			}
			var known bool
			got, defined, known = arithmetic(words[0], x, exact.HalfUp)
			require.True(t, known, line)
		}
		require.Equal(t, want != "undefined", defined, line)
		if !defined {
			continue
		}
		require.NoError(t, got.Check(), line)
		exactly, ok := new(big.Rat).SetString(want)
		require.True(t, ok, line)
		require.Zero(t, got.Rat().Cmp(exactly), "%s, not %s", line, got.Fraction())
	}
	require.GreaterOrEqual(t, sums, 400)
}

// The published test cases of the General Decimal Arithmetic, the files *.decTest in the folder that DECTEST_DIR names. What
// has no meaning here is passed over: NaN, infinities, operations on bits and digits, exponents beyond ours. A result that the
// file rounds to its precision is compared with ours, rounded once in the same way. How many cases of each file count stands
// in testdata/dectest.txt (written by `-update`), so that none falls by the way.
func TestPublishedDecimalArithmetic(t *testing.T) {
	folder := os.Getenv("DECTEST_DIR")
	if folder == "" {
		t.Skip("DECTEST_DIR names no folder with .decTest files")
	}
	files, err := filepath.Glob(filepath.Join(folder, "*.decTest"))
	require.NoError(t, err)
	require.NotEmpty(t, files, "there are no .decTest files in %s", folder)
	slices.Sort(files)
	const golden = "testdata/dectest.txt"
	counted := map[string]string{} // by the name and the version of the file
	if src, err := os.ReadFile(golden); err == nil {
		for line := range strings.Lines(string(src)) {
			if name, count, ok := strings.Cut(strings.TrimSpace(line), ": "); ok {
				counted[name] = count
			}
		}
	}
	var out strings.Builder
	for _, file := range files {
		src, err := os.Open(file)
		require.NoError(t, err)
		d := decTest{settings: map[string]string{}}
		scan := bufio.NewScanner(src)
		for scan.Scan() {
			d.line(t, filepath.Base(file), scan.Text())
		}
		require.NoError(t, scan.Err())
		require.NoError(t, src.Close())
		name, count := filepath.Base(file)+" "+d.settings["version"], fmt.Sprintf("%d passed, %d have no meaning here", d.passed, d.skipped)
		fmt.Fprintf(&out, "%s: %s\n", name, count)
		if want, ok := counted[name]; ok && !*update {
			require.Equal(t, want, count, name)
		}
	}
	if *update {
		require.NoError(t, os.WriteFile(golden, []byte(out.String()), 0o644))
	}
}

// decTest reads a file of test cases.
type decTest struct {
	settings        map[string]string
	passed, skipped int
}

// fields splits a line at blanks outside of quotes.
func (d *decTest) fields(line string) (words []string) {
	var word strings.Builder
	quote, any := rune(0), false
	for _, c := range line + " " {
		switch {
		case quote != 0 && c == quote:
			quote = 0
		case quote == 0 && (c == '\'' || c == '"'):
			quote, any = c, true
		case quote == 0 && (c == ' ' || c == '\t'):
			if word.Len() > 0 || any {
				words = append(words, word.String())
			}
			word.Reset()
			any = false
		default:
			word.WriteRune(c)
		}
	}
	return words
}

// line looks at a line of the file: a setting or a case.
func (d *decTest) line(t *testing.T, file, line string) {
	if before, _, comment := strings.Cut(line, "--"); comment {
		line = before
	}
	words := d.fields(line)
	if len(words) == 2 && strings.HasSuffix(words[0], ":") {
		d.settings[strings.ToLower(strings.TrimSuffix(words[0], ":"))] = strings.ToLower(words[1])
		return
	}
	arrow := slices.Index(words, "->")
	if arrow < 2 || len(words) < arrow+2 {
		return // no case
	}
	op, operands, result, conditions := strings.ToLower(words[1]), words[2:arrow], words[arrow+1], strings.ToLower(strings.Join(words[arrow+2:], " "))
	if d.holds(t, file+": "+line, op, operands, result, conditions) {
		d.passed++
	} else {
		d.skipped++
	}
}

// holds compares a case with our arithmetic; it reports whether the case has a meaning here.
func (d *decTest) holds(t *testing.T, about, op string, operands []string, result, conditions string) bool {
	mode, ok := exact.ParseMode(d.settings["rounding"])
	precision, err := strconv.Atoi(d.settings["precision"])
	if !ok || err != nil || d.settings["extended"] == "0" {
		return false
	}
	var x []exact.Number
	for _, w := range operands {
		n, ok := decimalOf(w)
		if !ok {
			return false
		}
		x = append(x, n)
	}
	divides := op == "divide" || op == "divideint" || op == "remainder" || op == "remaindernear"
	if divides && len(x) == 2 && x[1].Sign() == 0 {
		_, defined, _ := arithmetic(op, x, mode)
		require.False(t, defined, about)
		return true
	}
	want, ok := decimalOf(result)
	for _, c := range []string{"overflow", "underflow", "subnormal", "clamped"} {
		ok = ok && !strings.Contains(conditions, c)
	}
	if !ok {
		return false
	}
	if op == "quantize" || op == "rescale" {
		places, ok := placesOf(op, operands[1])
		if !ok {
			return false
		}
		require.Zero(t, x[0].Round(places, mode).Cmp(want), about)
		return true
	}
	inexact := strings.Contains(conditions, "inexact")
	if op == "power" && inexact || precision > 34 && (op == "squareroot" || op == "ln" || op == "exp") {
		return false // an inexact power need not be rounded correctly there, and we have 34 digits of a root
	}
	got, defined, known := arithmetic(op, x, mode)
	if !known {
		return false
	}
	require.True(t, defined, about)
	if got.Sign() != 0 && op != "compare" && op != "tointegral" && op != "tointegralx" {
		places := precision - 1 - leading(got)
		if places < -exact.MaxExponent || places > exact.MaxExponent {
			return false
		}
		got = got.Round(places, mode)
	}
	require.Zero(t, got.Cmp(want), "%s: we have %s", about, got)
	return true
}

// decimalOf reads a number as the test files write it: also 1., .5, +1 and 007. ok is false for NaN and the like, and for
// exponents beyond ours.
func decimalOf(s string) (n exact.Number, ok bool) {
	digits, exponent, has := strings.Cut(strings.ToLower(s), "e")
	if e, err := strconv.Atoi(exponent); has && (err != nil || e < -exact.MaxExponent || e > exact.MaxExponent) || strings.Trim(digits, "+-.0123456789") != "" {
		return n, false
	}
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		return n, false
	}
	return exact.FromRat(r), true
}

// placesOf returns to how many decimal places like rounds: those that it is written with, or for rescale its value.
func placesOf(op, like string) (places int, ok bool) {
	if op == "rescale" {
		n, ok := decimalOf(like)
		i, whole := n.Int64()
		return int(-i), ok && whole && i >= -exact.MaxExponent && i <= exact.MaxExponent
	}
	digits, exponent, _ := strings.Cut(strings.ToLower(like), "e")
	e, _ := strconv.Atoi(exponent)
	if _, decimals, point := strings.Cut(digits, "."); point {
		e -= len(decimals)
	}
	return -e, e >= -exact.MaxExponent && e <= exact.MaxExponent
}

// leading returns the power of ten of the first digit of a number that is not 0.
func leading(n exact.Number) int {
	r := n.Abs().Rat()
	e := len(r.Num().String()) - len(r.Denom().String())
	ten := big.NewInt(10)
	power := new(big.Int).Exp(ten, big.NewInt(int64(max(e, -e))), nil)
	limit := new(big.Rat).SetInt(power)
	if e < 0 {
		limit.Inv(limit)
	}
	if r.Cmp(limit) < 0 {
		e--
	}
	return e
}
