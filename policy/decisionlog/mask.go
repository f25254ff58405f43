package decisionlog

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"strings"

	"github.com/tallystick-go/tallystick/policy"
)

// Key is the secret that makes the salts of what is masked. Use one for each log.
type Key [32]byte

// NewKey returns a key of the system's randomness.
func NewKey() Key {
	var k Key
	rand.Read(k[:]) // never fails
	return k
}

// ParseKey reads a key as 64 hexadecimal digits; space around them does not count.
func ParseKey(text string) (Key, error) {
	var k Key
	b, err := hex.DecodeString(strings.TrimSpace(text))
	if err != nil || len(b) != len(k) {
		return k, errors.New("a key has 64 hexadecimal digits")
	}
	copy(k[:], b)
	return k, nil
}

// Text returns the key as ParseKey reads it. It is a secret.
func (k Key) Text() string { return hex.EncodeToString(k[:]) }

// String says that there is a key, without telling it.
func (k Key) String() string { return "a secret key" }

// Salt returns the salt, in hexadecimal, of an input in the line that has prev.
func (k Key) Salt(prev, input string) string { return hex.EncodeToString(k.salt(prev, input)) }

func (k Key) salt(prev, input string) []byte {
	h := hmac.New(sha256.New, k[:])
	io.WriteString(h, prev+"\n"+input)
	return h.Sum(nil)
}

// Commitment returns what stands in a log for value, by the salt in hexadecimal.
func Commitment(salt, value string) (string, error) {
	b, err := hex.DecodeString(salt)
	if err != nil || len(b) != sha256.Size {
		return "", errors.New("a salt has 64 hexadecimal digits")
	}
	return commit(b, value), nil
}

func commit(salt []byte, value string) string { return hashOf(append(salt, value...)) }

// mask says what is masked.
type mask struct {
	inputs []string
	key    Key
}

// on returns the decision without what is masked, and the commitments of that.
func (m *mask) on(d *policy.Decision, prev string) (*policy.Decision, []commitment, error) {
	if len(m.inputs) == 0 {
		return d, nil, nil
	}
	without, err := d.Withhold(m.inputs...)
	if err != nil {
		return nil, nil, err
	}
	var all []commitment
	for _, name := range m.inputs {
		if value, there := d.Value(name); there {
			all = append(all, commitment{name, commit(m.key.salt(prev, name), value)})
		}
	}
	return without, all, nil
}

// Claim finds the decisions in which an input that is masked has value, and tells the line, from 1, and the salt with which
// Commitment shows that to others. Lines that cannot be read are passed over; Replay reports them.
func Claim(r io.Reader, key Key, input, value string, found func(line int, salt string)) error {
	return eachLine(r, func(n int, text []byte, whole bool) {
		l, _, err := parse(text)
		if err != nil {
			return
		}
		if salt := key.salt(l.Prev, input); l.Masked[input] != "" && l.Masked[input] == commit(salt[:len(salt):len(salt)], value) {
			found(n, hex.EncodeToString(salt))
		}
	})
}
