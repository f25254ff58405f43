package portfolio_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy"
	"github.com/tallystick-go/tallystick/policy/portfolio"
)

const benchCustomers = 1402

// benchFiles returns the benchmark policy and its customers, those at thresholds among them, in random order, as CSV
// without the header, which is apart, and as NDJSON.
func benchFiles(t testing.TB) (p *policy.Policy, header, rows, lines []byte) {
	const dir = "../testdata/bench/"
	p, err := policy.LoadFile(dir + "policy.yaml")
	require.NoError(t, err)
	var all []json.RawMessage
	for _, name := range []string{"records.json", "edges.json"} {
		src, err := os.ReadFile(dir + name)
		require.NoError(t, err)
		var some []json.RawMessage
		require.NoError(t, json.Unmarshal(src, &some))
		all = append(all, some...)
	}
	require.Len(t, all, benchCustomers)
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	var names []string
	var head, body bytes.Buffer
	h, w := csv.NewWriter(&head), csv.NewWriter(&body)
	for _, raw := range all {
		record, err := policy.ParseRecord(raw)
		require.NoError(t, err)
		if names == nil {
			names = slices.Sorted(maps.Keys(record))
			require.NoError(t, h.Write(names))
		}
		var cells []string
		for _, name := range names {
			cells = append(cells, fmt.Sprint(record[name]))
		}
		require.NoError(t, w.Write(cells))
		lines = append(append(lines, raw...), '\n')
	}
	h.Flush()
	w.Flush()
	return p, head.Bytes(), body.Bytes(), lines
}

// file is a file of n customers, which are those of body again and again.
type file struct {
	head, body, rest []byte
	n                int
}

func (f *file) Read(b []byte) (int, error) {
	if len(f.rest) == 0 {
		f.rest, f.head = f.head, nil
	}
	if len(f.rest) == 0 && f.n > 0 {
		f.rest = f.body
		f.n -= benchCustomers
		for ; f.n < 0; f.n++ {
			f.rest = f.rest[:bytes.LastIndexByte(f.rest[:len(f.rest)-1], '\n')+1]
		}
	}
	if len(f.rest) == 0 {
		return 0, io.EOF
	}
	n := copy(b, f.rest)
	f.rest = f.rest[n:]
	return n, nil
}

// From a line of the file to a written line; one operation is one customer. Run it with -cpu 1,2: there are as many workers
// as cores.
func BenchmarkDecide(b *testing.B) {
	p, header, rows, lines := benchFiles(b)
	for _, in := range []struct {
		f    policy.Format
		head []byte
		body []byte
	}{{policy.CSV, header, rows}, {policy.NDJSON, nil, lines}} {
		for _, out := range []portfolio.Format{portfolio.NDJSON, portfolio.CSV} {
			b.Run(fmt.Sprintf("%s-to-%s", in.f, out), func(b *testing.B) {
				b.ReportAllocs()
				w, err := portfolio.NewWriter(io.Discard, out, p)
				require.NoError(b, err)
				s, err := portfolio.Decide(b.Context(), p, day, &file{head: in.head, body: in.body, n: b.N}, in.f, w)
				require.NoError(b, err)
				require.Equal(b, b.N, s.Customers)
				require.Zero(b, s.Bad)
			})
		}
	}
}
