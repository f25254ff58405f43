package record

import (
	"errors"
	"fmt"
	"io"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/slot"
)

// fileSchema is what the files of these tests hold.
func fileSchema() *Schema {
	return New([]Input{
		{Name: "name", From: "客户名称", Type: slot.StringType, Required: true},
		{Name: "days", From: "逾期天数", Type: slot.NumberType, Atom: 1},
	}, Options{})
}

// drain reads all of a file, and returns a line for each record: its line in the file, then its values or its fault.
func drain(t *testing.T, r io.Reader, format Format) []string {
	t.Helper()
	s := fileSchema()
	var out []string
	source, err := Open(r, format, s)
	if err != nil {
		var fatal *FileError
		require.ErrorAs(t, err, &fatal)
		assert.Nil(t, source)
		return []string{"fatal: " + err.Error()}
	}
	f := &slot.Frame{}
	for range 1_000_000 {
		f.Reset(s.Len())
		line, err := source.Next(f)
		var fatal *FileError
		var bad Errors
		switch {
		case err == io.EOF:
			_, again := source.Next(f)
			assert.Equal(t, io.EOF, again)
			return out
		case errors.As(err, &fatal):
			assert.False(t, errors.As(err, &bad), "what ends a file is not a fault of a record")
			_, again := source.Next(f)
			assert.Equal(t, err, again)
			assert.Equal(t, fatal.Line, line)
			return append(out, "fatal: "+err.Error())
		case errors.As(err, &bad):
			out = append(out, fmt.Sprintf("%d: %s", line, err))
		default:
			require.NoError(t, err)
			out = append(out, fmt.Sprintf("%d: %s %s", line, f.Slots[0].Str, display(&f.Slots[1])))
		}
	}
	t.Fatal("the file has no end")
	return nil
}

func TestFiles(t *testing.T) {
	long := strings.Repeat("a", MaxRecord)
	for _, test := range []struct {
		name   string
		format Format
		file   string
		want   []string
	}{
		{"plain", CSV, "name,days\na,1\nb,2\n", []string{"2: a 1", "3: b 2"}},
		{"no newline at the end", CSV, "name,days\na,1", []string{"2: a 1"}},
		{"BOM and CRLF", CSV, "\uFEFFname,days\r\na,1\r\nb,2\r\n", []string{"2: a 1", "3: b 2"}},
		{"BOM and quotes", CSV, "\uFEFF\"name\",\"days\"\r\n\"a\",\"1\"\r\n", []string{"2: a 1"}},
		{"Chinese header", CSV, "逾期天数,客户名称\n5,华北矿业\n", []string{"2: 华北矿业 5"}},
		{"quotes", CSV, "name,days\n\"a, \"\"b\"\"\n\r\nc\",1\nd,2\n", []string{"2: a, \"b\"\n\nc 1", "5: d 2"}},
		{"empty cells", CSV, "name,days\na,\n,1\n\"\",\"\"\n", []string{"2: a missing",
			`3: field "name": it is required, but the cell is empty`, `4: field "name": it is required, but the cell is empty`}},
		{"blank lines", CSV, "\n\nname,days\n\n\na,1\n\n", []string{"6: a 1"}},
		{"bad rows do not stop the rest", CSV, "name,days\na\nb,x\nc,1,2\n\xb5\xb5,1\nd,1\n", []string{
			"2: the row has 1 cell, the header 2", `3: field "days": "x" is not a number; write digits, and a point before the decimals, as in 1234.5`,
			"4: the row has 3 cells, the header 2; put cells that contain a comma in double quotes",
			`5: field "name": "�" is not UTF-8; save the file as UTF-8`, "6: d 1"}},
		{"quote in a cell", CSV, "name,days\na 5\" b,1\nc,1\n", []string{
			`2: not CSV: there is a quote within a cell: "a 5\" b"; put the cell in double quotes, and double those in it`, "3: c 1"}},
		{"text after a quote", CSV, "name,days\n\"a\"b,1\nc,1\n", []string{
			`2: not CSV: something follows the closing quote of cell 1; double the quotes within a cell`, "3: c 1"}},
		{"quote that is not closed", CSV, "name,days\n\"a,1\nb,1\nc,1\n", []string{
			`2: not CSV: the quote that cell 1 begins with is not closed`, "3: b 1", "4: c 1"}},
		{"quote that is closed by another", CSV, "name,days\n\"a,1\nb,1\n\"c\",1\nd,1\n", []string{
			`2: not CSV: something follows the closing quote of cell 1; double the quotes within a cell`, "3: b 1", "4: c 1", "5: d 1"}},
		{"long quoted cell", CSV, "name,days\n\"a\n" + strings.Repeat("b,1\n", 10) + strings.Repeat("c\n", MaxRecord/2), nil},
		{"long line", CSV, "name,days\n" + long + ",1\nb,1\n", []string{"2: the record has over 1048576 bytes", "3: b 1"}},
		{"long line in quotes", CSV, "name,days\n\"a\n" + long + "aa\",1\nb,1\n", []string{"2: the record has over 1048576 bytes", "4: b 1"}},
		{"semicolons", CSV, "name;days\na;1\n", []string{`fatal: line 1: the columns are separated by semicolons: "name;days"; save the file with commas`}},
		{"unknown column", CSV, "name,day\na,1\n", []string{`fatal: line 1: field "day": no input has the name of column 2; did you mean "days"?`}},
		{"missing column", CSV, "\ndays\n1\n", []string{`fatal: line 2: field "name": it is required, but there is no such column`}},
		{"nothing", CSV, "", []string{`fatal: line 1: there is no header; the first line names the columns`}},
		{"broken header", CSV, "name,\"days\n", []string{`fatal: line 1: not CSV: the quote that cell 2 begins with is not closed`}},
		{"UTF-16", CSV, "\xff\xfen\x00a\x00", []string{`fatal: line 1: the file is UTF-16; save the file as UTF-8`}},
		{"UTF-16, big end first", CSV, "\xfe\xff\x00n", []string{`fatal: line 1: the file is UTF-16; save the file as UTF-8`}},
		{"UTF-16 without a mark", CSV, "n\x00a\x00", []string{`fatal: line 1: the file is UTF-16; save the file as UTF-8`}},
		{"GBK", CSV, "\xbf\xcd\xbb\xa7,days\n", []string{`fatal: line 1: the header is not UTF-8; save the file as UTF-8`}},

		{"lines", NDJSON, "{\"name\":\"a\",\"days\":1}\n\n  \r\n{\"name\":\"b\"}\r\n{\"name\":\"c\"}", []string{"1: a 1", "4: b missing", "5: c missing"}},
		{"lines with a BOM", NDJSON, "\uFEFF{\"name\":\"a\"}\n", []string{"1: a missing"}},
		{"no lines", NDJSON, "\n \n", nil},
		{"bad lines do not stop the rest", NDJSON, "{\"name\":\"a\"\n[1]\n5\n{\"days\":1}\n{\"name\":\"\xff\"}\n{\"name\":\"b\",\"name\":\"b\"}\n{\"name\":\"c\"}\n", []string{
			"1: not JSON: it ends too early", "2: a record is a JSON object {...}, not a list", "3: a record is a JSON object {...}, not a number",
			`4: field "name": it is required, but absent`, "5: not UTF-8 (at character 10); save the file as UTF-8",
			`6: field "name": it is there twice`, "7: c missing"}},
		{"long lines", NDJSON, "{\"name\":\"" + long + "\"}\n" + strings.Repeat(" ", MaxRecord+10) + "\n{\"name\":\"b\"}\n" + strings.Repeat("[", 3*MaxRecord), []string{
			"1: the record has over 1048576 bytes", "2: the record has over 1048576 bytes", "3: b missing", "4: the record has over 1048576 bytes"}},
		{"JSON in place of lines", NDJSON, "\n[{\"name\":\"a\"}]", []string{"fatal: line 2: the file is JSON, not NDJSON with a record in each line; name it .json"}},
		{"one object over several lines", NDJSON, "{\n\"name\":\"a\"}", []string{"fatal: line 1: the file is JSON, not NDJSON with a record in each line; name it .json"}},
		{"lines in UTF-16", NDJSON, "\xff\xfe{\x00", []string{`fatal: line 1: the file is UTF-16; save the file as UTF-8`}},

		{"array", JSON, "\n[\n  {\"name\":\"a\",\n \"days\":1},\n\n  {\"name\":\"b\"}, {\"name\":\"c\"}\n]\n", []string{"3: a 1", "6: b missing", "6: c missing"}},
		{"array with a BOM", JSON, "\uFEFF[{\"name\":\"a\"}]", []string{"1: a missing"}},
		{"empty array", JSON, "[]", nil},
		{"one object", JSON, "\n {\"name\":\"a\"}\n", []string{"2: a missing"}},
		{"bad records do not stop the rest", JSON, "[{\"days\":1},\n5,\n{\"name\":\"\xff\"},\n{\"name\":\"a\",\"name\":\"a\"},\n{\"name\":\"b\"}]", []string{
			`1: field "name": it is required, but absent`, "2: a record is a JSON object {...}, not a number",
			"3: not UTF-8 (at character 10); save the file as UTF-8", `4: field "name": it is there twice`, "5: b missing"}},
		{"broken array", JSON, "[{\"name\":\"a\"},\n{\"name\":\"b\" \"days\":1},\n{\"name\":\"c\"}]", []string{"1: a missing",
			`fatal: line 2: not JSON: invalid character '"' after object value (expecting ',' or '}')`}},
		{"cut array", JSON, "[{\"name\":\"a\"},\n", []string{"1: a missing", "fatal: line 2: not JSON: it ends too early"}},
		{"no comma", JSON, "[{\"name\":\"a\"}\n\n{\"name\":\"b\"}]", []string{"1: a missing", `fatal: line 3: not JSON: invalid character '{' after array element (expecting ',' or ']')`}},
		{"something after the array", JSON, "[{\"name\":\"a\"}]\n]", []string{"1: a missing", `fatal: line 2: not JSON: invalid character ']' at start of value`}},
		{"another array", JSON, "[{\"name\":\"a\"}]\n[]", []string{"1: a missing", "fatal: line 2: something follows the JSON value"}},
		{"lines in place of JSON", JSON, "{\"name\":\"a\"}\n{\"name\":\"b\"}\n", []string{"1: a missing",
			"fatal: line 2: something follows the JSON value; a file with a record in each line is NDJSON: name it .ndjson"}},
		{"a number", JSON, "5", []string{"fatal: line 1: the file is an array of records [{...}, ...] or a record {...}, not a number"}},
		{"no JSON", JSON, " \n", []string{"fatal: line 1: not JSON: there is nothing"}},
		{"garbage", JSON, "\n\nhello", []string{"fatal: line 3: not JSON: invalid character 'h' at start of value"}},
		{"long record", JSON, "[{\"name\":\"a\"},\n{\"name\":\"" + long + "\"},{\"name\":\"b\"}]", []string{"1: a missing", "2: the record has over 1048576 bytes", "2: b missing"}},
		{"endless record", JSON, "[{\"name\":\"a\"},\n" + strings.Repeat("[", 3*MaxRecord), nil},
		{"endless space", JSON, "[{\"name\":\"a\"},\n" + strings.Repeat(" \n", 3*MaxRecord), nil},

		{"no format", 0, "a", []string{"fatal: line 1: the format of the file is not known"}},
	} {
		t.Run(test.format.String()+" "+test.name, func(t *testing.T) {
			got := drain(t, strings.NewReader(test.file), test.format)
			if test.want == nil && strings.HasPrefix(test.name, "long quoted") {
				require.Len(t, got, 1+10+MaxRecord/2)
				test.want = []string{`2: not CSV: the quote that cell 1 begins with is not closed`, "3: b 1"}
				got = got[:2]
			}
			if test.want == nil && strings.HasPrefix(test.name, "endless") {
				require.Len(t, got, 2)
				assert.Contains(t, got[1], "fatal: line ")
				return
			}
			assert.Equal(t, test.want, got)
			if len(test.file) < 10_000 {
				assert.Equal(t, test.want, drain(t, iotest.OneByteReader(strings.NewReader(test.file)), test.format), "byte by byte")
				assert.Equal(t, test.want, drain(t, iotest.DataErrReader(strings.NewReader(test.file)), test.format), "with the end at once")
			}
		})
	}
}

func TestAReaderThatFailsEndsTheFile(t *testing.T) {
	for format, file := range map[Format]string{CSV: "name\na\n", NDJSON: "{\"name\":\"a\"}\n", JSON: "[{\"name\":\"a\"},"} {
		lost := errors.New("connection lost")
		got := drain(t, io.MultiReader(strings.NewReader(file), iotest.ErrReader(lost)), format)
		require.Len(t, got, 2, format)
		assert.Contains(t, got[1], "connection lost")
		assert.Contains(t, got[1], map[Format]string{CSV: "fatal: line 3: ", NDJSON: "fatal: line 2: ", JSON: "fatal: line 1: "}[format])

		_, err := Open(iotest.ErrReader(lost), format, fileSchema())
		assert.ErrorIs(t, err, lost)
	}
}

func TestTheLongestLine(t *testing.T) {
	for _, end := range []string{"", "\n", "\r\n"} {
		for more, want := range []string{`1: field "q": no input has this name`, "1: the record has over 1048576 bytes"} {
			head := `{"name":"a","q":"`
			line := head + strings.Repeat("b", MaxRecord-len(head)-len(`"}`)+more) + `"}`
			assert.Equal(t, []string{want}, drain(t, strings.NewReader(line+end), NDJSON))
		}
	}
}

func TestFormatOf(t *testing.T) {
	for name, want := range map[string]Format{"a.csv": CSV, "A.CSV": CSV, "dir.x/a.json": JSON, "a.ndjson": NDJSON, "a.jsonl": NDJSON, "a.xlsx": 0, "a": 0} {
		got, ok := FormatOf(name)
		assert.Equal(t, want, got, name)
		assert.Equal(t, want != 0, ok)
	}
	assert.Equal(t, "csv json ndjson unknown", fmt.Sprint(CSV, " ", JSON, " ", NDJSON, " ", Format(9)))
}

// repeat is a file of n records that is nowhere as a whole.
type repeat struct {
	head, record, tail string
	n                  int
	rest               string
}

func (r *repeat) Read(p []byte) (int, error) {
	for r.rest == "" {
		switch {
		case r.head != "":
			r.rest, r.head = r.head, ""
		case r.n > 0:
			r.rest = r.record
			r.n--
			if r.n == 0 {
				r.rest = strings.TrimSuffix(r.rest, ",") + r.tail
			}
		default:
			return 0, io.EOF
		}
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

func TestMemoryDoesNotGrowWithTheFile(t *testing.T) {
	if testing.Short() {
		t.Skip("reads 200 MB")
	}
	quoted := `"` + strings.Repeat("long text,\n", 20) + `"`
	for name, test := range map[string]struct {
		format Format
		file   repeat
	}{
		"csv":         {CSV, repeat{head: "name,days\n", record: quoted + ",1\n"}},
		"broken csv":  {CSV, repeat{head: "name,days\n", record: "\"a\nb" + quoted + ",1\n"}},
		"ndjson":      {NDJSON, repeat{record: `{"name": "` + strings.Repeat("a", 300) + `"}` + "\n"}},
		"json":        {JSON, repeat{head: "[", record: `{"name": "` + strings.Repeat("a", 300) + `"},`, tail: "]"}},
		"blank lines": {NDJSON, repeat{record: strings.Repeat("\n", 500)}},
	} {
		t.Run(name, func(t *testing.T) {
			s := fileSchema()
			test.file.n = 150_000
			source, err := Open(&test.file, test.format, s)
			require.NoError(t, err)
			f := &slot.Frame{}
			var before, after runtime.MemStats
			for n := 0; ; n++ {
				f.Reset(s.Len())
				_, err := source.Next(f)
				if err == io.EOF {
					break
				}
				var bad Errors
				require.True(t, err == nil || errors.As(err, &bad), "%v", err)
				if n == 1000 {
					runtime.GC()
					runtime.ReadMemStats(&before)
				}
			}
			runtime.GC()
			runtime.ReadMemStats(&after)
			assert.Less(t, int64(after.HeapAlloc), int64(before.HeapAlloc)+4<<20)
			runtime.KeepAlive(source)
		})
	}
}

func TestRecordsCanBeReadByMany(t *testing.T) {
	var file strings.Builder
	file.WriteString("name,days\n")
	for i := range 2000 {
		file.WriteString(strconv.Itoa(i) + "," + strconv.Itoa(i) + "\n")
	}
	s := fileSchema()
	source, err := Open(strings.NewReader(file.String()), CSV, s)
	require.NoError(t, err)
	var mu sync.Mutex
	var all sync.WaitGroup
	lines := map[int]string{}
	for range 4 {
		all.Go(func() {
			b, f := &Batch{}, &slot.Frame{}
			for {
				mu.Lock()
				err := source.Take(b, 7)
				mu.Unlock()
				if err != nil {
					assert.Equal(t, io.EOF, err)
					return
				}
				for i := range b.Len() {
					f.Reset(s.Len())
					if err := source.Read(f, b, i); !assert.NoError(t, err) {
						return
					}
					mu.Lock()
					lines[b.Line(i)] = f.Slots[0].Str + " " + f.Slots[1].Num.String()
					mu.Unlock()
				}
			}
		})
	}
	all.Wait()
	require.Len(t, lines, 2000)
	for i := range 2000 {
		assert.Equal(t, fmt.Sprint(i, " ", i), lines[i+2])
	}
}
