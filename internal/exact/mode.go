package exact

import "strconv"

// Mode says which way [Number.Round] goes. The zero value is HalfUp. Every mode but Ceiling and Floor treats -x as the
// mirror of x.
type Mode uint8

// The modes, and where they take 2.5 and -2.5, 2.4 and -2.4.
const (
	HalfUp   Mode = iota // to the nearest, a tie away from zero: 3 -3, 2 -2
	HalfEven             // to the nearest, a tie to the even neighbour: 2 -2, 2 -2
	HalfDown             // to the nearest, a tie towards zero: 2 -2, 2 -2
	Up                   // away from zero: 3 -3, 3 -3
	Down                 // towards zero: 2 -2, 2 -2
	Ceiling              // towards plus infinity: 3 -2, 3 -2
	Floor                // towards minus infinity: 2 -3, 2 -3
)

// modeNames is a table in the order of the constants, never written.
var modeNames = [...]string{"half_up", "half_even", "half_down", "up", "down", "ceiling", "floor"}

// ParseMode returns the mode that a policy calls s.
func ParseMode(s string) (Mode, bool) {
	for i, name := range modeNames {
		if s == name {
			return Mode(i), true
		}
	}
	return 0, false
}

// Modes returns the names that ParseMode knows.
func Modes() []string {
	return append([]string(nil), modeNames[:]...)
}

// String returns the name that a policy uses.
func (m Mode) String() string {
	if int(m) < len(modeNames) {
		return modeNames[m]
	}
	return "mode(" + strconv.Itoa(int(m)) + ")"
}

// away reports whether a magnitude that lies between q and q+1 goes to q+1. odd is about q; half is -1, 0 or 1 as the
// part that is cut off is less than, equal to or more than one half. A mode that does not exist acts as HalfUp.
func (m Mode) away(neg, odd bool, half int) bool {
	switch m {
	case HalfEven:
		return half > 0 || half == 0 && odd
	case HalfDown:
		return half > 0
	case Up:
		return true
	case Down:
		return false
	case Ceiling:
		return !neg
	case Floor:
		return neg
	}
	return half >= 0
}
