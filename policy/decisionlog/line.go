package decisionlog

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/tallystick-go/tallystick/policy"
)

// format is the version of the format that is written.
const format = 1

// begin is how every line begins, whatever its version.
const begin = `{"log":`

// line is one line of a log.
type line struct {
	Log    int               `json:"log"`
	Engine int               `json:"engine"`
	Record jsontext.Value    `json:"record"`
	Masked map[string]string `json:"masked"`
	Result jsontext.Value    `json:"result"`
	Prev   string            `json:"prev"`
	Hash   string            `json:"hash"`
}

// result is what is known of any decision.
type result struct {
	Policy struct {
		ID      string `json:"id"`
		Version string `json:"version"`
		Digest  string `json:"digest"`
		Meaning string `json:"meaning"`
	} `json:"policy"`
	AsOf string `json:"as_of"`
}

// commitment is what stands for the value of an input.
type commitment struct{ input, hash string }

// appendLine appends the line of a decision, with its end, and returns its hash.
func appendLine(dst []byte, d *policy.Decision, masked []commitment, prev string) (line []byte, hash string, err error) {
	start := len(dst)
	dst = strconv.AppendInt(append(dst, begin...), format, 10)
	dst = strconv.AppendInt(append(dst, `,"engine":`...), policy.Engine, 10)
	dst, err = d.AppendRecord(append(dst, `,"record":`...))
	if err == nil && bytes.HasSuffix(dst, []byte(":null")) { // a record is an object
		err = ErrUndecided
	}
	if err != nil {
		return dst[:start], "", err
	}
	for i, c := range masked {
		if i == 0 {
			dst = append(dst, `,"masked":{`...)
		} else {
			dst = append(dst, ',')
		}
		dst = append(policy.AppendJSONString(dst, c.input), `:"`...)
		dst = append(append(dst, c.hash...), '"')
	}
	if len(masked) > 0 {
		dst = append(dst, '}')
	}
	dst = d.AppendJSON(append(dst, `,"result":`...))
	dst = append(append(append(dst, `,"prev":"`...), prev...), '"')
	hash = hashOf(dst[start:])
	dst = append(append(append(dst, beforeHash...), hash...), afterHash...)
	return append(dst, '\n'), hash, nil
}

// What stands around the hash at the end of a line.
const (
	beforeHash = `,"hash":"`
	afterHash  = `"}`
	hashLength = 2 * sha256.Size
)

func hashOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// sealed reports whether text, a line without its end, has the hash of what is before it.
func sealed(text []byte) bool {
	body := len(text) - len(beforeHash) - hashLength - len(afterHash)
	return body > 0 && string(text[body:]) == beforeHash+hashOf(text[:body])+afterHash
}

var errNoLine = errors.New("it is no line of a decision log")

// parse reads a line without its end.
func parse(text []byte) (*line, *result, error) {
	var version struct {
		Log int `json:"log"`
	}
	var l line
	var r result
	switch err := json.Unmarshal(text, &version); {
	case err != nil || version.Log < 1:
		return nil, nil, errNoLine
	case version.Log > format:
		return nil, nil, fmt.Errorf("it has version %d of the format, and this program reads those up to %d: use a newer one", version.Log, format)
	}
	if json.Unmarshal(text, &l) != nil || json.Unmarshal(l.Result, &r) != nil {
		return nil, nil, errNoLine
	}
	return &l, &r, nil
}

// masked returns the names of the inputs that are masked, sorted.
func (l *line) masked() []string {
	names := make([]string, 0, len(l.Masked))
	for name := range l.Masked {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
