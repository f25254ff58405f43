package record

import (
	"database/sql/driver"
	"encoding/json"
	"errors"
	"math"
	"math/big"
	"reflect"
	"strconv"

	"github.com/shopspring/decimal"

	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/internal/slot"
)

// number reads v, a Go value, as a number.
func (r *reader) number(v any, dst *slot.Value) state {
	switch x := v.(type) {
	case int:
		return r.int(int64(x), dst)
	case int8:
		return r.int(int64(x), dst)
	case int16:
		return r.int(int64(x), dst)
	case int32:
		return r.int(int64(x), dst)
	case int64:
		return r.int(x, dst)
	case uint:
		return r.uint(uint64(x), dst)
	case uint8:
		return r.uint(uint64(x), dst)
	case uint16:
		return r.uint(uint64(x), dst)
	case uint32:
		return r.uint(uint64(x), dst)
	case uint64:
		return r.uint(x, dst)
	case json.Number:
		return r.numberText(string(x), dst)
	case string:
		return r.numberText(x, dst)
	case []byte:
		if x == nil {
			return null
		}
		return r.numberBytes(x, dst)
	case exact.Number:
		return r.exact(x, dst)
	case decimal.Decimal:
		return r.decimal(x, dst)
	case *decimal.Decimal:
		if x == nil {
			return null
		}
		return r.decimal(*x, dst)
	case decimal.NullDecimal:
		if !x.Valid {
			return null
		}
		return r.decimal(x.Decimal, dst)
	case *big.Int:
		if x == nil {
			return null
		}
		return r.exact(exact.FromRat(new(big.Rat).SetInt(x)), dst)
	case *big.Rat:
		if x == nil {
			return null
		}
		return r.exact(exact.FromRat(x), dst)
	case float64:
		return r.float(x, 64, dst)
	case float32:
		return r.float(float64(x), 32, dst)
	}
	return r.other(slot.NumberType, 0, v, dst)
}

func (r *reader) int(i int64, dst *slot.Value) state {
	dst.SetNum(exact.Int(i))
	return filled
}

func (r *reader) uint(u uint64, dst *slot.Value) state {
	if u > math.MaxInt64 {
		return r.exact(exact.FromRat(new(big.Rat).SetUint64(u)), dst)
	}
	return r.int(int64(u), dst)
}

func (r *reader) exact(n exact.Number, dst *slot.Value) state {
	if n.TooLarge() {
		r.fault(errorf(CodeTooLong, "", "the number takes over %d bits", exact.MaxBits))
		return bad
	}
	dst.SetNum(n)
	return filled
}

// maxCoefficient is how many digits always fit an int64.
const maxCoefficient = 18

// decimal reads d; the usual ones without allocating, which decimal.Decimal.Coefficient does.
func (r *reader) decimal(d decimal.Decimal, dst *slot.Value) state {
	if exp := d.Exponent(); exp <= 0 && exp > -int32(len(pow10)) && d.NumDigits() <= maxCoefficient {
		n, _ := exact.Ratio(d.CoefficientInt64(), pow10[-exp])
		dst.SetNum(n)
		return filled
	}
	n, err := exact.FromDecimal(d)
	if err != nil {
		r.fault(errorf(CodeTooLong, "", "%s", err))
		return bad
	}
	return r.exact(n, dst)
}

// pow10 are the powers of ten that fit an int64.
var pow10 = [...]int64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18}

// float refuses f, or reads its shortest decimal text when the embedder has said so.
func (r *reader) float(f float64, bits int, dst *slot.Value) state {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		r.fault(errorf(CodeFloat, "", "%v is not a number", f).hint("leave it out where there is no number"))
		return bad
	}
	text := strconv.FormatFloat(f, 'g', -1, bits)
	if r.s.opts.AllowFloat {
		return r.numberText(text, dst)
	}
	r.fault(floatError(f, bits, text))
	return bad
}

func floatError(f float64, bits int, text string) *Error {
	e := errorf(CodeFloat, "", "a float%d cannot hold %s exactly", bits, text)
	if n, err := exact.Parse(text); err == nil && n.Equal(exact.FromRat(new(big.Rat).SetFloat64(f))) {
		e = errorf(CodeFloat, "", "a float%d is not exact: %s may have been rounded", bits, text)
	}
	return e.hint("pass a decimal.Decimal or text %q, or decode JSON with policy.ParseRecord", text)
}

// numberText reads decimal text.
func (r *reader) numberText(s string, dst *slot.Value) state {
	n, err := exact.Parse(s)
	return r.parsed(n, err, len(s), dst)
}

// numberBytes is numberText for bytes that are not kept.
func (r *reader) numberBytes(b []byte, dst *slot.Value) state {
	n, err := exact.ParseBytes(b)
	return r.parsed(n, err, len(b), dst)
}

// parsed takes what a text of size bytes was read as.
func (r *reader) parsed(n exact.Number, err error, size int, dst *slot.Value) state {
	if err != nil {
		r.fault(numberError(size, err))
		return bad
	}
	dst.SetNum(n)
	return filled
}

// numberError says what is wrong with a text of size bytes that exact refuses.
func numberError(size int, err error) *Error {
	code := CodeFormat
	if size > exact.MaxText {
		code = CodeTooLong
	}
	var syntax *exact.SyntaxError
	if !errors.As(err, &syntax) {
		return errorf(code, "", "%s", err)
	}
	e := errorf(code, "", "%q is not a number", syntax.Text)
	if code == CodeTooLong {
		e.Message = "the number is too long: " + strconv.Quote(syntax.Text) + "…"
	}
	e.Hint = syntax.Reason
	return e
}

// other reads what no type switch knows: pointers, named types, what a database driver defines.
func (r *reader) other(t *slot.Type, atom int, v any, dst *slot.Value) state {
	if v == nil {
		return null
	}
	if x, ok := v.(driver.Valuer); ok && !isNullable(reflect.TypeOf(v)) {
		return r.valuer(t, atom, x, dst)
	}
	return r.reflect(t, atom, v, dst)
}
