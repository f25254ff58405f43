package cases

import (
	"encoding/xml"
	"io"
	"strings"
)

// JUnit is a report for continuous integration, in the XML of JUnit. There are no times in it: the same files and policies
// make the same report.
type JUnit struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Errors   int          `xml:"errors,attr"`
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Errors   int         `xml:"errors,attr"`
	Cases    []junitCase `xml:"testcase"`
}

type junitCase struct {
	File    string        `xml:"classname,attr"`
	Name    string        `xml:"name,attr"`
	Failure *junitMessage `xml:"failure"`
	Error   *junitMessage `xml:"error"`
}

type junitMessage struct {
	Message string `xml:"message,attr"`
	Text    string `xml:",chardata"`
}

// Unreadable adds the file name, none of whose cases could be run, and why.
func (j *JUnit) Unreadable(name, text string) {
	first, _, _ := strings.Cut(text, "\n")
	j.Tests++
	j.Errors++
	j.Suites = append(j.Suites, junitSuite{
		Name: name, Tests: 1, Errors: 1,
		Cases: []junitCase{{File: name, Name: name, Error: &junitMessage{first, text}}},
	})
}

// Begin adds the file name, to which Case then adds its cases.
func (j *JUnit) Begin(name string) { j.Suites = append(j.Suites, junitSuite{Name: name}) }

// Case adds a case with what is not as it expects.
func (j *JUnit) Case(c *Case, differences []*Difference) {
	s := &j.Suites[len(j.Suites)-1]
	out := junitCase{File: c.File, Name: c.Name}
	j.Tests++
	s.Tests++
	if len(differences) > 0 {
		j.Failures++
		s.Failures++
		text := c.Report(differences)
		first, _, _ := strings.Cut(text, "\n")
		out.Failure = &junitMessage{first, text}
	}
	s.Cases = append(s.Cases, out)
}

// Write writes the report.
func (j *JUnit) Write(w io.Writer) error {
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	if err := e.Encode(j); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}
