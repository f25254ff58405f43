package tally

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/tallystick-go/tallystick/policy"
	"github.com/tallystick-go/tallystick/policy/portfolio"
)

const decideHelp = `usage: tally decide -policy POLICY.yaml -as-of DATE [flags] [CUSTOMERS.csv|.json|.ndjson|-]

Decides each customer of a file, in its order, or of standard input. A record that cannot be decided gets a line that says
why; the rest is decided, and the exit status is 1.

  tally decide -policy policy.yaml -as-of 2026-06-30 customers.csv
  tally decide -policy policy.yaml -as-of today -format ndjson -o decisions.ndjson customers.ndjson
  echo '{"name": "Ada", "purchases": 12000000}' | tally decide -policy policy.yaml -as-of today -

`

func (c *Command) decide(args []string) (err error) {
	fs := flags("decide", decideHelp)
	policyFile := fs.String("policy", "", "the `file` of the policy")
	asOf := fs.String("as-of", "", "the `day` of the decision: 2026-06-30, or today")
	format := fs.String("format", "table", "how decisions are written: `table`, csv, json or ndjson")
	input := fs.String("input", "", "the `format` of the customers, csv, json or ndjson, where the file's name does not tell;\nstandard input is json or ndjson by its first character if unsaid")
	extra := fs.Bool("extra", false, "customers may have fields or columns that the policy does not know; they are ignored")
	output := fs.String("o", "", "the `file` that is written, in place of standard output")
	logs := logFlags(fs)
	files, err := c.parse(fs, args)
	if err != nil {
		return err
	}
	switch {
	case *policyFile == "":
		return usageError{"which policy? add -policy POLICY.yaml"}
	case *asOf == "":
		return usageError{"for which day? add -as-of 2026-06-30, or -as-of today"}
	case len(files) > 1:
		return usageError{"one file of customers at a time"}
	}
	day, err := c.day(*asOf)
	if err != nil {
		return usageError{err.Error()}
	}
	out, err := portfolio.ParseFormat(*format)
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
	log, err := c.openLog(logs, p)
	if err != nil {
		return err
	}
	defer func() { err = closeLog(log, err) }()
	customers, in, closeInput, err := c.customers(files, *input)
	if err != nil {
		return err
	}
	defer closeInput()

	to := c.Stdout
	if *output != "" {
		f, createErr := os.Create(*output)
		if createErr != nil {
			return createErr
		}
		defer func() {
			if closeErr := f.Close(); err == nil {
				err = closeErr
			}
		}()
		to = f
	}
	w, err := portfolio.NewWriter(to, out, p)
	if err != nil {
		return err
	}
	w = logged(w, log)
	summary, err := portfolio.Decide(context.Background(), p, day, customers, in, w)
	switch {
	case err != nil:
		return err
	case summary.Bad > 0:
		fmt.Fprintf(c.Stderr, "tally: %d of %d records could not be decided\n", summary.Bad, summary.Customers)
		return errFindings
	}
	return nil
}

// day reads the argument of -as-of. Only here is a clock read.
func (c *Command) day(s string) (policy.Date, error) {
	if s != "today" {
		return policy.ParseDate(s)
	}
	now := time.Now
	if c.Today != nil {
		now = c.Today
	}
	return policy.DateOf(now()), nil
}

// customers opens the file of customers, or standard input.
func (c *Command) customers(files []string, format string) (r io.Reader, f policy.Format, closeInput func(), err error) {
	name := "-"
	if len(files) == 1 {
		name = files[0]
	}
	known := true
	if format != "" {
		if f, known = policy.FormatOf("." + format); !known {
			return nil, f, nil, usageError{fmt.Sprintf("there is no format %q: use csv, json or ndjson", format)}
		}
	}
	if name == "-" {
		if format == "" {
			r, f, err := policy.DetectFormat(c.Stdin)
			return r, f, func() {}, err
		}
		return c.Stdin, f, func() {}, nil
	}
	if format == "" {
		if f, known = policy.FormatOf(name); !known {
			return nil, f, nil, usageError{fmt.Sprintf("the format of %s is not told by its name: add -input csv, json or ndjson", filepath.Base(name))}
		}
	}
	file, err := os.Open(name)
	if err != nil {
		return nil, f, nil, err
	}
	return file, f, func() { file.Close() }, nil
}
