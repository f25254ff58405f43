package record

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/internal/slot"
)

func TestReadJSON(t *testing.T) {
	numbers := slot.ListOf(slot.NumberType)
	for _, test := range []struct {
		name string
		t    *slot.Type
		json string
		want slot.Value
	}{
		{"number", slot.NumberType, `0.10`, number("0.1")},
		{"minus zero", slot.NumberType, `-0`, number("0")},
		{"exponent", slot.NumberType, `1.5E+3`, number("1500")},
		{"beyond 64 bits", slot.NumberType, `123456789012345678901234567890.5`, number("123456789012345678901234567890.5")},
		{"number as text", slot.NumberType, `"0.42"`, number("0.42")},
		{"number as text with an escape", slot.NumberType, `"0\u002e42"`, number("0.42")},
		{"text", slot.StringType, `"矿业"`, slot.Text("矿业")},
		{"escapes", slot.StringType, `"a\"\u77ff\ud83d\ude00\n"`, slot.Text("a\"矿😀\n")},
		{"true", slot.BoolType, `true`, slot.Truth(true)},
		{"false", slot.BoolType, `false`, slot.Truth(false)},
		{"date", slot.DateType, `"2024-06-30"`, date("2024-06-30")},
		{"grade", slot.GradeType, `"\u0042"`, grade("B")},
		{"null", slot.GradeType, `null`, slot.Gone(1)},
		{"empty list", numbers, `[]`, slot.Items(nil)},
		{"null list", numbers, `null`, slot.Gone(1)},
		{"list", numbers, `[1, "2", null]`, slot.Items([]slot.Value{number("1"), number("2"), slot.Gone(1)})},
		{"list of lists", slot.ListOf(numbers), `[[1], [], null]`,
			slot.Items([]slot.Value{slot.Items([]slot.Value{number("1")}), slot.Items(nil), slot.Gone(1)})},
		{"record", memberType, `{"ccy": "USD", "amount": 1}`, slot.Fields([]slot.Value{number("1"), slot.Text("USD")})},
		{"list of records", slot.ListOf(memberType), `[{"ccy": "USD", "amount": 1}]`,
			slot.Items([]slot.Value{slot.Fields([]slot.Value{number("1"), slot.Text("USD")})})},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := one(test.t)
			f := frame(s)
			f.Blame(7) // is 1
			object := ` { "\u0078" : ` + test.json + " } \n"
			require.NoError(t, s.ReadJSON(f, []byte(object)))
			assertValue(t, f, test.want)

			m, err := ParseRecord([]byte(object))
			require.NoError(t, err)
			require.NoError(t, s.ReadMap(f, m))
			assertValue(t, f, test.want)
		})
	}
}

func TestReadJSONRefuses(t *testing.T) {
	numbers := slot.ListOf(slot.NumberType)
	for _, test := range []struct {
		name string
		t    *slot.Type
		json string
		want string
	}{
		{"bool for number", slot.NumberType, `true`, `field "x": a number is needed, not true`},
		{"list for number", slot.NumberType, `[1]`, `field "x": a number is needed, not a list`},
		{"record for number", slot.NumberType, `{"a": 1}`, `field "x": a number is needed, not a record`},
		{"percent", slot.NumberType, `"5%"`, `field "x": "5%" is not a number; write 0.05`},
		{"65 digits", slot.NumberType, strings.Repeat("9", 65), `field "x": the number is too long: "` + strings.Repeat("9", 40) + `"…; it is longer than 64 characters`},
		{"huge exponent", slot.NumberType, `1e30000000`, `field "x": "1e30000000" is not a number; the exponent must be a whole number from -1000 to 1000`},
		{"number for text", slot.StringType, `007e1`, `not JSON: `},
		{"code as number", slot.StringType, `100`, `field "x": a text is needed, not the number 100; put it in quotes, so that no leading zero is lost`},
		{"digit for text", slot.StringType, `1`, `field "x": a text is needed, not the number 1; put it in quotes, so that no leading zero is lost`},
		{"text for bool", slot.BoolType, `"true"`, `field "x": true or false is needed, not the text "true"; write true`},
		{"number for bool", slot.BoolType, `0`, `field "x": true or false is needed, not the number 0; write false`},
		{"number for date", slot.DateType, `45473`, `field "x": a date is needed, not the number 45473; write it as text, "2024-06-30"`},
		{"date with a time", slot.DateType, `"2024-06-30T00:00:00Z"`, `field "x": "2024-06-30T00:00:00Z" is not a date; leave out what follows the day: 2024-06-30`},
		{"long text for date", slot.DateType, `"` + strings.Repeat("9", 500) + `"`, `field "x": "` + strings.Repeat("9", 40) + `…" is not a date; write it as 2024-06-30`},
		{"number for grade", slot.GradeType, `1`, `field "x": the name of a grade is needed, not the number 1`},
		{"small letter for grade", slot.GradeType, `"b"`, `field "x": "b" is not a grade; did you mean "B"? allowed: A, B, C, D, M`},
		{"text for list", numbers, `"1"`, `field "x": a list is needed, not the text "1"`},
		{"record for list", numbers, `{}`, `field "x": a list is needed, not a record`},
		{"list for record", memberType, `[]`, `field "x": a record is needed, not a list`},
		{"name in a record twice", memberType, `{"amount": 1, "amount": 2}`, `field "x.amount": it is there twice`},
		{"unknown name in a record twice", memberType, `{"a": 1, "a": 2}`, `field "x.a": no input has this name; field "x.a": it is there twice`},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := one(test.t)
			f := frame(s)
			assert.ErrorContains(t, s.ReadJSON(f, []byte(`{"x": `+test.json+`}`)), test.want)
			assert.Equal(t, slot.Missing, f.Slots[0].Kind)
			assert.Equal(t, []int{7}, atomsOf(f, f.Slots[0]))
		})
	}
}

// hostile are objects that are refused as a whole or by the field, with what is said of them.
var hostile = []struct{ name, json, code, message string }{
	{"nothing", ``, " syntax", `not JSON: there is nothing`},
	{"blank", " \n ", " syntax", `not JSON: there is nothing`},
	{"cut", `{"name": "a"`, " syntax", `not JSON: it ends too early`},
	{"cut in a name", `{"na`, " syntax", `not JSON: it ends too early`},
	{"cut in a list", `{"name": "a", "tags": ["a"`, " syntax", `not JSON: it ends too early`},
	{"garbage after", `{"name": "a"} x`, " syntax", `not JSON: invalid character 'x' at start of value (at character 15)`},
	{"object after", `{"name": "a"} {}`, " syntax", `something follows the JSON value (at character 15)`},
	{"brace after", `{"name": "a"}}`, " syntax", ``},
	{"array", `[{"name": "a"}]`, " type", `a record is a JSON object {...}, not a list`},
	{"text", `"a"`, " type", `a record is a JSON object {...}, not a text`},
	{"null", `null`, " type", `a record is a JSON object {...}, not null`},
	{"comma at the end", `{"name": "a",}`, " syntax", `(at character 13)`},
	{"comma at the end of a list", `{"name": "a", "tags": ["a",]}`, " syntax", ``},
	{"no comma", `{"name": "a" "tags": []}`, " syntax", ``},
	{"single quotes", `{'name': 'a'}`, " syntax", ``},
	{"name without quotes", `{name: "a"}`, " syntax", ``},
	{"number for a name", `{1: "a"}`, " syntax", `not JSON: a name must be in double quotes (at character 2)`},
	{"comment", `{"name": "a" /* b */}`, " syntax", ``},
	{"leading zero", `{"name": "a", "overdue_days": 05}`, " syntax", ``},
	{"plus", `{"name": "a", "overdue_days": +5}`, " syntax", ``},
	{"NaN", `{"name": "a", "overdue_days": NaN}`, " syntax", ``},
	{"newline in a text", "{\n \"name\": \"a\n\"}", " syntax", `(line 2, character 12)`},
	{"half a surrogate", `{"name": "\ud83d"}`, " syntax", ``},
	{"invalid UTF-8", "{\"name\": \"\xbf\xf3\xd2\xb5\"}", " encoding", `not UTF-8 (at character 11); save the file as UTF-8`},
	{"invalid UTF-8 in what is ignored", "{\"name\": \"a\", \"q\xff\": 1}", " encoding", `not UTF-8`},
	{"overlong UTF-8", "{\"name\": \"\xc0\xaf\"}", " encoding", `not UTF-8`},
	{"name twice", `{"name": "a", "name": "b"}`, "name duplicate", `field "name": it is there twice`},
	{"name twice, once escaped", `{"name": "a", "\u006eame": "b"}`, "name duplicate", `field "name": it is there twice`},
	{"group twice", `{"name": "a", "applicant": {"age": 1}, "applicant": {"address": {}}}`, "applicant duplicate", `field "applicant": it is there twice`},
	{"name twice in a list", `{"name": "a", "members": [{}, {"ccy": "a", "ccy": "b"}]}`, "members[1].ccy duplicate", `field "members[1].ccy": it is there twice`},
	{"name twice in what is ignored", `{"name": "a", "q": [{"a": {"b": 1, "b": 2}}]}`, "q duplicate", `field "q": a name in it is there twice`},
	{"ignored name twice", `{"name": "a", "q": 1, "q": 1}`, "q duplicate", `field "q": it is there twice`},
}

func TestHostileJSON(t *testing.T) {
	s := everything(allowUnknown)
	for _, test := range hostile {
		t.Run(test.name, func(t *testing.T) {
			f := frame(s)
			err := s.ReadJSON(f, []byte(test.json))
			assert.Equal(t, []string{test.code}, faultsOf(t, err))
			assert.ErrorContains(t, err, test.message)
			for i := range f.Slots {
				assert.NotEqual(t, slot.Text("from before"), f.Slots[i])
			}
			_, err = ParseRecord([]byte(test.json))
			assert.Error(t, err)
		})
	}
}

func TestARecordWithANameTwiceInWhatIsIgnoredIsNotBelieved(t *testing.T) {
	s := one(memberType, allowUnknown)
	f := frame(s)
	assert.EqualError(t, s.ReadJSON(f, []byte(`{"x": {"amount": 1, "q": {"a": 1, "a": 2}}}`)), `field "x.q": a name in it is there twice`)
	assert.Equal(t, slot.Missing, f.Slots[0].Kind)
}

func TestHugeJSONIsRefusedQuickly(t *testing.T) {
	s := everything(allowUnknown)
	f := frame(s)
	start := time.Now()
	deep := func(n int) string { return strings.Repeat(`[`, n) + strings.Repeat(`]`, n) }
	for object, want := range map[string][]string{
		`{"name": "a", "q": ` + deep(5_000) + `}`:                                   nil, // and ignored
		`{"name": "a", "q": ` + deep(1_000_000) + `}`:                               {" syntax"},
		`{"name": "a", "tags": ` + deep(5_000) + `}`:                                {"tags[0] type"},
		strings.Repeat(`{"applicant":`, 1_000_000):                                  {" syntax"},
		`{"name": "a", "overdue_days": ` + strings.Repeat("9", 1_000_000) + `}`:     {"overdue_days too-long"},
		`{"name": "` + strings.Repeat("a", 1_000_000) + `"}`:                        {"name too-long"},
		`{"name": "a", "tags": [` + strings.Repeat(`"a",`, MaxItems-1) + `"a"]}`:    nil,
		`{"name": "a", "tags": [` + strings.Repeat(`"a",`, MaxItems) + `"a"]}`:      {"tags too-long"},
		`{"name": "a", "previous_grade": "` + strings.Repeat("B", 1_000_000) + `"}`: {"previous_grade choice"},
		`{"name": "a", "blacklisted": "` + strings.Repeat("B", 1_000_000) + `"}`:    {"blacklisted type"},
		`{"name": "a", "` + strings.Repeat("B", 1_000_000) + `": 1}`:                nil,
	} {
		err := s.ReadJSON(f, []byte(object))
		assert.Equal(t, want, faultsOf(t, err), object[:40])
		if err != nil {
			assert.Less(t, len(err.Error()), 1000)
		}
	}

	// Many unknown names, each of which could be compared with each that is known.
	strict := everything()
	var b strings.Builder
	b.WriteString(`{"name": "a"`)
	for i := range 100_000 {
		b.WriteString(`,"unknown_` + strconv.Itoa(i) + `": 1`)
	}
	b.WriteString(`}`)
	err := strict.ReadJSON(f, []byte(b.String()))
	assert.Len(t, faultsOf(t, err), MaxFaults+1)
	assert.ErrorContains(t, err, "and 99900 more faults")
	assert.NoError(t, s.ReadJSON(f, []byte(b.String())))
	assert.Less(t, time.Since(start), time.Minute)
}

func TestASchemaCanBeUsedByManyAtOnce(t *testing.T) {
	s := everything()
	done := make(chan bool)
	for n := range 8 {
		go func() {
			ok := true
			f := frame(s)
			for i := range 500 {
				want := strconv.Itoa(n*1000 + i)
				f.Reset(s.Len())
				err := s.ReadJSON(f, []byte(`{"name": "`+want+`", "overdue_days": `+want+`, "members": [{"amount": `+want+`}]}`))
				ok = ok && err == nil && f.Slots[0].Str == want && f.Slots[1].Num.String() == want &&
					f.Slots[6].List[0].List[0].Num.String() == want
				ok = ok && s.ReadMap(f, map[string]any{"name": "a", "members": []map[string]int{{"amount": i}}}) == nil
			}
			done <- ok
		}()
	}
	for range 8 {
		assert.True(t, <-done)
	}
}

func TestReadJSONDoesNotKeepTheObject(t *testing.T) {
	s := everything()
	f := frame(s)
	object := []byte(`{"name": "abc", "tags": ["abc"], "members": [{"ccy": "abc"}]}`)
	require.NoError(t, s.ReadJSON(f, object))
	for i := range object {
		object[i] = 'x'
	}
	assertSlot(t, f, 0, slot.Text("abc"))
	assertSlot(t, f, 8, slot.Items([]slot.Value{slot.Text("abc")}))
}
