package exact_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/exact"
)

func TestParse(t *testing.T) {
	for in, want := range map[string]string{
		"0": "0", "-0": "0", "0.0": "0", "-0.00": "0", "0e1000": "0", "0e-1000": "0", "7": "7", "-7": "-7", "10": "10", "0.25": "1/4", "1.10": "11/10",
		"1e3": "1000", "1E3": "1000", "1e+3": "1000", "1e-3": "1/1000", "1.5e1": "15", "12.5e-1": "5/4", "1e0005": "100000", "2e0": "2",
		"1_000": "1000", "1_0_0": "100", "0.000_1": "1/10000", "1_000.000_5": "2000001/2000",
		"999999999999999999": "999999999999999999", "9223372036854775807": "9223372036854775807",
		"9223372036854775808": "9223372036854775808", "-9223372036854775808": "-9223372036854775808",
		"0.000000000000000001":   "1/1000000000000000000",
		"0.0000000000000000001":  "1/10000000000000000000",
		"0.00000000000000000010": "1/10000000000000000000",
		"123456789012345678901":  "123456789012345678901",
		"9e18":                   "9000000000000000000", "1844674407370955162e1": "18446744073709551620", "9223372036854775808e-1": "4611686018427387904/5", "1e19": "10000000000000000000", "10e18": "10000000000000000000",
	} {
		n, err := exact.Parse(in)
		require.NoError(t, err, in)
		require.NoError(t, n.Check(), in)
		require.Equal(t, want, n.Fraction(), in)
		b, err := exact.ParseBytes([]byte(in))
		require.NoError(t, err, in)
		require.True(t, b.Equal(n), in)
	}
	longest := strings.Repeat("9", exact.MaxText)
	require.Equal(t, longest, num(longest).Fraction())
	require.Equal(t, 3322, num("1e1000").BitLen())
}

// A message shows 40 characters, however many bytes they have.
func TestALongTextIsCutInItsMessage(t *testing.T) {
	shown := strconv.Quote(strings.Repeat("𝟙", 40)) + " is not a number"
	for _, n := range []int{40, 41, 1000} {
		text := strings.Repeat("𝟙", n)
		_, err := exact.Parse(text)
		require.ErrorContains(t, err, shown)
		require.ErrorContains(t, new(exact.Number).UnmarshalText([]byte(text+"/5")), strings.TrimSuffix(shown, "\" is not a number"))
	}
}

func TestParseSaysWhatToWrite(t *testing.T) {
	for in, want := range map[string]string{
		"":              `it is empty`,
		"   ":           `it is blank`,
		" 5":            `leave out the space around 5`,
		"5\n":           `leave out the space around 5`,
		"+1":            `leave out the plus sign`,
		".5":            `put a digit before the point: 0.5`,
		"-.5":           `put a digit before the point: -0.5`,
		"5.":            `write 5 or 5.0`,
		"007":           `a leading zero can mean octal, leave it out: 7`,
		"-010":          `a leading zero can mean octal, leave it out: -10`,
		"00":            `a leading zero can mean octal, leave it out: 0`,
		"00.5":          `a leading zero can mean octal, leave it out: 0.5`,
		"0_1":           `a leading zero can mean octal, leave it out: 1`,
		"1,000":         `leave out the comma (1000 or 1_000)`,
		"-1,234,567.89": `leave out the comma (-1234567.89 or -1_234_567.89)`,
		"1,":            `leave out the comma (1)`,
		"1,5":           `write the decimals after a point: 1.5`,
		"1.234,56":      `write the decimals after a point: 1234.56`,
		"1 000":         `leave out the space (1000 or 1_000)`,
		"1\u00a0000":    `leave out the space (1000 or 1_000)`,
		"1'000":         `leave out the apostrophe (1000 or 1_000)`,
		"a,b":           `write digits, and a point before the decimals, as in 1234.5`,
		"a week":        `write digits, and a point before the decimals, as in 1234.5`,
		"12 months":     "write 12 without `months`",
		"5%":            `write 0.05`,
		"12.5 %":        `write 0.125`,
		"%":             `write it without the percent sign, 5% as 0.05`,
		"1e-1000%":      `write it without the percent sign, 5% as 0.05`,
		"1__0":          `an underscore may stand only between digits`,
		"_1":            `an underscore may stand only between digits`,
		"1_":            `an underscore may stand only between digits`,
		"1_.5":          `an underscore may stand only between digits`,
		"1._5":          `an underscore may stand only between digits`,
		"1e1_0":         `an underscore may stand only between digits`,
		"1e":            `the exponent must be a whole number from -1000 to 1000`,
		"1e+":           `the exponent must be a whole number from -1000 to 1000`,
		"1e1001":        `the exponent must be a whole number from -1000 to 1000`,
		"1e-1001":       `the exponent must be a whole number from -1000 to 1000`,
		"1e00001":       `the exponent must be a whole number from -1000 to 1000`,
		"1e1.5":         `the exponent must be a whole number from -1000 to 1000`,
		"0x1F":          `write it in decimal`,
		"-0b1":          `write it in decimal`,
		"NaN":           `there is no NaN and no infinity here`,
		"-Infinity":     `there is no NaN and no infinity here`,
		"null":          `leave it out where there is no number`,
		"\uff11\uff12":  `use the digits 0 to 9: 12`,
		"\u0661":        `use the digits 0 to 9: 1`,
		"\u22125":       `write the minus as "-"`,
		"\u20ac5":       `leave out the currency sign: 5`,
		"￥100":          `leave out the currency sign: 100`,
		"¥ 1_000":       `leave out the currency sign: 1_000`,
		"１０００.５":        `use the digits 0 to 9: 1000.5`,
		"１００":           `use the digits 0 to 9: 100`,
		"𝟘":             `use the digits 0 to 9: 0`, // these scripts stand one behind the other
		"𝟏𝟡𝟘𝟵":          `use the digits 0 to 9: 1909`,
		"١٩":            `use the digits 0 to 9: 19`,
		" 5% ":          `write 0.05`,
		"09":            `a leading zero can mean octal, leave it out: 9`,
		"-0090":         `a leading zero can mean octal, leave it out: -90`,
		"50万":           `write 500_000`,
		"-1.5亿":         `write -150_000_000`,
		"100元":          "write 100 without `元`",

		"(100)":          `write a minus instead of parentheses: -100`,
		"1/3":            `divide it first, or write it as an expression`,
		"1.2.3":          `it has more than one point`,
		"abc":            `write digits, and a point before the decimals, as in 1234.5`,
		"-":              `write digits, and a point before the decimals, as in 1234.5`,
		"--1":            `write digits, and a point before the decimals, as in 1234.5`,
		"1\x00":          `write digits, and a point before the decimals, as in 1234.5`,
		"\xff":           `write digits, and a point before the decimals, as in 1234.5`,
		"1.0f":           "write 1.0 without `f`",
		"e5":             `write digits, and a point before the decimals, as in 1234.5`,
		"1,00a":          `leave out the comma`,
		"1,000,00":       `leave out the comma (100000 or 1_000_00)`,
		"1" + nines(64):  `it is longer than 64 characters`,
		"x" + nines(500): `it is longer than 64 characters`,
	} {
		_, err := exact.Parse(in)
		var syntax *exact.SyntaxError
		require.ErrorAs(t, err, &syntax, in)
		require.Equal(t, want, syntax.Reason, in)
		_, err = exact.ParseBytes([]byte(in))
		require.ErrorAs(t, err, &syntax, in)
		require.Equal(t, want, syntax.Reason, in)
	}
}

func nines(n int) string { return strings.Repeat("9", n) }

func TestSyntaxErrorText(t *testing.T) {
	_, err := exact.Parse("1,000")
	require.EqualError(t, err, `"1,000" is not a number: leave out the comma (1000 or 1_000)`)
	_, err = exact.Parse("5%")
	require.EqualError(t, err, `"5%" is not a number: write 0.05`)
	_, err = exact.Parse(strings.Repeat("\u20ac", 21))
	require.EqualError(t, err, `"`+strings.Repeat("\u20ac", 21)+`" is not a number: leave out the currency sign`)
	_, err = exact.Parse(strings.Repeat("\u20ac", 500))
	var syntax *exact.SyntaxError
	require.ErrorAs(t, err, &syntax)
	require.Equal(t, strings.Repeat("\u20ac", 40), syntax.Text)
}

func TestMustParsePanics(t *testing.T) {
	require.PanicsWithValue(t, `exact: "x" is not a number: write digits, and a point before the decimals, as in 1234.5`, func() {
		exact.MustParse("x")
	})
}
