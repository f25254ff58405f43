package record

import (
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/slot"
)

// inBatches reads all of a file in batches of at most n records, as drain does one by one.
func inBatches(t *testing.T, r io.Reader, format Format, n int) (out []string) {
	t.Helper()
	s := fileSchema()
	source, err := Open(r, format, s)
	require.NoError(t, err)
	b, f := &Batch{}, &slot.Frame{}
	for {
		if err := source.Take(b, n); err != nil {
			assert.Zero(t, b.Len())
			assert.Equal(t, err, source.Take(b, n), "the end stays the end")
			if err != io.EOF {
				out = append(out, "fatal: "+err.Error())
			}
			return out
		}
		require.Positive(t, b.Len())
		require.LessOrEqual(t, b.Len(), n)
		for i := range b.Len() {
			f.Reset(s.Len())
			text := ""
			if err := source.Read(f, b, i); err != nil {
				text = err.Error()
			} else {
				text = f.Slots[0].Str + " " + display(&f.Slots[1])
			}
			out = append(out, count(b.Line(i), "line")+": "+text)
		}
	}
}

func TestBatchesHoldWhatTheFileHolds(t *testing.T) {
	for format, file := range map[Format]string{
		CSV:    "name,days\na,1\n\"b\nb\",2\n,3\n\nc,x\n\"d,4\ne,5\nf\n客户,\"\"\n",
		NDJSON: "{\"name\":\"a\",\"days\":1}\n{\"name\":\"\\u0062\"}\n\n{\"days\":3}\nnot json\n{\"name\":\"客户\",\"days\":\"5\"}\n",
		JSON:   "[{\"name\":\"a\",\"days\":1},\n{\"name\":\"\\u0062\"},\n{\"days\":3}, 5,\n{\"name\":\"客户\",\"days\":\"5\"}] 5",
	} {
		want := inBatches(t, strings.NewReader(file), format, 1)
		require.Greater(t, len(want), 4)
		for n := 2; n < 9; n++ {
			assert.Equal(t, want, inBatches(t, strings.NewReader(file), format, n), "%s, %d at a time", format, n)
		}
		assert.Equal(t, want, inBatches(t, iotest.OneByteReader(strings.NewReader(file)), format, 4))
	}
}

// Texts that were read stay when the batch is used again.
func TestTextsOutliveTheirBatch(t *testing.T) {
	for format, file := range map[Format]string{
		CSV:    "name,days\nAda,1\nBob,2\nCyd,3\nDan,4\n",
		NDJSON: "{\"name\":\"Ada\"}\n{\"name\":\"Bob\"}\n{\"name\":\"Cyd\"}\n{\"name\":\"Dan\"}\n",
	} {
		s := fileSchema()
		source, err := Open(strings.NewReader(file), format, s)
		require.NoError(t, err)
		b, frames := &Batch{}, make([]slot.Frame, 4)
		for k := range 2 {
			require.NoError(t, source.Take(b, 2))
			for i := range 2 {
				f := &frames[2*k+i]
				f.Reset(s.Len())
				require.NoError(t, source.Read(f, b, i))
			}
		}
		for i, name := range []string{"Ada", "Bob", "Cyd", "Dan"} {
			assert.Equal(t, name, frames[i].Slots[0].Str, format)
		}
	}
}

// A batch is full before many records of a megabyte are in it, so that the memory of many batches has a bound.
func TestABatchOfLargeRecordsIsSmall(t *testing.T) {
	large := `{"name":"` + strings.Repeat("a", MaxText) + `"}` + "\n"
	s := fileSchema()
	source, err := Open(strings.NewReader(strings.Repeat(large, 20)), NDJSON, s)
	require.NoError(t, err)
	b, taken := &Batch{}, 0
	for source.Take(b, 64) == nil {
		require.LessOrEqual(t, b.Len(), batchBytes/MaxText)
		taken += b.Len()
	}
	assert.Equal(t, 20, taken)
}
