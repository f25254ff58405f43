package decisionlog_test

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/big"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/bounded"
	"github.com/tallystick-go/tallystick/internal/exact"
	"github.com/tallystick-go/tallystick/policy"
	"github.com/tallystick-go/tallystick/policy/decisionlog"
)

var update = flag.Bool("update", false, "write the golden log of the present format")

func load(t testing.TB) *policy.Policy {
	t.Helper()
	p, err := policy.LoadFile("testdata/order-credit.yaml")
	require.NoError(t, err)
	return p
}

func parse(t testing.TB, src string, opts ...policy.Option) *policy.Policy {
	t.Helper()
	p, err := policy.Parse("policy.yaml", []byte(src), opts...)
	require.NoError(t, err)
	return p
}

var midsummer = policy.AsOf(policy.NewDate(2026, time.June, 30))

// customers are records with a bit of everything: what is absent, what is exact, what needs escapes.
func customers() []policy.Record {
	order := func(amount string, paid any) map[string]any { return map[string]any{"amount": amount, "paid": paid} }
	return []policy.Record{
		{"name": "华兴贸易", "id_card": "110101199003074477", "born": "1990-03-07", "sales": "240000.50", "late_days": 0, "since": "2020-02-29",
			"orders": []any{order("120000", true), order("30000.01", false), order("0.02", true)}},
		{"name": "Ada \"A\" & <B>\n", "id_card": "x", "sales": 100000, "since": "2026-01-31", "orders": []any{order("10", nil), nil}},
		{"name": "华兴贸易", "id_card": "110101199003074477", "late_days": 31, "since": "2019-01-01", "orders": []any{}},
	}
}

func decide(t testing.TB, p *policy.Policy, r policy.Record) *policy.Decision {
	t.Helper()
	d, err := p.Decide(r, midsummer)
	require.NoError(t, err)
	return d
}

// logged returns a log of all customers.
func logged(t testing.TB, p *policy.Policy, opts ...decisionlog.Option) string {
	t.Helper()
	var b bytes.Buffer
	l := decisionlog.New(&b, opts...)
	for _, r := range customers() {
		require.NoError(t, l.Append(decide(t, p, r)))
	}
	require.NoError(t, l.Close())
	return b.String()
}

// replay returns what a replay reports and finds, a line each.
func replay(t testing.TB, log string, policies ...*policy.Policy) (decisionlog.Report, []string) {
	t.Helper()
	var found []string
	report, err := decisionlog.Replay(strings.NewReader(log), policies, func(f *decisionlog.Finding) { found = append(found, f.Error()) })
	require.NoError(t, err)
	return report, found
}

func linesOf(log string) []string { return strings.SplitAfter(strings.TrimSuffix(log, "\n"), "\n") }

func TestEveryDecisionOfALogComesOutTheSame(t *testing.T) {
	p := load(t)
	log := logged(t, p)
	report, found := replay(t, log, p)
	assert.Empty(t, found)
	assert.Equal(t, 3, report.Decisions)
	assert.Equal(t, 3, report.Same)
	assert.Equal(t, log, logged(t, p), "the same decisions make the same bytes")
	assert.Contains(t, log, `"engine":1,"record":{"name":"华兴贸易","id_card":"110101199003074477","born":"1990-03-07","sales":"240000.5","late_days":"0",`+
		`"since":"2020-02-29","orders":[{"amount":"120000","paid":true},{"amount":"30000.01","paid":false},{"amount":"0.02","paid":true}]},"result":{"policy":`)
	assert.Contains(t, log, `"orders":[{"amount":"10"},null]`, "what is absent in a list stays in its place")
	assert.True(t, strings.HasSuffix(log, `","hash":"`+report.Head+"\"}\n"))
}

// The log of each version of the format is kept, and can be read and replayed for ever.
func TestLogsOfOldAreReplayed(t *testing.T) {
	p := load(t)
	key, err := decisionlog.ParseKey(strings.Repeat("0f", 32))
	require.NoError(t, err)
	present := logged(t, p) // of the format that is written now
	masked := logged(t, p, decisionlog.Mask(key, "name", "id_card", "born"))
	for name, log := range map[string]string{"testdata/format-1.log": present, "testdata/format-1-masked.log": masked} {
		if *update {
			require.NoError(t, os.WriteFile(name, []byte(log), 0o644))
		}
		kept, err := os.ReadFile(name)
		require.NoError(t, err)
		assert.Equal(t, string(kept), log)
	}
	all, err := filepath.Glob("testdata/*.log")
	require.NoError(t, err)
	require.NotEmpty(t, all)
	for _, name := range all {
		kept, err := os.ReadFile(name)
		require.NoError(t, err)
		report, found := replay(t, string(kept), p)
		assert.Empty(t, found, name)
		assert.Equal(t, 3, report.Same, name)
	}
}

// Whatever byte of a log is changed, and to whatever, the replay finds it.
func TestNoByteCanBeAlteredUnseen(t *testing.T) {
	p := load(t)
	log := logged(t, p)
	for i := range log {
		for _, to := range []byte{log[i] ^ 1, ' ', '\n', 0} {
			altered := []byte(log)
			if altered[i] == to {
				continue
			}
			altered[i] = to
			findings := 0
			_, err := decisionlog.Replay(bytes.NewReader(altered), []*policy.Policy{p}, func(*decisionlog.Finding) { findings++ })
			if err != nil || findings == 0 && i < len(log)-1 {
				t.Fatalf("byte %d altered to %q is not found: %v", i, to, err)
			}
		}
	}
}

func TestLinesThatWereTakenOutMovedOrRepeatedAreFound(t *testing.T) {
	p := load(t)
	l := linesOf(logged(t, p) + "")
	l[2] += "\n"
	for name, c := range map[string]struct {
		log  string
		want []string
	}{
		"the first one taken out": {l[1] + l[2], []string{"line 1: the log does not begin here: lines before this one are gone [chain]"}},
		"the second one taken out": {l[0] + l[2], []string{
			"line 2: this is not the line that followed: lines between were taken out, put in, moved or altered [chain]"}},
		"one repeated": {l[0] + l[1] + l[1] + l[2], []string{
			"line 3: this is not the line that followed: lines between were taken out, put in, moved or altered [chain]"}},
		"two exchanged": {l[0] + l[2] + l[1], []string{
			"line 2: this is not the line that followed: lines between were taken out, put in, moved or altered [chain]",
			"line 3: this is not the line that followed: lines between were taken out, put in, moved or altered [chain]"}},
		"a blank line put in": {l[0] + "\n" + l[1] + l[2], []string{"line 2: the line cannot be read: it is no line of a decision log [broken]"}},
		"the last one cut off, which only the head that was noted shows": {l[0] + l[1], nil},
	} {
		t.Run(name, func(t *testing.T) {
			_, found := replay(t, c.log, p)
			assert.Equal(t, c.want, found)
		})
	}
}

func TestAnAlteredLineTellsWhatWasAltered(t *testing.T) {
	p := load(t)
	log := logged(t, p)
	_, found := replay(t, strings.Replace(log, `"limit":"48000.01"`, `"limit":"49000.01"`, 1), p)
	require.Len(t, found, 2)
	assert.Equal(t, "line 1: the line was damaged or altered: it does not have its hash [broken]", found[0])
	assert.Equal(t, `line 1: the decision comes out differently: limit was "49000.01" and is "48000.01" [result]`, found[1])
	_, found = replay(t, strings.Replace(log, `"late_days":"0"`, `"late_days":"1"`, 1), p)
	require.Len(t, found, 2)
	assert.Equal(t, `line 1: the decision comes out differently: indicators[punctuality].value was "0" and is "1" [result]`, found[1])
	_, found = replay(t, strings.Replace(log, `"name":"华兴贸易",`, ``, 1), p)
	require.Len(t, found, 2)
	assert.Equal(t, `line 1: order-credit 1 does not decide this: field "name": it is required, but absent [undecided]`, found[1])
	_, found = replay(t, strings.Replace(log, `"as_of":"2026-06-30"`, `"as_of":"2027-01-01"`, 1), p)
	require.Len(t, found, 2)
	assert.Contains(t, found[1], "is not in force on 2027-01-01")
}

func TestALogOfAnotherPolicyTellsWhichOneDecided(t *testing.T) {
	p := load(t)
	log := logged(t, p)
	src, err := os.ReadFile("testdata/order-credit.yaml")
	require.NoError(t, err)
	changed := func(old, new string) *policy.Policy {
		require.Contains(t, string(src), old)
		q, err := policy.Parse("new.yaml", []byte(strings.Replace(string(src), old, new, 1)))
		require.NoError(t, err)
		return q
	}
	for name, c := range map[string]struct {
		policies []*policy.Policy
		want     string
	}{
		"none": {nil, "line 1: order-credit 1 decided (" + p.Digest() + "), which is not among the policies given [no-policy]"},
		"another version": {[]*policy.Policy{changed(`version: "1"`, `version: "2"`)},
			"line 1: order-credit 1 decided (" + p.Digest() + "), which is not among the policies given; of order-credit there is 2 [no-policy]"},
		"a comment more": {[]*policy.Policy{changed("scoring:", "# Points.\nscoring:")},
			"line 1: new.yaml is not the file of order-credit 1 that decided, but means the same: the decision is the same [digest]"},
		"another ceiling, which this customer does not reach": {[]*policy.Policy{changed("50_000", "60_000")},
			"line 1: new.yaml is not the file of order-credit 1 that decided, but means something else: the decision is the same [digest]"},
		"other points": {[]*policy.Policy{changed("points: 40", "points: 39")},
			"line 1: new.yaml is not the file of order-credit 1 that decided, but means something else: " +
				`indicators[punctuality].points was "40.00" and is "39.00" [digest]`},
		"the one that means the same before the one that does not": {[]*policy.Policy{changed("50_000", "60_000"), changed("scoring:", "# Points.\nscoring:")},
			"line 1: new.yaml is not the file of order-credit 1 that decided, but means the same: the decision is the same [digest]"},
	} {
		t.Run(name, func(t *testing.T) {
			report, found := replay(t, log, c.policies...)
			require.Len(t, found, 3)
			assert.Equal(t, c.want, found[0])
			assert.Zero(t, report.Same)
		})
	}
	t.Run("among others", func(t *testing.T) {
		_, found := replay(t, log, changed("50_000", "60_000"), p)
		assert.Empty(t, found)
	})
}

// A function of the program is not part of the policy's file.
func TestAResultThatTheSamePolicyNoLongerGivesIsFound(t *testing.T) {
	const src = "policy: p\nversion: \"1\"\ninputs: {n: {type: number}}\nvalues: {a: rate(n)}\n"
	by := func(factor int64) *policy.Policy {
		return parse(t, src, policy.WithFunction("rate", func(n policy.Number) policy.Number { return n.Mul(exact.Int(factor)) }))
	}
	var b bytes.Buffer
	require.NoError(t, decisionlog.New(&b).Append(decide(t, by(2), policy.Record{"n": 21})))
	var f *decisionlog.Finding
	_, err := decisionlog.Replay(&b, []*policy.Policy{by(3)}, func(found *decisionlog.Finding) { f = found })
	require.NoError(t, err)
	require.NotNil(t, f)
	assert.Equal(t, decisionlog.Finding{
		Line: 1, Kind: decisionlog.Result, Policy: "p", Version: "1", Key: "values.a", Was: `"42"`, Is: `"63"`,
		Message: `the decision comes out differently: values.a was "42" and is "63"`,
	}, *f)
}

func TestMaskedValuesAreNotInTheLogAndTheProofHolds(t *testing.T) {
	p := load(t)
	key := decisionlog.NewKey()
	log := logged(t, p, decisionlog.Mask(key, "name", "id_card", "born", "name"))
	for _, secret := range []string{"华兴", "110101", "1990-03-07", key.Text()} {
		assert.NotContains(t, log, secret)
	}
	report, found := replay(t, log, p)
	assert.Empty(t, found)
	assert.Equal(t, 3, report.Same)

	type at struct {
		line int
		salt string
	}
	claim := func(k decisionlog.Key, input, value string) (all []at) {
		require.NoError(t, decisionlog.Claim(strings.NewReader(log), k, input, value, func(line int, salt string) { all = append(all, at{line, salt}) }))
		return all
	}
	lines := claim(key, "name", "华兴贸易")
	require.Len(t, lines, 2)
	assert.Equal(t, []int{1, 3}, []int{lines[0].line, lines[1].line})
	var commitments []string
	for _, x := range lines {
		c, err := decisionlog.Commitment(x.salt, "华兴贸易")
		require.NoError(t, err)
		assert.Contains(t, linesOf(log)[x.line-1], `"name":"`+c+`"`, "anybody can check a value whose salt is told")
		commitments = append(commitments, c)
	}
	assert.NotEqual(t, commitments[0], commitments[1], "nobody sees that two lines are of the same customer")
	assert.Len(t, claim(key, "born", "1990-03-07"), 1)
	assert.Empty(t, claim(key, "name", "华兴"))
	assert.Empty(t, claim(key, "id_card", "华兴贸易"), "the value of one input is not that of another")
	assert.Empty(t, claim(key, "sales", "240000.5"), "what is not masked has no commitment")
	assert.Empty(t, claim(decisionlog.NewKey(), "name", "华兴贸易"))
	assert.Equal(t, 1, strings.Count(log, `"born":"`), "what is absent has no commitment")
}

func TestWhatThePolicyReadsCannotBeMasked(t *testing.T) {
	p := load(t)
	for input, want := range map[string]string{
		"sales":     "policy order-credit: sales cannot be withheld, since decisions depend on it: it is read at testdata/order-credit.yaml:19:35",
		"orders":    "policy order-credit: orders cannot be withheld, since decisions depend on it: it is read at testdata/order-credit.yaml:14:9",
		"since":     "policy order-credit: since cannot be withheld, since decisions depend on it: it is read at testdata/order-credit.yaml:16:40",
		"nmae":      "policy order-credit: there is no input \"nmae\"; did you mean `name`? allowed: born, id_card, late_days, name, orders, sales, since",
		"late_days": "policy order-credit: late_days cannot be withheld, since decisions depend on it: it is read at testdata/order-credit.yaml:20:41",
	} {
		var b bytes.Buffer
		err := decisionlog.New(&b, decisionlog.Mask(decisionlog.Key{}, input)).Append(decide(t, p, customers()[0]))
		var refused *policy.WithholdError
		require.ErrorAs(t, err, &refused)
		assert.Equal(t, want, err.Error())
		assert.Empty(t, b.String())
	}
}

// A forger cannot mask an input by which the policy decides.
func TestAForgedMaskIsFound(t *testing.T) {
	p := load(t)
	_, found := replay(t, strings.Replace(logged(t, p), `},"result"`, `},"masked":{"sales":"00"},"result"`, 1), p)
	require.Len(t, found, 2)
	assert.Contains(t, found[1], "line 1: order-credit 1 does not decide this: policy order-credit: sales cannot be withheld")
}

func TestKeysAreReadAndNotShown(t *testing.T) {
	k := decisionlog.NewKey()
	back, err := decisionlog.ParseKey(" " + k.Text() + "\n")
	require.NoError(t, err)
	assert.Equal(t, k, back)
	assert.NotContains(t, fmt.Sprint(k), k.Text())
	for _, bad := range []string{"", "0f", strings.Repeat("0f", 33), strings.Repeat("0g", 32)} {
		_, err := decisionlog.ParseKey(bad)
		assert.ErrorContains(t, err, "64 hexadecimal digits")
	}
	_, err = decisionlog.Commitment("0f", "x")
	assert.Error(t, err)
}

func TestALogGoesOnWhereItEnded(t *testing.T) {
	p := load(t)
	name := filepath.Join(t.TempDir(), "decisions.log")
	for _, r := range customers() {
		l, err := decisionlog.Open(name)
		require.NoError(t, err)
		assert.Zero(t, l.Mended())
		require.NoError(t, l.Append(decide(t, p, r)))
		require.NoError(t, l.Sync())
		require.NoError(t, l.Close())
	}
	written, err := os.ReadFile(name)
	require.NoError(t, err)
	assert.Equal(t, logged(t, p), string(written))
	if runtime.GOOS != "windows" {
		info, err := os.Stat(name)
		require.NoError(t, err)
		assert.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	}
}

// Wherever a crash tears the last line, the replay says so, and the next program that opens the log mends it.
func TestALineThatACrashToreIsMended(t *testing.T) {
	p := load(t)
	log := logged(t, p)
	l := linesOf(log)
	name := filepath.Join(t.TempDir(), "decisions.log")
	whole := len(l[0]) + len(l[1])
	for cut := whole + 1; cut < len(log); cut++ {
		torn := log[:cut]
		complete := cut == len(log)-1 // but for its end
		if complete || cut%37 == 0 || cut < whole+12 {
			report, found := replay(t, torn, p)
			if complete {
				assert.Empty(t, found)
				assert.Equal(t, 3, report.Same)
			} else {
				assert.Equal(t, []string{"line 3: the line is torn, as a crash leaves it: no decision that was told to anybody, if it was logged first [torn]"}, found)
				assert.Equal(t, 2, report.Same)
			}
		}
		require.NoError(t, os.WriteFile(name, []byte(torn), 0o600))
		w, err := decisionlog.Open(name)
		require.NoError(t, err)
		want := log
		if complete {
			assert.Zero(t, w.Mended())
		} else {
			assert.EqualValues(t, cut-whole, w.Mended())
			require.NoError(t, w.Append(decide(t, p, customers()[2])))
		}
		require.NoError(t, w.Close())
		got, err := os.ReadFile(name)
		require.NoError(t, err)
		if string(got) != want {
			t.Fatalf("cut at byte %d, the log is not as it would have been", cut)
		}
	}
}

func TestRoomThatWasNeverWrittenIsMended(t *testing.T) {
	p := load(t)
	log := logged(t, p)
	name := filepath.Join(t.TempDir(), "decisions.log")
	for _, tail := range []string{strings.Repeat("\x00", 4096), `{"log":1,"eng` + strings.Repeat("\x00", 100)} {
		require.NoError(t, os.WriteFile(name, []byte(log+tail), 0o600))
		_, found := replay(t, log+tail, p)
		require.Len(t, found, 1)
		assert.Contains(t, found[0], "[torn]")
		w, err := decisionlog.Open(name)
		require.NoError(t, err)
		require.NoError(t, w.Close())
		got, err := os.ReadFile(name)
		require.NoError(t, err)
		assert.Equal(t, log, string(got))
	}
}

// Whoever names the wrong file loses nothing of it.
func TestAFileThatIsNoLogIsLeftAlone(t *testing.T) {
	log := logged(t, load(t))
	name := filepath.Join(t.TempDir(), "customers.csv")
	for text, want := range map[string]string{
		"name,sales\nAda,5":     "it does not end in a line of a decision log",
		"name,sales\nAda,5\n":   "its last line cannot be read: it is no line of a decision log",
		log + "Ada":             "it does not end in a line of a decision log",
		log + "\n":              "its last line cannot be read: it is no line of a decision log",
		log[:len(log)-3] + "\n": "its last line cannot be read: it is no line of a decision log",
		strings.Replace(log, `"late_days":"31"`, `"late_days":"30"`, 1): "its last line was altered",
		`{"log":2,"what":"ever"}` + "\n":                                "its last line cannot be read: it has version 2 of the format, and this program reads those up to 1: use a newer one",
	} {
		require.NoError(t, os.WriteFile(name, []byte(text), 0o600))
		_, err := decisionlog.Open(name)
		var not *decisionlog.NotLogError
		require.ErrorAs(t, err, &not, text)
		assert.Equal(t, want, not.Message)
		assert.Equal(t, name+": "+want+"; look at it with tally replay, and begin another log", err.Error())
		got, err := os.ReadFile(name)
		require.NoError(t, err)
		assert.Equal(t, text, string(got))
	}
	_, err := decisionlog.Open(t.TempDir())
	assert.Error(t, err, "a folder")
}

// A line longer than what is read of the end of a file at once.
func TestTheLastLineMayBeLong(t *testing.T) {
	p := load(t)
	r := customers()[0]
	var orders []any
	for i := range 9_000 {
		orders = append(orders, map[string]any{"amount": i, "paid": true})
	}
	r["orders"] = orders
	name := filepath.Join(t.TempDir(), "decisions.log")
	for range 3 {
		l, err := decisionlog.Open(name)
		require.NoError(t, err)
		require.NoError(t, l.Append(decide(t, p, r)))
		require.NoError(t, l.Close())
	}
	log, err := os.ReadFile(name)
	require.NoError(t, err)
	report, found := replay(t, string(log), p)
	assert.Empty(t, found)
	assert.Equal(t, 3, report.Same)
}

// full is a disk with room for so many bytes.
type full struct {
	bytes.Buffer
	room int
}

var errFull = errors.New("no space left on device")

func (f *full) Write(b []byte) (int, error) {
	if len(b) <= f.room {
		f.room -= len(b)
		return f.Buffer.Write(b)
	}
	n, _ := f.Buffer.Write(b[:f.room])
	f.room = 0
	return n, errFull
}

func TestAFullDiskIsToldAndTheDecisionIsNotLogged(t *testing.T) {
	p := load(t)
	log := logged(t, p)
	first := len(linesOf(log)[0])
	disk := &full{room: first + 10}
	l := decisionlog.New(disk)
	require.NoError(t, l.Append(decide(t, p, customers()[0])))
	head := l.Head()
	err := l.Append(decide(t, p, customers()[1]))
	var failed *decisionlog.WriteError
	require.ErrorAs(t, err, &failed)
	require.ErrorIs(t, err, errFull)
	assert.True(t, failed.Torn)
	assert.Equal(t, "the decision is not in the log, which ends in a line that is torn: no space left on device; open the log again, which mends it", err.Error())
	assert.Equal(t, head, l.Head())
	disk.room = 1 << 20
	err = l.Append(decide(t, p, customers()[1]))
	require.ErrorAs(t, err, &failed, "nothing is written behind a line that is torn")
	assert.Equal(t, log[:first+10], disk.String())

	empty := decisionlog.New(&full{})
	err = empty.Append(decide(t, p, customers()[0]))
	require.ErrorAs(t, err, &failed)
	assert.False(t, failed.Torn)
	assert.Equal(t, "the decision is not in the log: no space left on device; all lines before are whole", err.Error())
}

// short writes a part and says nothing of it.
type short struct{}

func (short) Write(b []byte) (int, error) { return len(b) / 2, nil }

func TestAShortWriteIsAnError(t *testing.T) {
	err := decisionlog.New(short{}).Append(decide(t, load(t), customers()[0]))
	require.ErrorIs(t, err, io.ErrShortWrite)
}

func TestWhatWasNotDecidedIsNotLogged(t *testing.T) {
	p := load(t)
	var b bytes.Buffer
	l := decisionlog.New(&b)
	var d policy.Decision
	require.ErrorIs(t, l.Append(&d), decisionlog.ErrUndecided)
	require.Error(t, p.DecideInto(&d, policy.Record{}, midsummer))
	require.ErrorIs(t, l.Append(&d), decisionlog.ErrUndecided)
	require.ErrorIs(t, decisionlog.New(&b, decisionlog.Mask(decisionlog.Key{}, "name")).Append(&d), decisionlog.ErrUndecided)
	assert.Empty(t, b.String())
}

func TestANumberWithoutATextIsNotLogged(t *testing.T) {
	p := parse(t, "policy: p\nversion: \"1\"\ninputs: {n: {type: number}}\nvalues: {a: n * 3}\n")
	third := policy.Record{"n": big.NewRat(1, 3)}
	var b bytes.Buffer
	var field *policy.InputError
	require.ErrorAs(t, decisionlog.New(&b).Append(decide(t, p, third)), &field)
	assert.Equal(t, "n", field.Field)
	assert.Empty(t, b.String())
}

func TestALineThatNoLogCanHaveIsNotWritten(t *testing.T) {
	p := parse(t, "policy: p\nversion: \"1\"\ninputs: {texts: {type: list, of: {type: string}}}\n")
	many := make([]string, 1100)
	for i := range many {
		many[i] = strings.Repeat("x", 64<<10)
	}
	var b bytes.Buffer
	l := decisionlog.New(&b)
	require.ErrorIs(t, l.Append(decide(t, p, policy.Record{"texts": many})), decisionlog.ErrTooLong)
	assert.Empty(t, b.String())
	require.NoError(t, l.Append(decide(t, p, policy.Record{"texts": many[:2]})))
}

func TestManyGoroutinesMakeOneChain(t *testing.T) {
	const workers, each = 8, 50
	p := load(t)
	var b bytes.Buffer
	l := decisionlog.New(&b)
	var all sync.WaitGroup
	for w := range workers {
		all.Go(func() {
			for i := range each {
				d, err := p.Decide(customers()[(w+i)%3], midsummer)
				if assert.NoError(t, err) {
					assert.NoError(t, l.Append(d))
				}
			}
		})
	}
	all.Wait()
	report, found := replay(t, b.String(), p)
	assert.Empty(t, found)
	assert.Equal(t, workers*each, report.Same)
	assert.Equal(t, l.Head(), report.Head)
}

func TestAnEmptyLogHasNothingToProve(t *testing.T) {
	report, found := replay(t, "")
	assert.Empty(t, found)
	assert.Equal(t, decisionlog.Report{}, report)
}

func TestAReaderThatFailsIsAnError(t *testing.T) {
	_, err := decisionlog.Replay(io.MultiReader(strings.NewReader("{"), failing{}), nil, func(*decisionlog.Finding) {})
	require.ErrorIs(t, err, errFull)
}

type failing struct{}

func (failing) Read([]byte) (int, error) { return 0, errFull }

// Whatever stands in a log, a replay reads it to its end and finds it at fault, or the same.
func FuzzReplay(f *testing.F) {
	p := parse(f, "policy: p\nversion: \"1\"\ninputs: {n: {type: number}, name: {type: string, required: true}}\nvalues: {a: n + 1}\n")
	var b bytes.Buffer
	require.NoError(f, decisionlog.New(&b, decisionlog.Mask(decisionlog.Key{}, "name")).Append(decide(f, p, policy.Record{"n": 1, "name": "Ada"})))
	f.Add(b.Bytes())
	f.Add([]byte(strings.Replace(b.String(), `"record":{`, `"record":[{`, 1)))
	f.Add([]byte(`{"log":1,"record":null,"result":{"policy":{"id":"p","version":"1"},"as_of":""},"masked":{"":""}}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		bounded.Run(t, func() {
			_, _ = decisionlog.Replay(bytes.NewReader(b), []*policy.Policy{p}, func(*decisionlog.Finding) {})
		})
		bad := map[int]bool{}
		report, err := decisionlog.Replay(bytes.NewReader(b), []*policy.Policy{p}, func(found *decisionlog.Finding) {
			if found.Kind != decisionlog.Torn {
				bad[found.Line] = true
			}
		})
		require.NoError(t, err)
		require.Equal(t, report.Decisions-report.Same, len(bad))
	})
}
