package formula

// Op is an operator.
type Op uint8

// The operators.
const (
	OpNone Op = iota
	OpNeg
	OpNot
	OpAdd
	OpSub
	OpMul
	OpQuo
	OpRem
	OpPow // to a whole power
	OpJoin
	OpEq
	OpNe
	OpLt
	OpLe
	OpGt
	OpGe
	OpAnd
	OpOr
	OpElse // x ?? y
	OpIn
	OpContains
	OpStartsWith
	OpEndsWith
	OpMatches
)

var opTexts = [...]string{"", "-", "not", "+", "-", "*", "/", "%", "**", "+", "==", "!=", "<", "<=", ">", ">=", "and", "or", "??",
	"in", "contains", "startsWith", "endsWith", "matches"}

// String returns the operator as it is written.
func (o Op) String() string {
	if int(o) < len(opTexts) {
		return opTexts[o]
	}
	return ""
}

var binaryOps = map[string]Op{
	"+": OpAdd, "-": OpSub, "*": OpMul, "/": OpQuo, "%": OpRem, "**": OpPow, "==": OpEq, "!=": OpNe, "<": OpLt, "<=": OpLe,
	">": OpGt, ">=": OpGe, "and": OpAnd, "&&": OpAnd, "or": OpOr, "||": OpOr, "??": OpElse, "in": OpIn, "contains": OpContains,
	"startsWith": OpStartsWith, "endsWith": OpEndsWith, "matches": OpMatches,
}

// outcomes says for which results of Cmp a comparison holds: bit 0 for less, 1 for equal, 2 for greater.
func (o Op) outcomes() uint8 {
	switch o {
	case OpLt:
		return 0b001
	case OpLe:
		return 0b011
	case OpEq:
		return 0b010
	case OpNe:
		return 0b101
	case OpGe:
		return 0b110
	case OpGt:
		return 0b100
	}
	return 0
}

// turned returns the comparison that b has to a when a has o to b.
func (o Op) turned() Op {
	switch o {
	case OpLt:
		return OpGt
	case OpLe:
		return OpGe
	case OpGt:
		return OpLt
	case OpGe:
		return OpLe
	}
	return o
}

func (o Op) ordering() bool { return o == OpLt || o == OpLe || o == OpGt || o == OpGe }

// Holds reports whether a comparison holds for the sign of the difference of its sides.
func (o Op) Holds(sign int) bool { return o.outcomes()>>uint(sign+1)&1 != 0 }
