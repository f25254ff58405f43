package policy_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy"
)

// aVersion is a policy that decides by `limit`, and in which that is all that can be told of it.
func aVersion(id, version, effective, limit string) *fstest.MapFile {
	if effective != "" {
		effective = "effective: {" + effective + "}\n"
	}
	return &fstest.MapFile{Data: fmt.Appendf(nil,
		"policy: %s\nversion: %q\n%sinputs: {sales: {type: number}}\ncredit: {limit: [{set: %s}, {at_most: sales}]}\n", id, version, effective, limit)}
}

// theFolder has two policies, one of them in three versions with a gap between the second and the third.
func theFolder() fstest.MapFS {
	return fstest.MapFS{
		"management/2023.yaml":   aVersion("management", "2023", "until: 2024-01-01", "100"),
		"management/2024.yaml":   aVersion("management", "2024", "from: 2024-01-01, until: 2025-01-01", "200"),
		"management/2025.yml":    aVersion("management", "2025", "from: 2025-04-01", "300"),
		"overdraft.yaml":         aVersion("overdraft", "1", "", "7"),
		"overdraft_test.yaml":    {Data: []byte("policy: overdraft.yaml\ncases: []\n")},
		"ci/pipeline.yaml":       {Data: []byte("steps: [test, deploy]\n")},
		".git/config.yaml":       {Data: []byte("policy: [\n")},
		"..2024_12_31/2024.yaml": aVersion("management", "2024", "", "1"),
		"README.md":              {Data: []byte("# Policies\n")},
	}
}

func date(t *testing.T, s string) policy.Date {
	t.Helper()
	d, err := policy.ParseDate(s)
	require.NoError(t, err)
	return d
}

func open(t *testing.T, fsys fs.FS) *policy.Store {
	t.Helper()
	s, err := policy.OpenStore(fsys)
	require.NoError(t, err)
	return s
}

func TestTheVersionInForceOnTheDayDecides(t *testing.T) {
	s := open(t, theFolder())
	for _, c := range []struct{ id, day, version, limit string }{
		{"management", "1999-12-31", "2023", "100.00"},
		{"management", "2023-12-31", "2023", "100.00"},
		{"management", "2024-01-01", "2024", "200.00"}, // until is the first day no longer in force
		{"management", "2024-12-31", "2024", "200.00"},
		{"management", "2025-04-01", "2025", "300.00"},
		{"management", "2099-01-01", "2025", "300.00"},
		{"overdraft", "2024-01-01", "1", "7.00"},
	} {
		t.Run(c.id+" "+c.day, func(t *testing.T) {
			d, err := s.Decide(c.id, policy.Record{"sales": 1000}, policy.AsOf(date(t, c.day)))
			require.NoError(t, err)
			assert.Equal(t, c.limit, d.LimitText())
			assert.Equal(t, c.id, d.Policy().ID())
			assert.Equal(t, c.version, d.Policy().Version())
			p, err := s.Policy(c.id, date(t, c.day))
			require.NoError(t, err)
			assert.Same(t, p, d.Policy())
		})
	}
	assert.Equal(t, []string{"management", "overdraft"}, s.IDs())
	var names []string
	for _, p := range s.Versions("management") {
		names = append(names, p.Version()+" "+p.File()+" "+p.Period().String())
	}
	assert.Equal(t, []string{
		"2023 management/2023.yaml until the day before 2024-01-01",
		"2024 management/2024.yaml from 2024-01-01 until the day before 2025-01-01",
		"2025 management/2025.yml from 2025-04-01 until further notice",
	}, names)
	assert.Nil(t, s.Versions("managment"))
}

func TestADayInAGapTellsTheVersionsAndTheirTimes(t *testing.T) {
	s := open(t, theFolder())
	for _, day := range []string{"2025-01-01", "2025-03-31"} {
		_, err := s.Decide("management", policy.Record{}, policy.AsOf(date(t, day)))
		var gap *policy.AsOfError
		require.ErrorAs(t, err, &gap)
		assert.Equal(t, "policy management: no version is in force on "+day+": 2023 is until the day before 2024-01-01 (management/2023.yaml); "+
			"2024 is from 2024-01-01 until the day before 2025-01-01 (management/2024.yaml); 2025 is from 2025-04-01 until further notice (management/2025.yml)", err.Error())
		assert.Len(t, gap.Versions, 3)
	}
	var none *policy.AsOfError
	_, err := s.Decide("management", policy.Record{})
	require.ErrorAs(t, err, &none)
	assert.False(t, none.Given)
	assert.ErrorContains(t, err, "pass policy.AsOf(date)")
}

func TestADayBeforeTheFirstVersionHasNone(t *testing.T) {
	s := open(t, fstest.MapFS{"p.yaml": aVersion("p", "1", "from: 2024-01-01", "1")})
	_, err := s.Policy("p", date(t, "2023-12-31"))
	var gap *policy.AsOfError
	require.ErrorAs(t, err, &gap)
	_, err = s.Policy("p", date(t, "2024-01-01"))
	require.NoError(t, err)
}

func TestAnUnknownPolicyTellsTheNearest(t *testing.T) {
	s := open(t, theFolder())
	_, err := s.Decide("managment", policy.Record{}, policy.AsOf(date(t, "2024-06-30")))
	var missing *policy.NotFoundError
	require.ErrorAs(t, err, &missing)
	assert.Equal(t, policy.NotFoundError{ID: "managment", Nearest: "management", IDs: []string{"management", "overdraft"}}, *missing)
	assert.Equal(t, "there is no policy \"managment\"; did you mean `management`? allowed: management, overdraft", err.Error())
}

func TestTheStoreTellsWhichFilesItPassedOver(t *testing.T) {
	status := open(t, theFolder()).Status()
	assert.Equal(t, []string{"ci/pipeline.yaml", "overdraft_test.yaml"}, status.Skipped)
	assert.Equal(t, 1, status.Revision)
	assert.NoError(t, status.Err)
	assert.Len(t, status.Policies, 4)
}

// A policy whose key `policy` is misspelt, or that is no YAML any more, is not to be taken for something else.
func TestAFileThatMayBeMeantAsAPolicyIsNotPassedOver(t *testing.T) {
	for name, text := range map[string]string{
		"misspelt": "polcy: p\nversion: \"1\"\ninputs: {n: {type: number}}\n",
		"torn":     "policy: p\nversion: \"1\"\ninputs: {n: {type: num",
		"unread":   "a: [\n",
		"UTF-16":   "\xff\xfep\x00o\x00l\x00",
		"empty":    "",
	} {
		t.Run(name, func(t *testing.T) {
			files := theFolder()
			files["new.yaml"] = &fstest.MapFile{Data: []byte(text)}
			_, err := policy.OpenStore(files)
			var faults policy.Diagnostics
			require.ErrorAs(t, err, &faults)
			assert.Equal(t, "new.yaml", faults[0].File)
		})
	}
}

func TestVersionsThatOverlapAreRefused(t *testing.T) {
	for name, c := range map[string]struct{ first, second, want string }{
		"by one day": {
			"from: 2024-01-01, until: 2025-01-02", "from: 2025-01-01",
			"p: version 1 (a.yaml:3:12) and version 2 (b.yaml:3:12) are both in force from 2025-01-01 until the day before 2025-01-02: " +
				"1 is from 2024-01-01 until the day before 2025-01-02, 2 is from 2025-01-01 until further notice; write `until: 2025-01-01` under `effective` in a.yaml",
		},
		"published later for the same time": {
			"from: 2024-01-01, until: 2025-01-01", "from: 2024-01-01, until: 2025-01-01",
			"p: version 1 (a.yaml:3:12) and version 2 (b.yaml:3:12) are both in force from 2024-01-01 until the day before 2025-01-01: " +
				"1 is from 2024-01-01 until the day before 2025-01-01, 2 is from 2024-01-01 until the day before 2025-01-01; " +
				"take one of them away, or give them times that do not meet",
		},
		"without an end": {
			"", "from: 2024-01-01",
			"p: version 1 (a.yaml:2:10) and version 2 (b.yaml:3:12) are both in force from 2024-01-01 until further notice: " +
				"1 is until further notice, 2 is from 2024-01-01 until further notice; write `until: 2024-01-01` under `effective` in a.yaml",
		},
		"one within the other, whose file comes first": {
			"from: 2024-03-01, until: 2024-04-01", "from: 2024-01-01",
			"p: version 2 (b.yaml:3:12) and version 1 (a.yaml:3:12) are both in force from 2024-03-01 until the day before 2024-04-01: " +
				"2 is from 2024-01-01 until further notice, 1 is from 2024-03-01 until the day before 2024-04-01; write `until: 2024-03-01` under `effective` in b.yaml",
		},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := policy.OpenStore(fstest.MapFS{"a.yaml": aVersion("p", "1", c.first, "1"), "b.yaml": aVersion("p", "2", c.second, "2")})
			var overlap *policy.OverlapError
			require.ErrorAs(t, err, &overlap)
			assert.Equal(t, c.want, err.Error())
		})
	}
	t.Run("but not where one begins as the other ends", func(t *testing.T) {
		open(t, fstest.MapFS{"a.yaml": aVersion("p", "1", "until: 2025-01-01", "1"), "b.yaml": aVersion("p", "2", "from: 2025-01-01", "2")})
	})
	t.Run("also where another lies between", func(t *testing.T) {
		_, err := policy.OpenStore(fstest.MapFS{
			"a.yaml": aVersion("p", "1", "from: 2024-01-01, until: 2026-01-01", "1"),
			"b.yaml": aVersion("p", "2", "from: 2024-02-01, until: 2024-03-01", "2"),
			"c.yaml": aVersion("p", "3", "from: 2025-01-01", "3"),
		})
		require.ErrorContains(t, err, "version 1 (a.yaml:3:12) and version 2 (b.yaml:3:12) are both in force from 2024-02-01 until the day before 2024-03-01")
		require.ErrorContains(t, err, "version 1 (a.yaml:3:12) and version 3 (c.yaml:3:12) are both in force from 2025-01-01 until the day before 2026-01-01")
	})
}

func TestAVersionThatStandsInTwoFilesIsRefused(t *testing.T) {
	_, err := policy.OpenStore(fstest.MapFS{
		"a.yaml": aVersion("p", "1", "until: 2024-01-01", "1"), "b.yaml": aVersion("p", "1", "from: 2024-01-01", "2"),
	})
	var twice *policy.TwiceError
	require.ErrorAs(t, err, &twice)
	assert.Equal(t, "p: version 1 stands in a.yaml and in b.yaml; give one of them another version, or take it away", err.Error())
}

func TestAFolderWithoutPoliciesIsAMistake(t *testing.T) {
	_, err := policy.OpenStore(fstest.MapFS{"a_test.yaml": {Data: []byte("policy: a.yaml\n")}})
	require.ErrorIs(t, err, policy.ErrNoPolicies)
	_, err = policy.OpenStore(os.DirFS(filepath.Join(t.TempDir(), "none")))
	require.ErrorIs(t, err, fs.ErrNotExist)
	require.NotErrorIs(t, err, policy.ErrNoPolicies, "the folder that is not there is the fault")
}

func TestReloadTakesUpWhatIsNewChangedAndGone(t *testing.T) {
	files := theFolder()
	s := open(t, files)
	same, err := s.Policy("management", date(t, "2024-06-30"))
	require.NoError(t, err)

	require.NoError(t, s.Reload())
	assert.Equal(t, 1, s.Status().Revision, "nothing has changed")

	files["management/q1.yaml"] = aVersion("management", "2025 Q1", "from: 2025-01-01, until: 2025-04-01", "250")
	files["overdraft.yaml"] = aVersion("overdraft", "1", "", "8")
	delete(files, "management/2025.yml")
	require.NoError(t, s.Reload())
	assert.Equal(t, 2, s.Status().Revision)
	d, err := s.Decide("management", policy.Record{"sales": 1000}, policy.AsOf(date(t, "2025-02-01")))
	require.NoError(t, err)
	assert.Equal(t, "250.00", d.LimitText())
	d, err = s.Decide("overdraft", policy.Record{"sales": 1000}, policy.AsOf(date(t, "2025-02-01")))
	require.NoError(t, err)
	assert.Equal(t, "8.00", d.LimitText())
	_, err = s.Policy("management", date(t, "2025-04-01"))
	require.Error(t, err)
	again, err := s.Policy("management", date(t, "2024-06-30"))
	require.NoError(t, err)
	assert.Same(t, same, again, "what has not changed is not loaded again")
}

func TestAReloadThatFailsKeepsTheLastGoodSet(t *testing.T) {
	files := theFolder()
	s := open(t, files)
	files["overdraft.yaml"] = &fstest.MapFile{Data: []byte("policy: overdraft\nversion: \"2\"\ninputs: {sales: {type: numbr}}\n")}
	files["management/2024.yaml"] = aVersion("management", "2024", "from: 2024-01-01, until: 2025-01-01", "999") // sound, but not without the other
	files["management/2023b.yaml"] = aVersion("management", "2023b", "until: 2023-01-01", "1")
	err := s.Reload()
	var faults policy.Diagnostics
	require.ErrorAs(t, err, &faults)
	assert.Equal(t, "overdraft.yaml", faults[0].File)
	var overlap *policy.OverlapError
	require.ErrorAs(t, err, &overlap, "all that is wrong is told at once")

	status := s.Status()
	assert.Equal(t, 1, status.Revision)
	assert.Equal(t, err, status.Err)
	assert.Equal(t, []string{"management/2023.yaml", "management/2023b.yaml", "overdraft.yaml"}, status.Failed)
	for id, limit := range map[string]string{"management": "200.00", "overdraft": "7.00"} {
		d, err := s.Decide(id, policy.Record{"sales": 1000}, policy.AsOf(date(t, "2024-06-30")))
		require.NoError(t, err)
		assert.Equal(t, limit, d.LimitText())
	}

	clear(files)
	require.ErrorIs(t, s.Reload(), policy.ErrNoPolicies, "a folder that was emptied is not taken for the will to have no policies")
	assert.Len(t, s.Status().Policies, 4)

	for name, file := range theFolder() {
		files[name] = file
	}
	require.NoError(t, s.Reload())
	assert.NoError(t, s.Status().Err)
	assert.Empty(t, s.Status().Failed)
	assert.Equal(t, 1, s.Status().Revision)
}

func TestAFileThatCannotBeReadIsAFault(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "p.yaml"), aVersion("p", "1", "", "1").Data, 0o644))
	s := open(t, os.DirFS(dir))
	require.NoError(t, os.Symlink("nowhere.yaml", filepath.Join(dir, "q.yaml")))
	err := s.Reload()
	var unread *fs.PathError
	require.ErrorAs(t, err, &unread)
	assert.Equal(t, []string{"q.yaml"}, s.Status().Failed)
	_, err = s.Policy("p", date(t, "2024-06-30"))
	require.NoError(t, err)
}

// Volumes of Kubernetes hold a folder by way of links: policy.yaml -> ..data/policy.yaml, ..data -> ..2024_06_30.
func TestAFolderOfLinksIsReadOnce(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.Mkdir(filepath.Join(dir, "..2024_06_30"), 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "..2024_06_30", "p.yaml"), aVersion("p", "1", "", "1").Data, 0o644))
	require.NoError(t, os.Symlink("..2024_06_30", filepath.Join(dir, "..data")))
	require.NoError(t, os.Symlink(filepath.Join("..data", "p.yaml"), filepath.Join(dir, "p.yaml")))
	assert.Len(t, open(t, os.DirFS(dir)).Status().Policies, 1)
}

func TestLoadFolderReturnsWhatIsSoundBesideWhatIsNot(t *testing.T) {
	files := theFolder()
	files["bad.yaml"] = &fstest.MapFile{Data: []byte("policy: bad\n")}
	files["management/2024 draft.yaml"] = aVersion("management", "2024 draft", "from: 2024-01-01", "1") // overlaps, which is for a Store to refuse
	policies, err := policy.LoadFolder(files)
	var faults policy.Diagnostics
	require.ErrorAs(t, err, &faults)
	assert.True(t, slices.ContainsFunc(faults, func(d *policy.Diagnostic) bool { return d.File == "bad.yaml" }))
	assert.Len(t, policies, 5)
}

// One decision is used again by policies of different shape.
func TestADecisionIsUsedAgainByAnotherPolicy(t *testing.T) {
	src, err := os.ReadFile(contractFile)
	require.NoError(t, err)
	s := open(t, fstest.MapFS{"large.yaml": {Data: src}, "small.yaml": aVersion("small", "1", "", "5")})
	large := customer()
	asOf := policy.AsOf(date(t, "2024-06-30"))
	want, err := s.Decide("customer-management", large, asOf)
	require.NoError(t, err)
	var d policy.Decision
	for range 2 {
		require.NoError(t, s.DecideInto(&d, "customer-management", large, asOf))
		assert.Equal(t, string(want.AppendJSON(nil)), string(d.AppendJSON(nil)))
		require.NoError(t, s.DecideInto(&d, "small", policy.Record{"sales": 3}, asOf))
		assert.Equal(t, "3.00", d.LimitText())
	}
	require.Error(t, s.DecideInto(&d, "none", large, asOf))
	assert.Equal(t, "null", string(d.AppendJSON(nil)), "what could not be decided says nothing")
}

// swapped is a folder whose content is swapped as a whole.
type swapped struct{ atomic.Pointer[fstest.MapFS] }

func (s *swapped) Open(name string) (fs.File, error) { return s.Load().Open(name) }

func swap(s *swapped, files fstest.MapFS) { s.Store(&files) }

// aSet is a folder in which the policies of ids say n, or are at fault where n is no number.
func aSet(n string, ids ...string) fstest.MapFS {
	files := fstest.MapFS{}
	for _, id := range ids {
		files[id+".yaml"] = &fstest.MapFile{Data: fmt.Appendf(nil, "policy: %s\nversion: %q\ninputs: {}\nvalues: {said: %s}\n", id, n, n)}
	}
	return files
}

// says fails the test unless d is as the version that decided it has it.
func says(t *testing.T, d *policy.Decision) bool {
	said, _ := d.Value("said")
	return assert.Equal(t, d.Policy().Version(), said)
}

// TestReadersNeverMeetHalfOfASet decides from many goroutines while good and bad folders are loaded one after the other:
// every decision is as one version has it, and nobody is turned away.
func TestReadersNeverMeetHalfOfASet(t *testing.T) {
	const readers, each, leastReloads = 64, 500, 10
	folder := &swapped{}
	swap(folder, aSet("0", "a", "b"))
	s := open(t, folder)
	asOf := policy.AsOf(date(t, "2024-06-30"))
	var reading sync.WaitGroup
	for range readers {
		reading.Go(func() {
			var d policy.Decision
			for i := range each {
				id := []string{"a", "b"}[i%2]
				if !assert.NoError(t, s.DecideInto(&d, id, policy.Record{}, asOf)) || !says(t, &d) || !assert.Equal(t, id, d.Policy().ID()) {
					return
				}
			}
		})
	}
	read := make(chan struct{})
	go func() { reading.Wait(); close(read) }()
	for n := 1; ; n++ {
		swap(folder, aSet(fmt.Sprint(n), "a", "b"))
		assert.NoError(t, s.Reload())
		bad := aSet(fmt.Sprint(n+1), "a", "b")
		bad["b.yaml"] = aSet("1 +", "b")["b.yaml"]
		swap(folder, bad)
		assert.Error(t, s.Reload())
		status := s.Status()
		assert.Equal(t, status.Policies[0].Version(), status.Policies[1].Version(), "a and b are of one set")
		select {
		case <-read:
			if n >= leastReloads {
				return
			}
		default:
		}
	}
}

func TestTenThousandSwapsBesideEightReaders(t *testing.T) {
	const readers, swaps = 8, 10_000
	sets := []fstest.MapFS{aSet("0", "a"), aSet("1", "a"), aSet("2", "a")}
	folder := &swapped{}
	swap(folder, sets[0])
	s := open(t, folder)
	asOf := policy.AsOf(date(t, "2024-06-30"))
	var done atomic.Bool
	var all sync.WaitGroup
	for range readers {
		all.Go(func() {
			var d policy.Decision
			revision := 0
			for !done.Load() {
				if !assert.NoError(t, s.DecideInto(&d, "a", policy.Record{}, asOf)) || !says(t, &d) {
					return
				}
				next := s.Status().Revision
				if !assert.GreaterOrEqual(t, next, revision, "no reader goes back in time") {
					return
				}
				revision = next
				time.Sleep(10 * time.Microsecond) // or else the one who swaps hardly gets a core
			}
		})
	}
	for i := range swaps {
		swap(folder, sets[(i+1)%len(sets)])
		if !assert.NoError(t, s.Reload()) {
			break
		}
	}
	done.Store(true)
	all.Wait()
	assert.Equal(t, swaps+1, s.Status().Revision)
}

// TestAMillionDecisions soaks a policy from several goroutines, each with one decision that it uses again; all come out as when
// they were decided alone, those on a threshold too.
func TestAMillionDecisions(t *testing.T) {
	const workers = 8
	each := 1_000_000 / workers
	if underRace {
		each /= 20 // the million is decided without it
	}
	src, err := os.ReadFile("testdata/bench/policy.yaml")
	require.NoError(t, err)
	s := open(t, fstest.MapFS{"policy.yaml": {Data: src}})
	id, asOf := s.IDs()[0], policy.AsOf(date(t, "2024-06-30"))
	customers := benchStructs(t)
	want := make([]*policy.Decision, len(customers))
	grades := map[string]int{}
	for i, c := range customers {
		want[i], err = s.Decide(id, c, asOf)
		require.NoError(t, err)
		grades[want[i].Grade()]++
	}
	require.Greater(t, len(grades), 2, "the customers differ in what becomes of them")
	var decided atomic.Int64
	var all sync.WaitGroup
	for w := range workers {
		all.Go(func() {
			var d policy.Decision
			for i := range each {
				k := (i*7 + w) % len(customers)
				if err := s.DecideInto(&d, id, customers[k], asOf); err != nil {
					t.Error(err)
					return
				}
				score, scored := d.ExactScore()
				wanted, wasScored := want[k].ExactScore()
				if d.Outcome() != want[k].Outcome() || d.Grade() != want[k].Grade() || scored != wasScored || !score.Equal(wanted) {
					t.Errorf("customer %d: %s, not %s", k, d.AppendJSON(nil), want[k].AppendJSON(nil))
					return
				}
			}
			decided.Add(int64(each))
		})
	}
	all.Wait()
	assert.EqualValues(t, workers*each, decided.Load())
}

func ExampleStore() {
	policies := fstest.MapFS{
		"2024.yaml": aVersion("credit", "2024", "until: 2025-01-01", "1000"),
		"2025.yaml": aVersion("credit", "2025", "from: 2025-01-01", "2000"),
	}
	s, err := policy.OpenStore(policies) // or os.DirFS("policies")
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, day := range []policy.Date{policy.NewDate(2024, 12, 31), policy.NewDate(2025, 1, 1)} {
		d, err := s.Decide("credit", policy.Record{"sales": 1500}, policy.AsOf(day))
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(day, d.Policy().Version(), d.LimitText())
	}
	policies["2026.yaml"] = aVersion("credit", "2026", "from: 2025-12-31", "3000")
	if err := s.Reload(); errors.As(err, new(*policy.OverlapError)) {
		fmt.Println("the old set stays:", len(s.Status().Policies), "versions")
	}
	// Output:
	// 2024-12-31 2024 1000.00
	// 2025-01-01 2025 1500.00
	// the old set stays: 2 versions
}
