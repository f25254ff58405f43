package cases_test

import (
	"errors"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/bounded"
	"github.com/tallystick-go/tallystick/policy"
	"github.com/tallystick-go/tallystick/policy/internal/cases"
)

// Whatever a test file holds, it has faults with a text, or cases with a report.
func FuzzLoad(f *testing.F) {
	shop, err := os.ReadFile("testdata/shop.yaml")
	require.NoError(f, err)
	for _, name := range []string{
		"good_test.yaml", "failures/shop_test.yaml", "faults/keys_test.yaml", "faults/names_test.yaml", "faults/records_test.yaml",
		"faults/no-name_test.yaml", "faults/emptiness_test.yaml", "faults/notation_test.yaml", "faults/a-list_test.yaml",
	} {
		src, err := os.ReadFile("testdata/" + name)
		require.NoError(f, err)
		f.Add(src)
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		read := func(name string) ([]byte, error) {
			if name == "a_test.yaml" {
				return src, nil
			}
			return shop, nil
		}
		bounded.Run(t, func() { _, _ = cases.Load("a_test.yaml", read) })
		file, err := cases.Load("a_test.yaml", read)
		var faults *cases.Faults
		var diagnostics policy.Diagnostics
		switch {
		case errors.As(err, &faults):
			require.NotEmpty(t, faults.Text())
		case errors.As(err, &diagnostics):
			require.NotEmpty(t, diagnostics)
		default:
			require.NoError(t, err)
			require.NotEmpty(t, file.Cases)
			for _, c := range file.Cases {
				differences := c.Run()
				require.Equal(t, len(differences) == 0, c.Report(differences) == "")
			}
		}
	})
}
