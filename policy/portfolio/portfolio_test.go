package portfolio_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy"
	"github.com/tallystick-go/tallystick/policy/portfolio"
)

const text = `
policy: p
version: "1"
inputs:
  name:  {type: string, required: true}
  mark:  {type: number}
  vip:   {type: bool}
values:
  given: mark
scoring:
  indicators: [{id: s, weight: 100, formula: given}]
grade:
  scale: [{grade: A, min: 50, title: 好}, {grade: B, min: 0, title: 差, outcome: reject}]
credit:
  limit:
    - {id: base, set: mark * 100.1}
    - {id: vip, unlimited: true, when: vip}
`

func load(t *testing.T) *policy.Policy {
	p, err := policy.Parse("p.yaml", []byte(text))
	require.NoError(t, err)
	return p
}

var day = policy.NewDate(2026, time.June, 30)

func TestSummaryAddsUpExactly(t *testing.T) {
	p := load(t)
	customers := "name,mark,vip\nAda,50,false\nBob,49.99,false\nCyd,,false\nDan,99,true\nEve,60,maybe\nFay,70.1,false\n"
	var out bytes.Buffer
	w, err := portfolio.NewWriter(&out, portfolio.Table, p)
	require.NoError(t, err)
	s, err := portfolio.Decide(t.Context(), p, day, strings.NewReader(customers), policy.CSV, w)
	require.NoError(t, err)

	require.Equal(t, 6, s.Customers)
	require.Equal(t, 1, s.Bad)
	require.Equal(t, map[policy.Outcome]int{policy.Admitted: 3, policy.Referred: 1, policy.Rejected: 1}, s.Outcomes)
	require.Equal(t, 1, s.Unlimited)
	require.Equal(t, "12022.01", s.Limit.String(), "50 * 100.1 + 70.1 * 100.1")
	require.Equal(t, []int{3, 1, 1}, []int{s.Grades[0].Customers, s.Grades[1].Customers, s.Grades[2].Customers})
	require.Contains(t, out.String(), "12,022.01")
	require.Contains(t, out.String(), "unlimited: 1")
	require.Contains(t, out.String(), "not decided: 1 of 6 records")
}

// full is a disk that is full.
type full struct{ room int }

func (f *full) Write(b []byte) (int, error) {
	if len(b) > f.room {
		return f.room, errors.New("no space left on device")
	}
	f.room -= len(b)
	return len(b), nil
}

func TestAFullDiskIsAnError(t *testing.T) {
	p := load(t)
	for _, f := range []portfolio.Format{portfolio.Table, portfolio.CSV, portfolio.JSON, portfolio.NDJSON} {
		w, err := portfolio.NewWriter(&full{10}, f, p)
		require.NoError(t, err)
		_, err = portfolio.Decide(t.Context(), p, day, strings.NewReader("name,mark,vip\nAda,50,false\n"), policy.CSV, w)
		require.ErrorContains(t, err, "no space left", string(f))
	}
}

func TestAFileThatDoesNotFitThePolicy(t *testing.T) {
	p := load(t)
	w, err := portfolio.NewWriter(&bytes.Buffer{}, portfolio.NDJSON, p)
	require.NoError(t, err)
	_, err = portfolio.Decide(t.Context(), p, day, strings.NewReader("name,marks\nAda,50\n"), policy.CSV, w)
	require.ErrorContains(t, err, `did you mean "mark"?`)

	_, err = portfolio.NewWriter(&bytes.Buffer{}, "xml", p)
	require.ErrorContains(t, err, "xml")
}
