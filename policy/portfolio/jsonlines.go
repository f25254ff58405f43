package portfolio

import (
	"strconv"

	"github.com/tallystick-go/tallystick/policy"
)

// jsonLines writes a decision a line.
type jsonLines struct{}

func (jsonLines) customer(dst []byte, _, line int, d *policy.Decision, bad error) []byte {
	return append(appendObject(dst, line, d, bad), '\n')
}

func (jsonLines) end(dst []byte, _ int) []byte { return dst }

// jsonArray writes an array of decisions, a line each.
type jsonArray struct{}

func (jsonArray) customer(dst []byte, n, line int, d *policy.Decision, bad error) []byte {
	if n == 0 {
		dst = append(dst, "[\n"...)
	} else {
		dst = append(dst, ",\n"...)
	}
	return appendObject(dst, line, d, bad)
}

func (jsonArray) end(dst []byte, n int) []byte {
	if n == 0 {
		return append(dst, "[]\n"...)
	}
	return append(dst, "\n]\n"...)
}

// appendObject appends a decision as a JSON object that begins with its line.
func appendObject(dst []byte, line int, d *policy.Decision, bad error) []byte {
	dst = append(dst, `{"line":`...)
	dst = strconv.AppendInt(dst, int64(line), 10)
	if bad != nil {
		dst = append(dst, `,"error":`...)
		dst = policy.AppendJSONString(dst, bad.Error())
		return append(dst, '}')
	}
	brace := len(dst)
	dst = d.AppendJSON(dst)
	dst[brace] = ',' // in place of the one that opens the decision
	return dst
}
