package record

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/bounded"
	"github.com/tallystick-go/tallystick/internal/slot"
)

// addObjects seeds a fuzz test with objects good and bad.
func addObjects(f *testing.F) {
	for _, test := range hostile {
		f.Add([]byte(test.json))
	}
	for _, object := range []string{
		manyFaults, customerJSON, `{}`,
		`{"name": "a", "dpd": 5e0, "applicant": {"age": "3", "address": {"city": "西安"}}, "licence_expires": "2024-06-30",
			"previous_grade": "B", "members": [{"amount": 1.5, "ccy": "USD"}, null, {}], "blacklisted": true, "tags": [], "head": {"ccy": null}}`,
		`{"name": "a", "applicant.age": 1, "applicant": {"age": 1}}`,
		`{"name": "a", "applicant.address": {"city": "b"}, "applicant": null}`,
		`{"name": "a", "applicant": {"address.city": "b"}, "city": "c"}`,
		`{"name": "\ud83d\ude00", "overdue_days": "1_000"}`,
	} {
		f.Add([]byte(object))
	}
}

func FuzzReadJSON(f *testing.F) {
	addObjects(f)
	f.Add([]byte(`{"name": "a" , "overdue_days":-5,"dpd":"5", "blacklisted" :null,"previous_grade":"B","licence_expires":"2026-06-30"}`))
	for _, flat := range []string{`{"name":"a",}`, `{"name":"a"}}`, `{"name":"a","overdue_days":05}`, `{"name":"a","overdue_days":1_0}`, `{"name":"a","overdue_days":+1}`,
		`{"name":"a","blacklisted":truex}`, `{"name":"a" "blacklisted":true}`, `{"name":"a","name":"b"}`, `{"name":"\xff"}`, `{"name":"a"`, `{"name":nul}`, `{"name":"a","overdue_days":1.}`} {
		f.Add([]byte(flat))
	}
	f.Add([]byte(`{"loans": [{"due": "2023-01-01", "amount": -1}, {"due": 5, "ccy": "x"}, {"amount": null}], "school": {"marks": [6, null, "x"]}}`))
	schemas := []*Schema{everything(), everything(allowUnknown), loans()}
	f.Fuzz(func(t *testing.T, object []byte) {
		for _, s := range schemas {
			fromMap, fromJSON := frame(s), frame(s)
			bounded.Run(t, func() { _ = s.ReadJSON(frame(s), object) })
			before := bytes.Clone(object)
			jsonErr := s.ReadJSON(fromJSON, object)
			assert.Equal(t, before, object, "the object is not written to")
			checkErrors(t, jsonErr)
			if !jsontext.Value(object).IsValid() {
				assert.Error(t, jsonErr, "it is not JSON")
			}

			r, err := ParseRecord(object)
			if err != nil {
				checkErrors(t, err)
				continue
			}
			mapErr := s.ReadMap(fromMap, r)
			checkErrors(t, mapErr)
			assert.Equal(t, mapErr == nil, jsonErr == nil, "map: %v; JSON: %v", mapErr, jsonErr)
			if mapErr != nil && jsonErr != nil {
				assert.Equal(t, faultsOf(t, mapErr), faultsOf(t, jsonErr))
			}
			for i := range s.Len() {
				assert.True(t, same(fromMap, fromMap.Slots[i], fromJSON, fromJSON.Slots[i]),
					"%s: map: %+v; JSON: %+v", s.Input(i).Name, fromMap.Slots[i], fromJSON.Slots[i])
			}
		}
	})
}

// checkErrors makes sure that err is nil or Errors that can be shown.
func checkErrors(t *testing.T, err error) {
	t.Helper()
	if err == nil {
		return
	}
	var all Errors
	require.True(t, errors.As(err, &all), "%T", err)
	require.NotEmpty(t, all)
	require.LessOrEqual(t, len(all), MaxFaults+1)
	for _, e := range all {
		assert.NotEmpty(t, e.Code)
		assert.NotEmpty(t, e.Message)
		assert.True(t, len(e.Error()) < 2000, e.Error())
	}
}

func FuzzParseRecord(f *testing.F) {
	addObjects(f)
	f.Fuzz(func(t *testing.T, object []byte) {
		r, err := ParseRecord(object)
		checkErrors(t, err)
		assert.Equal(t, err == nil, r != nil)
	})
}

func FuzzReadRow(f *testing.F) {
	f.Add("a", "5", "2024-06-30", "B", `[{"amount": 1}]`, "true")
	f.Add("\xff", "1,000", "2024/6/30", "b", `[1`, "是")
	f.Add("", "5%", "45473", "", `{}`, "1")
	f.Add(" ", strings.Repeat("9", 65), "20240631", "M", `[null, {"q": 1}] 2`, "TRUE")
	s := everything()
	columns, err := s.Columns([]string{"name", "overdue_days", "licence_expires", "previous_grade", "members", "blacklisted"})
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, name, days, licence, grade, members, blacklisted string) {
		fr := frame(s)
		bounded.Run(t, func() { _ = columns.ReadRow(fr, []string{name, days, licence, grade, members, blacklisted}) })
		checkErrors(t, columns.ReadRow(fr, []string{name, days, licence, grade, members, blacklisted}))
		for i := range s.Len() {
			assert.NotEqual(t, slot.Text("from before"), fr.Slots[i])
		}
		checkErrors(t, columns.ReadRow(fr, []string{name, days}))
		_, err := s.Columns([]string{name, days, licence, grade, members, blacklisted})
		checkErrors(t, err)
	})
}

// readThrough reads what there is in file, right or wrong.
func readThrough(file []byte, format Format, s *Schema) {
	x, err := Open(bytes.NewReader(file), format, s)
	fr := &slot.Frame{}
	for fatal := (*FileError)(nil); err != io.EOF && !errors.As(err, &fatal); _, err = x.Next(fr) {
		fr.Reset(s.Len())
	}
}

// FuzzFile checks that no file makes a Source panic or go on for ever, and that rows are split as encoding/csv does.
func FuzzFile(f *testing.F) {
	for _, file := range []string{
		"name,days\na,1\n", "\uFEFFname\r\n\"a\r\nb\"\r\n", "a,b\n\"\"\"\",\n", "a\n\"b\nc", "[{\"name\":\"a\"},{}]", "{\"name\":\"a\"}\n{}\n",
		"a\n\r\nb\r", "\"a\"\"\nb\",c\n\n\"d\"e\nf", "a\r\n\r\r\n",
	} {
		f.Add([]byte(file))
	}
	s := New([]Input{{Name: "name", Type: slot.StringType}}, Options{AllowUnknown: true})
	f.Fuzz(func(t *testing.T, file []byte) {
		for _, format := range []Format{CSV, JSON, NDJSON} {
			bounded.Run(t, func() { readThrough(file, format, s) })
			x, err := Open(bytes.NewReader(file), format, s)
			var fatal *FileError
			if err != nil {
				require.ErrorAs(t, err, &fatal)
				continue
			}
			fr := &slot.Frame{}
			for n := 0; ; n++ {
				fr.Reset(s.Len())
				line, err := x.Next(fr)
				if err == io.EOF || errors.As(err, &fatal) {
					break
				}
				checkErrors(t, err)
				require.True(t, line >= 1 && line <= bytes.Count(file, []byte{'\n'})+1, line)
				require.Less(t, n, len(file)+1)
			}
		}
		compareWithEncodingCSV(t, file)
	})
}

// compareWithEncodingCSV splits file both ways, as far as encoding/csv finds no fault.
func compareWithEncodingCSV(t *testing.T, file []byte) {
	want := csv.NewReader(bytes.NewReader(file))
	want.FieldsPerRecord = -1
	got := table{lines: linesOf(bytes.NewReader(file))}
	found, b := &raw{}, &Batch{}
	for {
		cells, err := want.Read()
		if err != nil && err != io.EOF {
			return
		}
		gotErr := got.take(found)
		if err == io.EOF {
			require.Equal(t, io.EOF, gotErr)
			return
		}
		require.NoError(t, gotErr)
		require.Nil(t, found.fault)
		b.reset()
		b.add(found)
		b.text = string(b.data)
		require.Equal(t, cells, b.row(0))
		line, _ := want.FieldPos(0)
		require.Equal(t, line, found.line)
	}
}
