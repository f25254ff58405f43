package portfolio_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy"
	"github.com/tallystick-go/tallystick/policy/portfolio"
)

// customersOf returns n customers of the policy in text as a file: some have no mark, some are at fault, some names stand in
// quotes and over several lines.
func customersOf(n int, f policy.Format) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	switch f {
	case policy.CSV:
		_ = w.Write([]string{"name", "mark", "vip"})
	case policy.JSON:
		b.WriteString("[\n")
	}
	for i := range n {
		name, mark, vip := fmt.Sprintf("客户 %d", i), fmt.Sprintf("%d.%02d", i%101, i%100), "false"
		switch {
		case i%29 == 0:
			name += ", \"&\" Söhne\n\\"
		case i%31 == 0:
			mark = ""
		case i%37 == 0:
			vip = "maybe"
		case i%41 == 0:
			vip = "true"
		}
		if f == policy.CSV {
			_ = w.Write([]string{name, mark, vip})
			continue
		}
		text, _ := json.Marshal(map[string]any{"name": name, "mark": nullable(mark), "vip": json.RawMessage(strings.Replace(vip, "maybe", "5", 1))})
		b.Write(text)
		if f == policy.JSON && i < n-1 {
			b.WriteByte(',')
		}
		b.WriteByte('\n')
	}
	w.Flush()
	if f == policy.JSON {
		b.WriteByte(']')
	}
	return b.Bytes()
}

func nullable(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// oneByOne decides customers without any of the workers.
func oneByOne(t *testing.T, p *policy.Policy, customers []byte, in policy.Format, out portfolio.Format) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := portfolio.NewWriter(&b, out, p)
	require.NoError(t, err)
	c, err := p.Customers(bytes.NewReader(customers), in)
	require.NoError(t, err)
	var d policy.Decision
	for {
		line, err := c.Decide(&d, policy.AsOf(day))
		var bad *policy.RecordError
		switch {
		case err == nil:
			require.NoError(t, w.Decision(line, &d))
		case errors.As(err, &bad):
			require.NoError(t, w.Bad(line, bad))
		default:
			require.ErrorIs(t, err, io.EOF)
			require.NoError(t, w.Close(nil))
			return b.Bytes()
		}
	}
}

func TestTheNumberOfWorkersChangesNoByte(t *testing.T) {
	p := load(t)
	for _, in := range []policy.Format{policy.CSV, policy.JSON, policy.NDJSON} {
		for _, n := range []int{0, 1, 63, 64, 65, 1500} {
			customers := customersOf(n, in)
			for _, out := range []portfolio.Format{portfolio.CSV, portfolio.JSON, portfolio.NDJSON} {
				want := oneByOne(t, p, customers, in, out)
				var first *portfolio.Summary
				for _, workers := range []int{1, 2, 8} {
					var got bytes.Buffer
					w, err := portfolio.NewWriter(&got, out, p)
					require.NoError(t, err)
					s, err := portfolio.Decide(t.Context(), p, day, bytes.NewReader(customers), in, w, portfolio.Workers(workers))
					require.NoError(t, err)
					require.True(t, bytes.Equal(want, got.Bytes()), "%s to %s, %d customers, %d workers", in, out, n, workers)
					require.Equal(t, n, s.Customers)
					if first == nil {
						first = s
					}
					require.Equal(t, first, s)
				}
			}
		}
	}
}

// names is a Writer of its own kind.
type names struct{ lines []string }

func (n *names) Decision(line int, d *policy.Decision) error {
	n.lines = append(n.lines, fmt.Sprint(line, " ", d.Customer(), " ", d.LimitText()))
	return nil
}

func (n *names) Bad(line int, err error) error {
	n.lines = append(n.lines, fmt.Sprint(line, " ", err))
	return nil
}

func (n *names) Close(s *portfolio.Summary) error {
	n.lines = append(n.lines, fmt.Sprint(s.Customers))
	return nil
}

func TestAWriterOfOnesOwnGetsDecisionsInTheirOrder(t *testing.T) {
	p := load(t)
	customers := customersOf(1000, policy.NDJSON)
	var want, got names
	_, err := portfolio.Decide(t.Context(), p, day, bytes.NewReader(customers), policy.NDJSON, &want, portfolio.Workers(1))
	require.NoError(t, err)
	_, err = portfolio.Decide(t.Context(), p, day, bytes.NewReader(customers), policy.NDJSON, &got, portfolio.Workers(4))
	require.NoError(t, err)
	require.Equal(t, want, got)
	require.Equal(t, "61 客户 60 6066.06", got.lines[60])
	require.Equal(t, "1000", got.lines[1000])
}

func TestMemoryDoesNotGrowWithTheCustomers(t *testing.T) {
	if testing.Short() {
		t.Skip("decides 100,000 customers")
	}
	p, _, _, lines := benchFiles(t)
	w, err := portfolio.NewWriter(io.Discard, portfolio.NDJSON, p)
	require.NoError(t, err)
	var early, late uint64
	_, err = portfolio.Decide(t.Context(), p, day, &file{body: lines, n: 100_000}, policy.NDJSON, w, portfolio.OnProgress(0, func(at portfolio.Progress) {
		if early > 0 && !at.Done || at.Customers < 10_000 {
			return
		}
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		if early == 0 {
			early = m.HeapAlloc
		}
		late = m.HeapAlloc
	}))
	require.NoError(t, err)
	require.Less(t, late, early+2<<20)
}

func TestACancelledRunTellsWhatItDid(t *testing.T) {
	p := load(t)
	customers := customersOf(50_000, policy.CSV)
	ctx, cancel := context.WithCancelCause(t.Context())
	enough := errors.New("enough")
	var out bytes.Buffer
	w, err := portfolio.NewWriter(&out, portfolio.JSON, p)
	require.NoError(t, err)
	s, err := portfolio.Decide(ctx, p, day, bytes.NewReader(customers), policy.CSV, w, portfolio.Workers(2), portfolio.OnProgress(0, func(portfolio.Progress) { cancel(enough) }))
	require.ErrorIs(t, err, enough)
	require.Positive(t, s.Customers)
	require.Less(t, s.Customers, 50_000)
	var all []any
	require.NoError(t, json.Unmarshal(out.Bytes(), &all), "what was decided is written, and the array is closed")
	require.Len(t, all, s.Customers)
	want := oneByOne(t, p, customers, policy.CSV, portfolio.JSON)
	require.True(t, bytes.HasPrefix(want, bytes.TrimSuffix(out.Bytes(), []byte("\n]\n"))))
}

func TestWritingStopsWhereTheDiskIsFull(t *testing.T) {
	p := load(t)
	for _, workers := range []int{1, 3} {
		w, err := portfolio.NewWriter(&full{100_000}, portfolio.NDJSON, p)
		require.NoError(t, err)
		read := &counter{r: bytes.NewReader(customersOf(20_000, policy.NDJSON))}
		s, err := portfolio.Decide(t.Context(), p, day, read, policy.NDJSON, w, portfolio.Workers(workers))
		require.EqualError(t, err, "no space left on device")
		require.Less(t, s.Customers, 400, "100,000 bytes hold no more")
		require.Less(t, read.n, 1_000_000, "there is no use in reading on")
	}
}

type counter struct {
	r io.Reader
	n int
}

func (c *counter) Read(b []byte) (int, error) {
	n, err := c.r.Read(b)
	c.n += n
	return n, err
}

func TestWhatPrecedesAReaderThatFailsIsDecided(t *testing.T) {
	p := load(t)
	lost := errors.New("connection lost")
	customers := customersOf(1000, policy.NDJSON)
	var out bytes.Buffer
	w, err := portfolio.NewWriter(&out, portfolio.NDJSON, p)
	require.NoError(t, err)
	s, err := portfolio.Decide(t.Context(), p, day, io.MultiReader(bytes.NewReader(customers), iotest.ErrReader(lost)), policy.NDJSON, w)
	require.ErrorIs(t, err, lost)
	require.Equal(t, 1000, s.Customers, "what precedes is decided")
	require.Equal(t, 1000, bytes.Count(out.Bytes(), []byte("\n")))
}

// A Writer that panics must not leave workers behind.
func TestAWriterThatPanicsStopsTheWorkers(t *testing.T) {
	p := load(t)
	before := runtime.NumGoroutine()
	func() {
		defer func() { require.Equal(t, "the writer is at fault", recover()) }()
		_, _ = portfolio.Decide(t.Context(), p, day, bytes.NewReader(customersOf(5000, policy.CSV)), policy.CSV, faulty{}, portfolio.Workers(4))
	}()
	// A worker that is done may be counted for a moment longer.
	for deadline := time.Now().Add(10 * time.Second); runtime.NumGoroutine() > before && time.Now().Before(deadline); {
		time.Sleep(time.Millisecond)
	}
	require.LessOrEqual(t, runtime.NumGoroutine(), before)
}

type faulty struct{ portfolio.Writer }

func (faulty) Decision(int, *policy.Decision) error { panic("the writer is at fault") }
func (faulty) Bad(int, error) error                 { return nil }

type panicking struct{}

func (panicking) Read([]byte) (int, error) { panic("the reader is at fault") }

func TestAPanicReachesTheCaller(t *testing.T) {
	p := load(t)
	head := strings.NewReader("name,mark,vip\n" + strings.Repeat("a,1,true\n", 20_000))
	w, err := portfolio.NewWriter(io.Discard, portfolio.NDJSON, p)
	require.NoError(t, err)
	defer func() {
		require.Contains(t, recover(), "the reader is at fault")
	}()
	_, _ = portfolio.Decide(t.Context(), p, day, io.MultiReader(head, panicking{}), policy.CSV, w, portfolio.Workers(2))
	t.Error("nothing was said")
}

func TestADayOnWhichThePolicyIsNotInForce(t *testing.T) {
	p, err := policy.Parse("p.yaml", []byte(strings.Replace(text, "inputs:", "effective: {from: 2027-01-01}\ninputs:", 1)))
	require.NoError(t, err)
	w, err := portfolio.NewWriter(io.Discard, portfolio.NDJSON, p)
	require.NoError(t, err)
	_, err = portfolio.Decide(t.Context(), p, day, strings.NewReader(""), policy.NDJSON, w)
	var outside *policy.AsOfError
	require.ErrorAs(t, err, &outside)
}

func TestProgress(t *testing.T) {
	p := load(t)
	customers := customersOf(5000, policy.CSV)
	w, err := portfolio.NewWriter(io.Discard, portfolio.CSV, p)
	require.NoError(t, err)
	var told []portfolio.Progress
	s, err := portfolio.Decide(t.Context(), p, day, bytes.NewReader(customers), policy.CSV, w, portfolio.OnProgress(0, func(at portfolio.Progress) { told = append(told, at) }))
	require.NoError(t, err)
	require.Greater(t, len(told), 5000/64)
	for i, at := range told {
		require.Equal(t, i == len(told)-1, at.Done)
		require.EqualValues(t, len(customers), at.Size)
		if i > 0 {
			require.GreaterOrEqual(t, at.Customers, told[i-1].Customers)
			require.GreaterOrEqual(t, at.Read, told[i-1].Read)
		}
	}
	last := told[len(told)-1]
	require.Equal(t, []int{s.Customers, s.Bad, 0}, []int{last.Customers, last.Bad, last.Resumed})
	require.EqualValues(t, len(customers), last.Read)
	require.NotContains(t, last.String(), "left")
}

func TestProgressInWords(t *testing.T) {
	at := portfolio.Progress{Customers: 1_234_567, Bad: 3, Read: 620 << 20, Size: 1000 << 20, Elapsed: 10 * time.Second}
	require.Equal(t, "1,234,567 customers, 3 not decided, 123,456 a second, 62%, 6s left", at.String())
	at.Resumed, at.Bad, at.Size = 1_000_000, 0, 0
	require.Equal(t, "1,234,567 customers, 23,456 a second", at.String())
	year := portfolio.Progress{Read: 1 << 40, Size: 1 << 41, Elapsed: 7 * 24 * time.Hour}
	left, ok := year.Left()
	require.True(t, ok)
	require.Equal(t, 7*24*time.Hour, left, "no product is too large")
}

func TestALongTableComesInParts(t *testing.T) {
	p := load(t)
	var out bytes.Buffer
	w, err := portfolio.NewWriter(&out, portfolio.Table, p)
	require.NoError(t, err)
	_, err = portfolio.Decide(t.Context(), p, day, bytes.NewReader(customersOf(2001, policy.NDJSON)), policy.NDJSON, w)
	require.NoError(t, err)
	require.Equal(t, 3, strings.Count(out.String(), "line  customer"))
	require.Equal(t, 1, strings.Count(out.String(), "\ntotal "))
	require.Contains(t, out.String(), "\n2001  客户 2000")
}

func TestTheSummaryTellsHowGradesMigrated(t *testing.T) {
	p, err := policy.Parse("p.yaml", []byte(`
policy: p
version: "1"
inputs: {mark: number, last: {type: grade}}
scoring: {indicators: [{id: s, weight: 100, formula: mark}]}
grade:
  scale: [{grade: A, min: 80}, {grade: B, min: 60}, {grade: C, min: 0}]
  transitions: {from: last, max_up: 1}
`))
	require.NoError(t, err)
	var out bytes.Buffer
	w, err := portfolio.NewWriter(&out, portfolio.Table, p)
	require.NoError(t, err)
	s, err := portfolio.Decide(t.Context(), p, day, strings.NewReader("mark,last\n90,A\n90,C\n90,\n10,A\n,A\n60,B\n61,B\n"), policy.CSV, w, portfolio.Workers(2))
	require.NoError(t, err)
	require.Equal(t, portfolio.Matrix{Rows: []string{"A", "B", "C"}, Columns: []string{"A", "B", "C"}, Counts: [][]int{{1, 0, 1}, {0, 2, 0}, {0, 1, 0}}}, s.Migration,
		"C may rise to B only; who had no grade, or has none now, is not counted")
	require.Contains(t, out.String(), "grades: previous in rows, now in columns\n   A  B  C\n-  -  -  -\nA  1  .  1\nB  .  2  .\nC  .  1  .\n")

	s, err = portfolio.Decide(t.Context(), load(t), day, strings.NewReader(""), policy.NDJSON, w)
	require.NoError(t, err)
	require.Empty(t, s.Migration.Rows, "a policy without transitions knows no previous grade")
}

func FuzzCellsAreQuotedAsEncodingCSVDoes(f *testing.F) {
	for _, s := range []string{"", "a", `\.`, `"`, `a "b" c`, "a,b", " a", "a ", "\u00a0a", "a\r\nb", "\xff", "客户，"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var want bytes.Buffer
		w := csv.NewWriter(&want)
		require.NoError(t, w.Write([]string{"x", s}))
		w.Flush()
		require.Equal(t, want.String(), string(portfolio.AppendCell([]byte("x,"), s))+"\n")
	})
}
