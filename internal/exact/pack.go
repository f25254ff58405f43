package exact

import (
	"encoding/binary"
	"math"
	"math/big"
	"strings"
)

// AppendTo appends a in a form for memory, not for files: NextNumber reads it again. The fraction stays as it is.
func (a Number) AppendTo(dst []byte) []byte {
	if a.big == nil {
		return binary.AppendUvarint(binary.AppendVarint(dst, a.num), uint64(a.den1))
	}
	text := a.big.String()
	dst = binary.AppendVarint(dst, math.MinInt64) // which no small form has
	return append(binary.AppendUvarint(dst, uint64(len(text))), text...)
}

// NextNumber returns the number that s begins with, as AppendTo has written it, and what follows.
func NextNumber(s string) (n Number, rest string) {
	num, s := NextVarint(s)
	if num != math.MinInt64 {
		den1, s := NextUvarint(s)
		return Number{num: num, den1: int64(den1)}, s
	}
	size, s := NextUvarint(s)
	r, _ := new(big.Rat).SetString(strings.Clone(s[:size]))
	return own(r), s[size:]
}

// NextUvarint returns the number that s begins with, as binary.AppendUvarint has written it, and what follows.
func NextUvarint(s string) (u uint64, rest string) {
	for i, shift := 0, 0; ; i, shift = i+1, shift+7 {
		u |= uint64(s[i]&0x7f) << shift
		if s[i] < 0x80 {
			return u, s[i+1:]
		}
	}
}

// NextVarint is NextUvarint for binary.AppendVarint.
func NextVarint(s string) (i int64, rest string) {
	u, rest := NextUvarint(s)
	return int64(u>>1) ^ -int64(u&1), rest
}
