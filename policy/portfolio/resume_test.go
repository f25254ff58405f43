package portfolio_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy"
	"github.com/tallystick-go/tallystick/policy/portfolio"
)

// childEnv makes the program of the tests a run that is to be killed: its value is the input and the output.
const childEnv = "PORTFOLIO_TEST_RUN"

func TestMain(m *testing.M) {
	if files, ok := os.LookupEnv(childEnv); ok {
		os.Exit(child(filepath.SplitList(files)))
	}
	os.Exit(m.Run())
}

// child decides files[0] into files[1], with many checkpoints. The formats are those of their names.
func child(files []string) (status int) {
	p, err := policy.Parse("p.yaml", []byte(text))
	if err == nil {
		err = limitFiles()
	}
	if err == nil {
		_, err = resumable(context.Background(), p, files[0], files[1], portfolio.CheckpointEvery(5*time.Millisecond))
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

func resumable(ctx context.Context, p *policy.Policy, in, out string, opts ...portfolio.Option) (*portfolio.Summary, error) {
	f, _ := policy.FormatOf(in)
	to := portfolio.Format(strings.TrimPrefix(filepath.Ext(out), "."))
	return portfolio.DecideFile(ctx, p, day, in, f, out, to, opts...)
}

// command returns the command that is child, and where its errors go.
func command(t *testing.T, in, out string, env ...string) (*exec.Cmd, *bytes.Buffer) {
	t.Helper()
	self, err := os.Executable()
	require.NoError(t, err)
	c := exec.Command(self)
	c.Env = append(append(os.Environ(), childEnv+"="+in+string(filepath.ListSeparator)+out), env...)
	errs := &bytes.Buffer{}
	c.Stderr = errs
	return c, errs
}

// given writes n customers into a file and returns its name, and what deciding them one by one makes.
func given(t *testing.T, n int, in policy.Format, out portfolio.Format) (name string, want []byte) {
	t.Helper()
	name = filepath.Join(t.TempDir(), "customers."+in.String())
	customers := customersOf(n, in)
	require.NoError(t, os.WriteFile(name, customers, 0o600))
	return name, oneByOne(t, load(t), customers, in, out)
}

// done checks that output is complete and that nothing is left beside it.
func done(t *testing.T, output string, want []byte) {
	t.Helper()
	got, err := os.ReadFile(output)
	require.NoError(t, err)
	require.True(t, bytes.Equal(want, got), "the output is not that of a run that nothing stopped")
	beside, err := filepath.Glob(output + "*")
	require.NoError(t, err)
	require.Equal(t, []string{output}, beside)
}

// Each of these runs is killed again and again, at any moment, and at least once when it has something to go on from.
func TestARunThatIsKilledGoesOnWhereItStopped(t *testing.T) {
	kills := 50
	if testing.Short() || underRace {
		kills = 3
	}
	for i, formats := range []struct {
		in  policy.Format
		out portfolio.Format
	}{{policy.CSV, portfolio.NDJSON}, {policy.NDJSON, portfolio.CSV}, {policy.JSON, portfolio.JSON}} {
		t.Run(fmt.Sprintf("%s to %s", formats.in, formats.out), func(t *testing.T) {
			in, want := given(t, 8000, formats.in, formats.out)
			out := filepath.Join(t.TempDir(), "decisions."+string(formats.out))
			random := rand.New(rand.NewPCG(7, uint64(i)))
			continued := 0
			for killed := 0; killed < kills || continued == 0 && killed < 20*kills; {
				c, errs := command(t, in, out)
				if _, err := os.Stat(out + portfolio.ResumeSuffix); err == nil {
					continued++
				}
				require.NoError(t, c.Start())
				ended := make(chan error, 1)
				go func() { ended <- c.Wait() }()
				switch err := killAt(c, ended, out, random, len(want)); {
				case err == nil: // it has come to its end
					done(t, out, want)
				default:
					require.Empty(t, errs.String())
					killed++
				}
			}
			require.Positive(t, continued, "no run was killed when it had something to go on from")
			require.NoError(t, run(command(t, in, out)))
			done(t, out, want)
		})
	}
}

func run(c *exec.Cmd, errs *bytes.Buffer) error {
	if err := c.Run(); err != nil {
		return errors.New(errs.String())
	}
	return nil
}

// killAt kills c at a random moment: soon after it has begun, or when it has written some more. It returns nil where c had
// come to its end before.
func killAt(c *exec.Cmd, ended chan error, out string, random *rand.Rand, size int) error {
	if random.IntN(4) > 0 {
		from := written(out)
		for more := random.Int64N(int64(size) / 8); written(out) < from+more; time.Sleep(100 * time.Microsecond) {
			select {
			case err := <-ended:
				return err
			default:
			}
		}
	}
	select {
	case err := <-ended:
		return err
	case <-time.After(time.Duration(random.IntN(20_000)) * time.Microsecond):
	}
	_ = c.Process.Kill()
	return <-ended
}

func written(name string) int64 {
	info, err := os.Stat(name)
	if err != nil {
		return 0
	}
	return info.Size()
}

// stopped runs until at least so many customers are decided, is cancelled, and leaves the run to be continued.
func stopped(t *testing.T, p *policy.Policy, in, out string, customers int) *portfolio.Summary {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	s, err := resumable(ctx, p, in, out, portfolio.Workers(2), portfolio.OnProgress(0, func(at portfolio.Progress) {
		if at.Customers >= customers {
			cancel()
		}
	}))
	require.ErrorIs(t, err, context.Canceled)
	require.GreaterOrEqual(t, s.Customers, customers)
	require.FileExists(t, out+portfolio.ResumeSuffix)
	return s
}

func TestARunThatGoesOnSumsUpAllCustomers(t *testing.T) {
	p := load(t)
	in, want := given(t, 5000, policy.CSV, portfolio.NDJSON)
	out := filepath.Join(t.TempDir(), "d.ndjson")
	before := stopped(t, p, in, out, 1000)
	var first portfolio.Progress
	s, err := resumable(t.Context(), p, in, out, portfolio.OnProgress(0, func(at portfolio.Progress) {
		if first.Customers == 0 {
			first = at
		}
	}))
	require.NoError(t, err)
	require.Equal(t, before.Customers, first.Resumed)
	done(t, out, want)

	whole, err := resumable(t.Context(), p, in, filepath.Join(t.TempDir(), "d.csv"))
	require.NoError(t, err)
	require.Equal(t, whole, s)
}

// A run that stopped is not continued under other terms; it says which.
func TestARunUnderOtherTermsIsRefused(t *testing.T) {
	p := load(t)
	in, want := given(t, 5000, policy.CSV, portfolio.NDJSON)
	out := filepath.Join(t.TempDir(), "d.ndjson")
	customers, err := os.ReadFile(in)
	require.NoError(t, err)
	stopped(t, p, in, out, 1000)
	wrote, err := os.ReadFile(out)
	require.NoError(t, err)
	state, err := os.ReadFile(out + portfolio.ResumeSuffix)
	require.NoError(t, err)

	other := func(old, new string, opts ...policy.Option) *policy.Policy {
		p, err := policy.Parse("p.yaml", []byte(strings.Replace(text, old, new, 1)), opts...)
		require.NoError(t, err)
		return p
	}
	mended := bytes.Replace(customers, []byte("客户 1,1.01"), []byte("客户 1,1.02"), 1)
	require.Len(t, mended, len(customers))
	require.NotEqual(t, customers, mended)
	for _, tt := range []struct {
		name   string
		policy *policy.Policy
		day    policy.Date
		format policy.Format
		to     portfolio.Format
		input  []byte
		output []byte
		state  []byte
		says   string
	}{
		{name: "another policy", policy: other("policy: p", "policy: q"), says: "the policy was p and is q"},
		{name: "another version", policy: other(`"1"`, `"2"`), says: "the version of the policy was 1 and is 2"},
		{name: "a policy that was changed", policy: other("100.1", "100.2"), says: "the policy has changed: its digest was sha256:"},
		{name: "more fields allowed", policy: other("", "", policy.AllowUnknownFields()), says: "are allowed was false and is true"},
		{name: "another day", day: day + 1, says: "the day of the decisions was 2026-06-30 and is 2026-07-01"},
		{name: "another format of customers", format: policy.NDJSON, says: "the format of the customers was csv and is ndjson"},
		{name: "another format of decisions", to: portfolio.CSV, says: "the format of the decisions was ndjson and is csv"},
		{name: "more customers", input: append(bytes.Clone(customers), "New,1,true\n"...), says: "its size in bytes was"},
		{name: "a customer that was changed", input: mended, says: "the file of customers has changed, before where the run stopped"},
		{name: "an output that was cut", output: wrote[:100], says: "is no longer what the run wrote"},
		{name: "an output that was changed", output: append([]byte("x"), wrote[1:]...), says: "is no longer what the run wrote"},
		{name: "no output", output: []byte{}, says: "is no longer"},
		{name: "another engine", state: bytes.Replace(state, []byte(`"engine":`), []byte(`"engine":9`), 1), says: "the version of the engine was 9"},
		{name: "a file of something else", state: []byte("[]"), says: "is not the file of a run"},
		{name: "a damaged file", state: bytes.Replace(state, []byte(`"grades":[{`), []byte(`"grades":[{"limit":"0","outcomes":[0,0,0]},{`), 1), says: "is damaged"},
		{name: "a file of the future", state: bytes.Replace(state, []byte(`"resume":1`), []byte(`"resume":2`), 1), says: "another version of the program"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			write := func(name string, changed, b []byte) {
				if changed != nil {
					b = changed
				}
				require.NoError(t, os.WriteFile(name, b, 0o600))
			}
			write(in, tt.input, customers)
			write(out, tt.output, wrote)
			write(out+portfolio.ResumeSuffix, tt.state, state)
			now, on, format, to := p, day, policy.CSV, portfolio.NDJSON
			if tt.policy != nil {
				now = tt.policy
			}
			if tt.day != 0 {
				on = tt.day
			}
			if tt.format != 0 {
				format = tt.format
			}
			if tt.to != "" {
				to = tt.to
			}
			_, err := portfolio.DecideFile(t.Context(), now, on, in, format, out, to)
			var refused *portfolio.ResumeError
			require.ErrorAs(t, err, &refused)
			require.Contains(t, refused.Reason, tt.says)
			require.Contains(t, err.Error(), "delete "+out+portfolio.ResumeSuffix+" to begin anew")

			after, err := os.ReadFile(out)
			require.NoError(t, err)
			if tt.output == nil {
				require.True(t, bytes.Equal(wrote, after), "what was written is left alone")
			}
		})
	}
	require.NoError(t, os.WriteFile(in, customers, 0o600))
	require.NoError(t, os.WriteFile(out, wrote, 0o600))
	require.NoError(t, os.WriteFile(out+portfolio.ResumeSuffix, state, 0o600))
	_, err = resumable(t.Context(), p, in, out)
	require.NoError(t, err)
	done(t, out, want)
}

// What was written after the last checkpoint is written again.
func TestWhatFollowsTheLastCheckpointIsCutOff(t *testing.T) {
	p := load(t)
	in, want := given(t, 5000, policy.NDJSON, portfolio.JSON)
	out := filepath.Join(t.TempDir(), "d.json")
	stopped(t, p, in, out, 1000)
	f, err := os.OpenFile(out, os.O_APPEND|os.O_WRONLY, 0)
	require.NoError(t, err)
	_, err = f.Write(append([]byte(",\n{\"line\":1001,\"pol"), make([]byte, len(want))...)) // a disk may keep room for what it never wrote
	require.NoError(t, errors.Join(err, f.Close()))
	_, err = resumable(t.Context(), p, in, out)
	require.NoError(t, err)
	done(t, out, want)
}

func TestWithoutAnythingToContinueARunBegins(t *testing.T) {
	p := load(t)
	in, want := given(t, 100, policy.CSV, portfolio.CSV)
	out := filepath.Join(t.TempDir(), "d.csv")
	for range 2 { // the second run overwrites what the first one completed
		s, err := resumable(t.Context(), p, in, out)
		require.NoError(t, err)
		require.Equal(t, 100, s.Customers)
		done(t, out, want)
	}
	require.NoError(t, os.WriteFile(out, bytes.Repeat([]byte("old\n"), 10_000), 0o600))
	_, err := resumable(t.Context(), p, in, out)
	require.NoError(t, err)
	done(t, out, want)
}

func TestARunThatStoppedBeforeItBeganLeavesNothing(t *testing.T) {
	p := load(t)
	in, want := given(t, 100, policy.CSV, portfolio.NDJSON)
	out := filepath.Join(t.TempDir(), "d.ndjson")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := resumable(ctx, p, in, out)
	require.ErrorIs(t, err, context.Canceled)
	_, err = resumable(t.Context(), p, in, out)
	require.NoError(t, err)
	done(t, out, want)
}

// A file that is broken stays so: there is nothing to wait for.
func TestABrokenFileOfCustomersEndsTheRun(t *testing.T) {
	p := load(t)
	in := filepath.Join(t.TempDir(), "customers.json")
	require.NoError(t, os.WriteFile(in, []byte(`[{"name": "Ada", "mark": 60}, {"name": "Bob", "mark" 60}]`), 0o600))
	out := filepath.Join(t.TempDir(), "d.json")
	s, err := resumable(t.Context(), p, in, out)
	var broken *policy.FileError
	require.ErrorAs(t, err, &broken)
	require.Equal(t, 1, s.Customers)
	var all []struct{ Customer string }
	got, err := os.ReadFile(out)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(got, &all))
	require.Equal(t, "Ada", all[0].Customer)
	require.NoFileExists(t, out+portfolio.ResumeSuffix)
}

func TestWhatCannotBeContinuedIsRefused(t *testing.T) {
	p := load(t)
	in, _ := given(t, 10, policy.CSV, portfolio.CSV)
	dir := t.TempDir()
	_, err := portfolio.DecideFile(t.Context(), p, day, in, policy.CSV, filepath.Join(dir, "d.txt"), portfolio.Table)
	require.ErrorContains(t, err, "use csv, json or ndjson")
	_, err = portfolio.DecideFile(t.Context(), p, day, dir, policy.CSV, filepath.Join(dir, "d.csv"), portfolio.CSV)
	require.ErrorContains(t, err, "is not a file that can be read again")
	before, err := os.ReadFile(in)
	require.NoError(t, err)
	_, err = portfolio.DecideFile(t.Context(), p, day, in, policy.CSV, in, portfolio.CSV)
	require.ErrorContains(t, err, "is the file of customers")
	after, err := os.ReadFile(in)
	require.NoError(t, err)
	require.Equal(t, before, after)
}

func TestAHeaderThatDoesNotFitLeavesTheOutputAlone(t *testing.T) {
	p := load(t)
	dir := t.TempDir()
	in, out := filepath.Join(dir, "in.csv"), filepath.Join(dir, "out.csv")
	require.NoError(t, os.WriteFile(in, []byte("name,marks\nAda,1\n"), 0o600))
	require.NoError(t, os.WriteFile(out, []byte("dear\n"), 0o600))
	_, err := resumable(t.Context(), p, in, out)
	require.ErrorContains(t, err, `did you mean "mark"?`)
	got, err := os.ReadFile(out)
	require.NoError(t, err)
	require.Equal(t, "dear\n", string(got))
}
