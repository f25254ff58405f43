package credit

// Amount is an amount of money, or no end of it.
type Amount struct {
	Value     Number // 0 where it is Unlimited
	Unlimited bool   // there is no end of it
}

// Of returns n as an Amount.
func Of(n Number) Amount { return Amount{Value: n} }

// String returns the number in its shortest form, or "unlimited".
func (a Amount) String() string {
	if a.Unlimited {
		return "unlimited"
	}
	return a.Value.String()
}

// Equal reports whether a and b are the same amount.
func (a Amount) Equal(b Amount) bool { return a.Unlimited == b.Unlimited && a.Value.Equal(b.Value) }

// Less reports whether a is less than b.
func (a Amount) Less(b Amount) bool { return !a.Unlimited && (b.Unlimited || a.Value.Less(b.Value)) }

// Covers reports whether n is at most a.
func (a Amount) Covers(n Number) bool { return a.Unlimited || n.Cmp(a.Value) <= 0 }

// less returns what of a is left after n is used; it may be negative.
func (a Amount) less(n Number) Amount {
	if a.Unlimited || n.Sign() == 0 {
		return a
	}
	return Of(a.Value.Sub(n))
}

// least returns the smaller of a and b.
func least(a, b Amount) Amount {
	if b.Less(a) {
		return b
	}
	return a
}

// MarshalText returns the number as text that reads back exactly, or "unlimited".
func (a Amount) MarshalText() ([]byte, error) {
	if a.Unlimited {
		return []byte("unlimited"), nil
	}
	return a.Value.MarshalText()
}
