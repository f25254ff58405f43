package policytest_test

import (
	"os"
	"os/exec"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy"
	"github.com/tallystick-go/tallystick/policy/policytest"
)

// The cases that are agreed on for the contract policy.
func TestContract(t *testing.T) {
	policytest.Run(t, os.DirFS("testdata"), "customer-management_test.yaml")
}

const (
	shop      = "policy: shop\nversion: \"1\"\ninputs: {n: {type: number}}\nvalues: {a: twice(n)}\n"
	good      = "policy: shop.yaml\nas_of: 2026-06-30\ntests:\n  - {name: good, given: {n: 1}, expect: {values: {a: 2}}}\n"
	bad       = "policy: ../shop.yaml\nas_of: 2026-06-30\ntests:\n  - {name: good, given: {n: 1}, expect: {values: {a: 2}}}\n  - {name: bad, given: {n: 1}, expect: {values: {a: 3}}}\n"
	misspelt  = "policy: shop.yaml\nas_of: 2026-06-30\ntests:\n  - {name: good, given: {n: 1}, expect: {values: {aa: 2}}}\n"
	ofNothing = "policy: none.yaml\nas_of: 2026-06-30\ntests:\n  - {name: good, expect: {score: 1}}\n"
)

func files(names map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{"shop.yaml": {Data: []byte(shop)}}
	for name, text := range names {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

func twice() []policy.Option {
	return []policy.Option{policy.WithFunction("twice", func(n policy.Number) policy.Number { return n.Add(n) })}
}

func TestWithoutPatternsEveryTestFileIsRun(t *testing.T) {
	policytest.RunWith(t, twice(), files(map[string]string{"good_test.yaml": good, "deep/good_test.yaml": "policy: ../shop.yaml" + good[len("policy: shop.yaml"):]}))
}

func TestFilesThatShowEnough(t *testing.T) {
	policytest.Covers(t, 25, os.DirFS("testdata"), "customer-management_test.yaml")
	policytest.CoversWith(t, 100, twice(), files(map[string]string{"good_test.yaml": good}))
}

// runs are what must fail the test that asks for it. Each is run in a process of its own, where it may.
var runs = map[string]struct {
	run  func(t *testing.T)
	says []string
}{
	"a case that fails": {
		func(t *testing.T) {
			policytest.RunWith(t, twice(), files(map[string]string{"deep/bad_test.yaml": bad}), "*/*_test.yaml")
		},
		[]string{"--- FAIL: TestFailing/deep/bad_test.yaml/bad", "deep/bad_test.yaml:5:53: values a: expected 3, got 2\n", "    twice(n)\n", "    n = 1\n"},
	},
	"a file with faults": {
		func(t *testing.T) {
			policytest.RunWith(t, twice(), files(map[string]string{"misspelt_test.yaml": misspelt}))
		},
		[]string{"--- FAIL: TestFailing/misspelt_test.yaml", "misspelt_test.yaml:4:51: error: the policy has no value `aa` [unknown-name]\n", " ^~\n", "hint: allowed: a\n"},
	},
	"a policy with faults": {
		func(t *testing.T) { policytest.Run(t, files(map[string]string{"good_test.yaml": good})) },
		[]string{"--- FAIL: TestFailing/good_test.yaml", "shop.yaml:4:13: error: there is no function `twice`"},
	},
	"a policy that is not there": {
		func(t *testing.T) { policytest.Run(t, files(map[string]string{"x_test.yaml": ofNothing})) },
		[]string{"x_test.yaml:1:9: error: the policy cannot be read: open none.yaml: file does not exist [no-policy]"},
	},
	"a pattern that matches nothing": {
		func(t *testing.T) {
			policytest.RunWith(t, twice(), files(map[string]string{"good_test.yaml": good}), "good_test.yaml", "nothing_*.yaml")
		},
		[]string{"no file matches nothing_*.yaml"},
	},
	"a pattern that is none": {
		func(t *testing.T) {
			policytest.RunWith(t, twice(), files(map[string]string{"good_test.yaml": good}), "[")
		},
		[]string{"[: syntax error in pattern"},
	},
	"files that show too little": {
		func(t *testing.T) {
			policytest.CoversWith(t, 100, nil, fstest.MapFS{
				"old.yaml":      {Data: []byte("policy: old\nversion: \"1\"\ninputs: {n: {type: number, decimals: 0}}\nadmission: [{id: old, require: n >= 2}]\n")},
				"old_test.yaml": {Data: []byte("policy: old.yaml\nas_of: 2026-06-30\ntests: [{name: a, given: {n: 2}, expect: {outcome: admitted}}]\n")},
			})
		},
		[]string{"run_test.go", "the coverage is below 100 %", "old.yaml:4:32: criterion old: n = 1\n", "    given: {\"n\": 1}\n", "expect: {outcome: rejected, criteria: {old: fail}, reasons: [old]}\n"},
	},
	"coverage of a file with faults": {
		func(t *testing.T) { policytest.Covers(t, 1, files(map[string]string{"good_test.yaml": good})) },
		[]string{"shop.yaml:4:13: error: there is no function `twice`"},
	},
	"no test files": {
		func(t *testing.T) { policytest.Run(t, files(nil)) },
		[]string{"there is no file *_test.yaml"},
	},
}

const runVariable = "POLICYTEST_RUN"

func TestFailing(t *testing.T) {
	if name := os.Getenv(runVariable); name != "" {
		runs[name].run(t)
		return
	}
	for name, x := range runs {
		t.Run(name, func(t *testing.T) {
			c := exec.Command(os.Args[0], "-test.run=^TestFailing$")
			c.Env = append(os.Environ(), runVariable+"="+name)
			out, err := c.CombinedOutput()
			var exit *exec.ExitError
			require.ErrorAs(t, err, &exit, "it does not fail:\n%s", out)
			for _, says := range x.says {
				assert.Contains(t, string(out), says)
			}
			assert.NotContains(t, string(out), "panic")
		})
	}
}
