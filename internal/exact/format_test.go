package exact_test

import (
	"encoding/json"
	"math/big"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/exact"
)

func TestFixed(t *testing.T) {
	for _, tt := range []struct {
		in     string
		places int
		want   string
	}{
		{"20", 2, "20.00"}, {"0", 2, "0.00"}, {"0", 0, "0"}, {"-0.004", 2, "0.00"}, {"-0.005", 2, "0.00"}, {"-0.006", 2, "-0.01"},
		{"0.005", 2, "0.00"}, {"0.015", 2, "0.02"}, {"1.1", 2, "1.10"}, {"99.995", 2, "100.00"}, {"99.985", 2, "99.98"}, {"-99.999", 2, "-100.00"},
		{"0.5", 0, "0"}, {"1.5", 0, "2"}, {"2.5", 0, "2"}, {"-2.5", 0, "-2"}, {"1/3", 18, "0.333333333333333333"}, {"2/3", 19, "0.6666666666666666667"},
		{"1/3", 25, "0.3333333333333333333333333"}, {"-1/3", 25, "-0.3333333333333333333333333"}, {"1234567", -3, "1235000"}, {"-500", -3, "0"}, {"1e30", 2, "1" + zeros(30) + ".00"},
		{"1e-30", 30, "0." + zeros(29) + "1"}, {"-1e-30", 29, "0." + zeros(29)}, {"-1e-30", 2, "0.00"}, {"-1e-30", 0, "0"}, {"9223372036854775807", 18, "9223372036854775807." + zeros(18)},
		{"9223372036854775807/2", 0, "4611686018427387904"}, {"9223372036854775807/2", 1, "4611686018427387903.5"}, {"-9223372036854775808", 1, "-9223372036854775808.0"},
		{"0.001", 3, "0.001"}, {"1e-18", 18, "0.000000000000000001"}, {"123456789012345678901234567890.125", 2, "123456789012345678901234567890.12"},
		{"9223372036854775807/9223372036854775806", 18, "1." + zeros(18)},
	} {
		n := frac(t, tt.in)
		require.Equal(t, tt.want, n.Fixed(tt.places), "%s at %d", tt.in, tt.places)
		require.Equal(t, "x="+tt.want, string(n.AppendFixed([]byte("x="), tt.places)))
	}
	require.Len(t, num("0.5").Fixed(5000), 1002, "held to 1000 places")
}

func zeros(n int) string { return strings.Repeat("0", n) }

func TestString(t *testing.T) {
	for in, want := range map[string]string{
		"0": "0", "-0": "0", "20.00": "20", "100": "100", "1.10": "1.1", "-12.50": "-12.5", "1/3": "0.333333333333", "2/3": "0.666666666667", "-2/3": "-0.666666666667",
		"1e-12": "0.000000000001", "1e-13": "0", "-1e-13": "0", "5e-13": "0", "15e-13": "0.000000000002", "-6e-13": "-0.000000000001", "1e20": "1" + zeros(20),
		"-1e20": "-1" + zeros(20), "1e-40": "0", "-1e-40": "0", "123456789012345678901234567890.125": "123456789012345678901234567890.125",
		"100000000000000000000/3": "33333333333333333333.333333333333", "0.9999999999999": "1", "-0.9999999999999": "-1", "1e6": "1000000", "-9223372036854775808": "-9223372036854775808",
		"10.5": "10.5", "100000000000000000000.5": "100000000000000000000.5", "100000000000000000000.00000000000001": "1" + zeros(20),
		"100000000000000000000.0000000000005": "1" + zeros(20), "100000000000000000000.0000000000015": "100000000000000000000.000000000002",
	} {
		n := frac(t, in)
		require.Equal(t, want, n.String(), in)
		require.Equal(t, "00."+want, string(n.Append([]byte("00."))), in)
	}
}

func TestFraction(t *testing.T) {
	for in, want := range map[string]string{
		"0.25": "1/4", "-0.50": "-1/2", "3.00": "3", "6/4": "3/2", "0/7": "0", "1e-20": "1/1" + zeros(20), "-1e20": "-1" + zeros(20),
	} {
		require.Equal(t, want, frac(t, in).Fraction(), in)
	}
}

func TestJSON(t *testing.T) {
	type record struct {
		Score exact.Number            `json:"score"`
		Parts map[string]exact.Number `json:"parts"`
	}
	in := record{Score: num("12.50"), Parts: map[string]exact.Number{"a": frac(t, "1/3"), "b": num("1e-13"), "c": num("1e30"), "d": num("-7")}}
	b, err := json.Marshal(in)
	require.NoError(t, err)
	require.JSONEq(t, `{"score":"12.5","parts":{"a":"1/3","b":"1/10000000000000","c":"1000000000000000000000000000000","d":"-7"}}`, string(b))
	var out record
	require.NoError(t, json.Unmarshal(b, &out))
	require.True(t, out.Score.Equal(in.Score))
	for k, v := range in.Parts {
		require.True(t, out.Parts[k].Equal(v), k)
	}
}

func TestUnmarshalJSON(t *testing.T) {
	for in, want := range map[string]string{
		`5`: "5", `-0.5`: "-1/2", `1e3`: "1000", `1E+3`: "1000", `"0.25"`: "1/4", `"1/3"`: "1/3", `"-4/6"`: "-2/3", `"1_000"`: "1000", `"\u0035"`: "5",
		`123456789012345678901234567890.5`: "246913578024691357802469135781/2", `"007/1"`: "", `"1/0"`: "", `"1/-3"`: "", `"1.5/2"`: "", `"1/"`: "", `"/1"`: "", `"1/2/3"`: "",
		`"1 / 3"`: "", `null`: "", `true`: "", `""`: "", `{}`: "", `[1]`: "", `"5%"`: "", `1e1001`: "", `"\ud800"`: "",
	} {
		n := num("42")
		err := json.Unmarshal([]byte(in), &n)
		if want == "" {
			var syntax *exact.SyntaxError
			require.ErrorAs(t, err, &syntax, in)
			require.Equal(t, "42", n.String(), "left alone by %s", in)
			continue
		}
		require.NoError(t, err, in)
		require.Equal(t, want, n.Fraction(), in)
	}
	require.Error(t, new(exact.Number).UnmarshalJSON([]byte(`"abc`)))
	require.Error(t, new(exact.Number).UnmarshalJSON(nil))
}

func TestNullIsNotZero(t *testing.T) {
	var n exact.Number
	require.EqualError(t, n.UnmarshalJSON([]byte("null")), `"null" is not a number: leave it out where there is no number`)
}

// A number is written as a decimal where 12 places show all of it, and as a fraction where they do not.
func TestTextIsADecimalAsLongAsThatIsExact(t *testing.T) {
	for in, want := range map[string]string{
		"0.000000000001": "0.000000000001", "0.0000000000001": "1/10000000000000", "1/3": "1/3", "-2.50": "-2.5",
		"100000000000000000000.000000000001": "100000000000000000000.000000000001", "1e30": "1" + zeros(30),
		"100000000000000000000.0000000000001": "1000000000000000000000000000000001/10000000000000",
	} {
		text, err := frac(t, in).MarshalText()
		require.NoError(t, err)
		require.Equal(t, want, string(text), in)
	}
}

func TestTextRoundTripAtTheLimits(t *testing.T) {
	largest := new(big.Int).Lsh(big.NewInt(1), exact.MaxBits)
	largest.Sub(largest, big.NewInt(1))
	second := new(big.Int).Sub(largest, big.NewInt(2))
	for _, r := range []*big.Rat{
		new(big.Rat).SetInt(largest),
		new(big.Rat).SetInt(new(big.Int).Neg(largest)),
		new(big.Rat).SetFrac(largest, second),
		new(big.Rat).SetFrac(new(big.Int).Neg(second), largest),
		new(big.Rat).SetFrac(new(big.Int).Rsh(largest, 12), big.NewInt(1<<12)),
	} {
		n := exact.FromRat(r)
		text, err := n.MarshalText()
		require.NoError(t, err)
		var back exact.Number
		require.NoError(t, back.UnmarshalText(text))
		require.True(t, back.Equal(n))
		text, err = n.MarshalJSON()
		require.NoError(t, err)
		require.NoError(t, back.UnmarshalJSON(text))
		require.True(t, back.Equal(n))
	}
	var n exact.Number
	require.ErrorContains(t, n.UnmarshalText([]byte(new(big.Int).Add(largest, big.NewInt(1)).String())), "over 32768 bits")
	require.ErrorContains(t, n.UnmarshalText([]byte("1/"+new(big.Int).Add(largest, big.NewInt(1)).String())), "over 32768 bits")
	require.ErrorContains(t, n.UnmarshalText([]byte(nines(20_000))), "longer than")
	for _, text := range []string{"/5", "-/5", "5/"} {
		require.ErrorContains(t, n.UnmarshalText([]byte(text)), "a fraction is two whole numbers")
	}
	require.ErrorContains(t, n.UnmarshalText([]byte("1/"+nines(20_000))), "longer than")
	require.ErrorContains(t, n.UnmarshalText([]byte(nines(20_000)+"/1")), "longer than")
}
