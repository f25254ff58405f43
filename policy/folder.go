package policy

import (
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/tallystick-go/tallystick/policy/internal/yamldoc"
)

// LoadFolder loads the policies of a folder and of the folders in it; os.DirFS makes a file system of a folder. They come
// in the order of their files' names. The error has all that is wrong with any of them: errors.As finds the Diagnostics of
// all files as one, and an *fs.PathError for a file that cannot be read. The policies that did load are returned all the same.
//
// Policies are the files *.yaml and *.yml with a key `policy` or `inputs` at their top. Others are passed over: tests
// (*_test.yaml, *_test.yml), YAML of another kind, files and folders whose name begins with a dot, and folders that are
// links. A file of YAML that cannot be read is at fault, since it may be meant to be a policy.
func LoadFolder(fsys fs.FS, opts ...Option) ([]*Policy, error) {
	f := loadFolder(fsys, nil, opts)
	return f.policies, f.err()
}

// folder is what was found in a folder.
type folder struct {
	policies []*Policy
	skipped  []string // files of YAML that are no policies
	failed   []string // files that are at fault
	faults   Diagnostics
	errs     []error // what else is wrong
}

// err returns what is wrong, nil where nothing is.
func (f *folder) err() error {
	all := f.errs
	if len(f.faults) > 0 {
		all = append([]error{f.faults}, all...)
	}
	return errors.Join(all...)
}

// loadFolder reads a folder. A file that is as it was when the policy in known was loaded is not loaded again.
func loadFolder(fsys fs.FS, known map[string]*Policy, opts []Option) *folder {
	f := &folder{}
	walk := func(name string, entry fs.DirEntry, err error) error {
		hidden := name != "." && strings.HasPrefix(path.Base(name), ".")
		switch {
		case err != nil:
			f.fail(name, err)
		case hidden && entry.IsDir():
			return fs.SkipDir
		case hidden || entry.IsDir() || !isYAML(name):
		case isTest(name):
			f.skipped = append(f.skipped, name)
		default:
			f.load(fsys, name, known[name], opts)
		}
		return nil
	}
	if err := fs.WalkDir(fsys, ".", walk); err != nil {
		f.fail(".", err)
	}
	return f
}

func isYAML(name string) bool { return path.Ext(name) == ".yaml" || path.Ext(name) == ".yml" }

func isTest(name string) bool {
	return strings.HasSuffix(strings.TrimSuffix(name, path.Ext(name)), "_test")
}

// load loads one file; known is what it held the last time, or nil.
func (f *folder) load(fsys fs.FS, name string, known *Policy, opts []Option) {
	src, err := yamldoc.ReadFile(fsys.Open(name))
	if err != nil {
		f.fail(name, err)
		return
	}
	if known != nil && known.digest == digestOf(src) {
		f.policies = append(f.policies, known)
		return
	}
	p, err := Parse(name, src, opts...)
	var faults Diagnostics
	switch {
	case err == nil:
		f.policies = append(f.policies, p)
	case isOther(src):
		f.skipped = append(f.skipped, name)
	case errors.As(err, &faults):
		f.failed = append(f.failed, name)
		f.faults = append(f.faults, faults...)
	default:
		f.fail(name, err)
	}
}

// fail notes that err keeps a file from being loaded.
func (f *folder) fail(name string, err error) {
	if !slices.Contains(f.failed, name) {
		f.failed = append(f.failed, name)
	}
	f.errs = append(f.errs, err)
}

// isOther reports whether src is sound YAML of another kind.
func isOther(src []byte) bool {
	root, faults := yamldoc.Parse(src)
	return root != nil && !hasErrors(faults) && root.Get("policy") == nil && root.Get("inputs") == nil
}
