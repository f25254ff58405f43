package formula

const (
	// MaxText is the longest expression, in bytes.
	MaxText = 4096
	// MaxDepth is how deep brackets, or signs and negations in a row, may nest.
	MaxDepth = 64
	// MaxNodes is how many operations, names and literals an expression may have.
	MaxNodes = 2000
	// MaxInlined is how many nodes an expression may have once the policy's own functions are put in.
	MaxInlined = 10_000
	// MaxString is the longest string, in bytes, that an expression may make.
	MaxString = 64 << 10
	// maxPattern bounds the program that a pattern is compiled to, in instructions: matching takes time in proportion
	// to it, times the length of the text.
	maxPattern = 500
)
