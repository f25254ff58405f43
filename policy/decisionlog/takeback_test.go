package decisionlog

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy"
)

// crowded is a file on a disk that is full for a moment: of the next write only the beginning arrives.
type crowded struct {
	*os.File
	room int
}

var errCrowded = errors.New("no space left on device")

func (c *crowded) Write(b []byte) (int, error) {
	if c.room < 0 {
		return c.File.Write(b)
	}
	n, _ := c.File.Write(b[:c.room])
	c.room = -1
	return n, errCrowded
}

func TestAPartOfALineIsTakenBackWhenTheDiskIsFull(t *testing.T) {
	p, err := policy.LoadFile("testdata/order-credit.yaml")
	require.NoError(t, err)
	d, err := p.Decide(policy.Record{"name": "Ada", "id_card": "1"}, policy.AsOf(policy.NewDate(2026, time.June, 30)))
	require.NoError(t, err)
	name := filepath.Join(t.TempDir(), "decisions.log")
	l, err := Open(name)
	require.NoError(t, err)
	require.NoError(t, l.Append(d))
	before, err := os.ReadFile(name)
	require.NoError(t, err)

	l.to = &crowded{l.file, 100}
	err = l.Append(d)
	var failed *WriteError
	require.ErrorAs(t, err, &failed)
	require.ErrorIs(t, err, errCrowded)
	assert.False(t, failed.Torn)
	after, err := os.ReadFile(name)
	require.NoError(t, err)
	assert.Equal(t, string(before), string(after))

	require.NoError(t, l.Append(d), "as soon as there is room again")
	require.NoError(t, l.Close())
	f, err := os.Open(name)
	require.NoError(t, err)
	defer f.Close()
	report, err := Replay(f, []*policy.Policy{p}, func(found *Finding) { t.Error(found) })
	require.NoError(t, err)
	assert.Equal(t, 2, report.Same)
}
