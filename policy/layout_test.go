package policy_test

import (
	"fmt"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy"
)

// policyFiles returns the text of every policy of the repository by its name, those with faults included.
func policyFiles(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, root := range []string{"testdata", "../examples"} {
		require.NoError(t, filepath.WalkDir(root, func(name string, _ fs.DirEntry, err error) error {
			if err != nil || filepath.Ext(name) != ".yaml" || strings.HasSuffix(name, "_test.yaml") {
				return err
			}
			src, err := os.ReadFile(name)
			out[name] = string(src)
			return err
		}))
	}
	require.Greater(t, len(out), 50)
	return out
}

func TestAPolicyMeansTheSameInItsLayout(t *testing.T) {
	loaded := 0
	sources := policyFiles(t)
	for i, text := range formatPolicies(t) {
		sources[fmt.Sprintf("block %d of FORMAT.md", i+2)] = text
	}
	for name, src := range sources {
		before, err := policy.Parse(name, []byte(src))
		if err != nil {
			continue
		}
		loaded++
		for _, text := range []string{src, strings.ReplaceAll(src, "\n", "\r\n"), "\ufeff" + src, strings.ReplaceAll(src, "\n  ", "\n      ")} {
			out, err := policy.Layout([]byte(text))
			require.NoError(t, err, name)
			after, err := policy.Parse(name, out)
			require.NoError(t, err, name)
			require.Equal(t, before.Meaning(), after.Meaning(), name)
			require.Equal(t, words(before.Warnings()), words(after.Warnings()), name)
		}
	}
	require.Greater(t, loaded, 20)
}

// A policy that means nothing yet can be laid out all the same, and what is wrong with it is still found where it stands.
func TestAPolicyWithFaultsOfMeaningIsLaidOut(t *testing.T) {
	for name, src := range policyFiles(t) {
		_, err := policy.Parse(name, []byte(src))
		out, layoutErr := policy.Layout([]byte(src))
		if layoutErr != nil {
			require.IsType(t, policy.Diagnostics{}, layoutErr, name)
			require.Error(t, err, name)
			continue
		}
		if err == nil {
			continue
		}
		_, again := policy.Parse(name, out)
		before, after := err.(policy.Diagnostics), again.(policy.Diagnostics)
		require.Equal(t, words(before), words(after), name)
		require.Equal(t, marked(src, before), marked(string(out), after), name)
	}
}

// words returns what diagnostics say, without their places.
func words(ds policy.Diagnostics) (out []string) {
	for _, d := range ds {
		out = append(out, d.Code+": "+d.Message)
	}
	sort.Strings(out)
	return out
}

// marked returns what stands where faults of names are.
func marked(src string, ds policy.Diagnostics) (out []string) {
	lines := strings.Split(strings.ReplaceAll(src, "\r\n", "\n"), "\n")
	for _, d := range ds {
		if d.Code == "unknown-name" {
			line := []rune(lines[d.Line-1])
			out = append(out, string(line[d.Col-1:min(d.Col-1+d.Width, len(line))]))
		}
	}
	sort.Strings(out)
	return out
}

func ExampleLayout() {
	out, err := policy.Layout([]byte(`version: "1"
policy:   orchard   # 果园
admission:
- {require: trees >= 100,reason: 太少, id: size}
inputs: {trees: number}
`))
	if err != nil {
		log.Fatal(err) // it is no YAML
	}
	fmt.Print(string(out))
	// Output:
	// policy:  orchard   # 果园
	// version: "1"
	// inputs:  {trees: number}
	//
	// admission:
	//   - {id: size, require: trees >= 100, reason: 太少}
}

func TestLayoutRefusesWhatIsNoYAML(t *testing.T) {
	_, err := policy.Layout([]byte("policy: [p\nversion: 1\n"))
	var faults policy.Diagnostics
	require.ErrorAs(t, err, &faults)
	require.Contains(t, faults.Text(), "policy: [p")
}
