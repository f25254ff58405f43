package policy

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/tallystick-go/tallystick/internal/doc"
)

// Store holds the policies of a folder, each in one version or many, and decides by the version that is in force on the day
// of the decision. A version is chosen by `effective` alone: not by its name, nor by the day on which it was published, so
// that the next version can be put into the folder long before its time, and an old customer be decided again as of then.
// Two versions of a policy that are in force on the same day are refused.
//
//	s, err := policy.OpenStore(os.DirFS("policies"))
//	d, err := s.Decide("customer-management", record, policy.AsOf(day))
//	fmt.Println(d.Policy().Version(), d.Outcome())
//
// A Store is safe for concurrent use. It starts nothing of its own: call Reload when the folder has changed, upon a signal, a
// message or a tick. What is decided meanwhile is decided by the set that was in use when the decision began; nobody waits,
// and nobody meets half of a set. Write a file under another name (policy.yaml.new) and rename it, so that it is never read
// half written.
type Store struct {
	fsys    fs.FS
	options []Option
	one     sync.Mutex // one Reload at a time
	status  atomic.Pointer[storeStatus]
}

// storeStatus is what a Store knows at one time. It is never changed.
type storeStatus struct {
	StoreStatus
	versions map[string][]*Policy // by id, in the order of time
	files    map[string]*Policy   // by name
}

// StoreStatus is what a Store holds, and how its last Reload went.
type StoreStatus struct {
	// Revision counts the sets that were taken into use: 1 after OpenStore, and one more for each Reload that succeeded and
	// found something changed.
	Revision int
	Policies []*Policy // in use, in the order of their files' names
	Skipped  []string  // files of YAML beside them that are no policies, see LoadFolder
	Err      error     // why the last Reload left the set as it was; nil: it did not
	Failed   []string  // the files that Err is about
}

// OpenStore loads the policies of a folder, see LoadFolder; os.DirFS("policies") makes a file system of a folder. There is no
// store unless all of them are sound, they get along with each other, and there is one at least; the error is as that of
// Reload.
func OpenStore(fsys fs.FS, opts ...Option) (*Store, error) {
	s := &Store{fsys: fsys, options: slices.Clone(opts)}
	s.status.Store(&storeStatus{})
	if err := s.Reload(); err != nil {
		return nil, err
	}
	return s, nil
}

// Reload looks at the folder again: files that are new, changed or gone. When all is well, the new set is in use at once;
// otherwise the old one stays as a whole, also in what is well, and the error tells everything that is wrong. errors.As finds
// Diagnostics (the faults of all files as one), *OverlapError, *TwiceError and *fs.PathError in it, errors.Is finds
// ErrNoPolicies.
func (s *Store) Reload() error {
	s.one.Lock()
	defer s.one.Unlock()
	old := s.status.Load()
	f := loadFolder(s.fsys, old.files, s.options)
	versions := f.agree()
	if len(f.policies) == 0 && len(f.failed) == 0 {
		f.errs = append(f.errs, ErrNoPolicies)
	}
	next := *old
	if next.Err = f.err(); next.Err != nil {
		slices.Sort(f.failed)
		next.Failed = f.failed
		s.status.Store(&next)
		return next.Err
	}
	next.Failed, next.Skipped = nil, f.skipped
	if !slices.Equal(f.policies, old.Policies) {
		next.Revision++
		next.Policies, next.versions, next.files = f.policies, versions, map[string]*Policy{}
		for _, p := range f.policies {
			next.files[p.file] = p
		}
	}
	s.status.Store(&next)
	return nil
}

// ErrNoPolicies says that a folder has no policy in it.
var ErrNoPolicies = errors.New("there is no policy in the folder: put one into it, a file NAME.yaml that begins with `policy: ID`")

// OverlapError says that two versions of a policy are in force on the same day, so that nobody can tell which one decides.
type OverlapError struct {
	First, Second *Policy // in the order of time
	Both          Period  // the time that they have in common
}

// Error names both versions, their files and times, and what to do.
func (e *OverlapError) Error() string {
	a, b := e.First, e.Second
	remedy := "take one of them away, or give them times that do not meet"
	if from := b.Period(); from.HasFrom && (!a.Period().HasFrom || a.Period().From < from.From) {
		remedy = fmt.Sprintf("write `until: %s` under `effective` in %s", from.From, a.file)
	}
	return fmt.Sprintf("%s: %s and %s are both in force %s: %s is %s, %s is %s; %s", a.ID(), describe(a), describe(b), e.Both,
		a.Version(), a.Period(), b.Version(), b.Period(), remedy)
}

// describe names a version and where it stands.
func describe(p *Policy) string {
	at := p.program.File.Version.Place()
	if span := p.program.File.Effective; span != nil {
		at = span.Place()
	}
	return fmt.Sprintf("version %s (%s:%d:%d)", p.Version(), p.file, at.Line, at.Col)
}

// TwiceError says that two files have the same version of a policy.
type TwiceError struct{ First, Second *Policy }

// Error names the version, both files and what to do.
func (e *TwiceError) Error() string {
	return fmt.Sprintf("%s: version %s stands in %s and in %s; give one of them another version, or take it away",
		e.First.ID(), e.First.Version(), e.First.file, e.Second.file)
}

// agree puts the versions of each policy in the order of time and notes which of them do not get along.
func (f *folder) agree() map[string][]*Policy {
	versions := map[string][]*Policy{}
	for _, p := range f.policies {
		versions[p.ID()] = append(versions[p.ID()], p)
	}
	for _, id := range slices.Sorted(maps.Keys(versions)) {
		list := versions[id]
		slices.SortStableFunc(list, inTime)
		byName := map[string]*Policy{}
		last := list[0] // the one that is in force longest of those before
		for i, p := range list {
			first := byName[p.Version()]
			both, overlap := last.Period().common(p.Period())
			switch {
			case first != nil:
				f.conflict(&TwiceError{first, p}, first, p)
			case i > 0 && overlap:
				f.conflict(&OverlapError{last, p, both}, last, p)
			}
			byName[p.Version()] = p
			if end := last.Period(); end.HasUntil && (!p.Period().HasUntil || end.Until < p.Period().Until) {
				last = p
			}
		}
	}
	return versions
}

// inTime orders versions by their first day, and then by their last.
func inTime(a, b *Policy) int {
	x, y := a.Period(), b.Period()
	return cmp.Or(
		-compareTruth(!x.HasFrom, !y.HasFrom), cmp.Compare(x.From, y.From),
		compareTruth(!x.HasUntil, !y.HasUntil), cmp.Compare(x.Until, y.Until),
		strings.Compare(a.file, b.file),
	)
}

// compareTruth orders false before true.
func compareTruth(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// conflict notes that two policies do not get along.
func (f *folder) conflict(err error, a, b *Policy) {
	f.fail(a.file, err)
	if !slices.Contains(f.failed, b.file) {
		f.failed = append(f.failed, b.file)
	}
}

// Status returns what the store holds, and how the last Reload went. The slices are not to be changed.
func (s *Store) Status() StoreStatus { return s.status.Load().StoreStatus }

// IDs returns the identifiers of the policies, sorted.
func (s *Store) IDs() []string { return slices.Sorted(maps.Keys(s.status.Load().versions)) }

// Versions returns the versions of a policy in the order of time, nil where there is no such policy.
func (s *Store) Versions(id string) []*Policy { return slices.Clone(s.status.Load().versions[id]) }

// Policy returns the version of a policy that is in force on day. The error is a *NotFoundError where the store has no policy
// of that id, and an *AsOfError where none of its versions is in force.
func (s *Store) Policy(id string, day Date) (*Policy, error) {
	return s.status.Load().pick(id, AsOf(day))
}

func (s *storeStatus) pick(id string, o DecideOption) (*Policy, error) {
	versions := s.versions[id]
	switch {
	case versions == nil:
		ids := slices.Sorted(maps.Keys(s.versions))
		return nil, &NotFoundError{ID: id, Nearest: doc.Nearest(id, ids), IDs: ids}
	case !o.given:
		return nil, &AsOfError{Policy: id}
	}
	// The one that began last: those before it are over by then.
	i, _ := slices.BinarySearchFunc(versions, o.asOf, func(p *Policy, day Date) int {
		if began := p.Period(); began.HasFrom && began.From > day {
			return 1
		}
		return -1
	})
	if i == 0 || !versions[i-1].Period().Has(o.asOf) {
		return nil, &AsOfError{Policy: id, AsOf: o.asOf, Given: true, Versions: slices.Clone(versions)}
	}
	return versions[i-1], nil
}

// NotFoundError says that a store has no policy of an id.
type NotFoundError struct {
	ID      string
	Nearest string   // the id that was likely meant, "" where none is near
	IDs     []string // that there are, sorted
}

// Error names the ids that there are.
func (e *NotFoundError) Error() string {
	return fmt.Sprintf("there is no policy %q; %s", e.ID, doc.Suggest(e.ID, e.IDs))
}

// Decide decides one customer by the version of the policy that is in force on the day given with AsOf; Decision.Policy tells
// which one that was. The error is that of Store.Policy or that of Policy.Decide.
func (s *Store) Decide(id string, record any, opts ...DecideOption) (*Decision, error) {
	d := new(Decision)
	if err := s.DecideInto(d, id, record, opts...); err != nil {
		return nil, err
	}
	return d, nil
}

// DecideInto is Decide into a decision that is used again, see Policy.DecideInto; it need not have been of the same policy.
func (s *Store) DecideInto(d *Decision, id string, record any, opts ...DecideOption) error {
	p, err := s.status.Load().pick(id, optionsOf(opts))
	if err != nil {
		d.void()
		return err
	}
	return p.DecideInto(d, record, opts...)
}
