package tally

import (
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/tallystick-go/tallystick/policy"
)

const explainHelp = `usage: tally explain -policy POLICY.yaml -as-of DATE [flags] CUSTOMER.json|CUSTOMERS.csv|.ndjson|-

Explains the decision on one customer in figures that add up: what each criterion looked at, how the points, the score, the
grade and the limit came about, why, and what is missing. -next adds the smallest changes that reach the next better grade.

A file with several customers needs -line, the line on which the customer's record begins, or -name, what the decision calls
the customer.

  tally explain -policy policy.yaml -as-of 2026-06-30 customer.json
  tally explain -policy policy.yaml -as-of today -name 华北矿业 -next customers.csv
  tally explain -policy policy.yaml -as-of today -lang en -format markdown -line 7 customers.csv

`

func (c *Command) explain(args []string) error {
	fs := flags("explain", explainHelp)
	policyFile := fs.String("policy", "", "the `file` of the policy")
	asOf := fs.String("as-of", "", "the `day` of the decision: 2026-06-30, or today")
	lang := fs.String("lang", "", "the `language`, zh or en; that of the policy if unsaid")
	format := fs.String("format", "text", "how it is written: `text`, markdown or json")
	next := fs.Bool("next", false, "tell the smallest changes that reach the next better grade")
	line := fs.Int("line", 0, "the `line` on which the customer's record begins, from 1")
	name := fs.String("name", "", "the `name` of the customer")
	input := fs.String("input", "", "the `format` of the customers, csv, json or ndjson, where the file's name does not tell;\nstandard input is told by its first character if unsaid")
	extra := fs.Bool("extra", false, "customers may have fields or columns that the policy does not know; they are ignored")
	files, err := c.parse(fs, args)
	if err != nil {
		return err
	}
	switch {
	case *policyFile == "":
		return usageError{"which policy? add -policy POLICY.yaml"}
	case *asOf == "":
		return usageError{"for which day? add -as-of 2026-06-30, or -as-of today"}
	case len(files) != 1:
		return usageError{"which customer? tally explain ... CUSTOMER.json, or - for standard input"}
	case *lang != "" && *lang != "zh" && *lang != "en":
		return usageError{fmt.Sprintf("there is no language %q: use zh or en", *lang)}
	case *format != "text" && *format != "markdown" && *format != "json":
		return usageError{fmt.Sprintf("there is no format %q: use text, markdown or json", *format)}
	case *line != 0 && *name != "":
		return usageError{"either -line or -name, not both"}
	}
	day, err := c.day(*asOf)
	if err != nil {
		return usageError{err.Error()}
	}
	options := slices.Clone(c.Options)
	if *extra {
		options = append(options, policy.AllowUnknownFields())
	}
	p, err := policy.LoadFile(*policyFile, options...)
	if err != nil {
		return err
	}
	customers, in, closeInput, err := c.customers(files, *input)
	if err != nil {
		return err
	}
	defer closeInput()
	d, err := pick(p, customers, in, day, *line, *name)
	var bad *badRecord
	if errors.As(err, &bad) {
		fmt.Fprintf(c.Stderr, "tally: line %d: %s\n", bad.line, bad.err)
		return errFindings
	}
	if err != nil {
		return err
	}
	e := d.Explain(*lang)
	if *next {
		e.Next = d.NextGrade(*lang)
	}
	switch *format {
	case "json":
		b, err := e.JSON()
		if err != nil {
			return err
		}
		_, err = c.Stdout.Write(b)
		return err
	case "markdown":
		_, err = io.WriteString(c.Stdout, e.Markdown())
		return err
	}
	_, err = io.WriteString(c.Stdout, e.Text())
	return err
}

// pick decides the one customer of r that is asked for: by the line of the record, by name, or the only one.
func pick(p *policy.Policy, r io.Reader, f policy.Format, day policy.Date, line int, name string) (*policy.Decision, error) {
	customers, err := p.Customers(r, f)
	if err != nil {
		return nil, err
	}
	var found *policy.Decision
	bad := 0 // records that could not be decided
	for {
		d := new(policy.Decision)
		at, err := customers.Decide(d, policy.AsOf(day))
		var fault *policy.RecordError
		switch {
		case errors.Is(err, io.EOF):
			return chosen(found, bad, line, name)
		case errors.As(err, &fault):
			if line == at || line == 0 && name == "" {
				return nil, &badRecord{at, fault}
			}
			bad++
			continue
		case err != nil:
			return nil, err
		}
		switch {
		case line != 0 && at == line:
			return d, nil
		case line != 0, name != "" && d.Customer() != name:
			continue
		case found != nil && name != "":
			return nil, usageError{fmt.Sprintf("several customers are called %q: use -line", name)}
		case found != nil:
			return nil, usageError{"there are several customers: add -line or -name"}
		}
		found = d
	}
}

// badRecord is the record that was asked for, when it cannot be decided.
type badRecord struct {
	line int
	err  error
}

func (e *badRecord) Error() string { return e.err.Error() }

// chosen returns the customer that was found, or why there is none.
func chosen(found *policy.Decision, bad, line int, name string) (*policy.Decision, error) {
	rest := ""
	if bad > 0 {
		rest = fmt.Sprintf(" (%s could not be decided: see tally decide)", plural(bad, "record"))
	}
	switch {
	case found != nil:
		return found, nil
	case line != 0:
		return nil, usageError{fmt.Sprintf("no record begins on line %d%s", line, rest)}
	case name != "":
		return nil, usageError{fmt.Sprintf("there is no customer %q%s", name, rest)}
	}
	return nil, usageError{"there is no customer"}
}
