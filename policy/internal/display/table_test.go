package display

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func written(t *testing.T, table *Table) string {
	t.Helper()
	var b strings.Builder
	require.NoError(t, table.Write(&b))
	return b.String()
}

func TestColumnsAlignWithChineseCells(t *testing.T) {
	table := NewTable("客户", "grade", "limit").Right(2)
	table.Row("华北矿业有限公司", "A", "3,600,000")
	table.Row("ACME", "重点", "0")
	table.Row("e\u0301", "C")
	assert.Equal(t, `客户              grade      limit
----------------  -----  ---------
华北矿业有限公司  A      3,600,000
ACME              重点           0
`+"e\u0301                 C\n", written(t, table))
}

func TestATableWithoutHeaders(t *testing.T) {
	table := NewTable()
	table.Row("a", "b")
	table.Row("long", "c", "more")
	assert.Equal(t, "a     b\nlong  c  more\n", written(t, table))
	assert.Equal(t, "", written(t, NewTable()))
}

func TestACellCannotBreakTheTable(t *testing.T) {
	table := NewTable("na\tme", "x")
	table.Row("two\r\nlines\n", "\x1b[31mred\x00")
	table.Row("\u202eabc", "a\rb\u2028c\u2029d")
	assert.Equal(t, "na me       x\n----------  ---------\ntwo⏎lines⏎  �[31mred�\n�abc        a⏎b⏎c⏎d\n", written(t, table))
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestAFailingWriterIsReported(t *testing.T) {
	assert.EqualError(t, NewTable("a").Write(full{}), "disk full")
}
