package cases_test

import (
	"encoding/xml"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy/internal/cases"
)

func TestJUnit(t *testing.T) {
	var report cases.JUnit
	for _, name := range []string{"good_test.yaml", "failures/shop_test.yaml"} {
		f, err := load(name)
		require.NoError(t, err)
		report.Begin(name)
		for _, c := range f.Cases[:2] {
			report.Case(c, c.Run())
		}
	}
	_, err := load("faults/names_test.yaml")
	report.Unreadable("faults/names_test.yaml", "what is <wrong> & \"why\" \x00\n"+err.Error())
	var out strings.Builder
	require.NoError(t, report.Write(&out))
	golden(t, "junit.xml", out.String())

	var back cases.JUnit
	require.NoError(t, xml.Unmarshal([]byte(out.String()), &back))
	require.Equal(t, [3]int{5, 2, 1}, [3]int{back.Tests, back.Failures, back.Errors})
	require.Len(t, back.Suites, 3)
}
