package tally

import (
	"context"
	"errors"
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

With -resume, how far the run is stands in a file beside the one of -o, OUT.resume, until all is done. However a run ends,
the same command goes on where it stopped, and the decisions are, byte by byte, those of a run that nothing stopped. It is
refused where the policy, the day, the customers or a format is another one.

  tally decide -policy policy.yaml -as-of 2026-06-30 -format ndjson -o decisions.ndjson -resume customers.csv

`

func (c *Command) decide(args []string) (err error) {
	fs := flags("decide", decideHelp)
	policyFile := fs.String("policy", "", "the `file` of the policy")
	asOf := fs.String("as-of", "", "the `day` of the decision: 2026-06-30, or today")
	format := fs.String("format", "table", "how decisions are written: `table`, csv, json or ndjson")
	input := fs.String("input", "", "the `format` of the customers, csv, json or ndjson, where the file's name does not tell;\nstandard input is json or ndjson by its first character if unsaid")
	extra := fs.Bool("extra", false, "customers may have fields or columns that the policy does not know; they are ignored")
	output := fs.String("o", "", "the `file` that is written, in place of standard output")
	workers := fs.Int("workers", 0, "how many customers are decided at a time, a `number`; as many as there are cores if unsaid")
	resume := fs.Bool("resume", false, "go on where a run of the same command stopped; with -o, and not as a table")
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
	case *output != "" && *logs.file == *output:
		return usageError{"the log and the decisions need files of their own: -log and -o name the same"}
	case *workers < 0:
		return usageError{"how many workers? -workers takes a number above 0"}
	}
	day, err := c.day(*asOf)
	if err != nil {
		return usageError{err.Error()}
	}
	out, err := portfolio.ParseFormat(*format)
	if err != nil {
		return usageError{err.Error()}
	}
	if *resume {
		switch {
		case *output == "":
			return usageError{"what went to standard output cannot be continued: add -o FILE"}
		case len(files) == 0 || files[0] == "-":
			return usageError{"standard input cannot be read again, so that no run can be continued: give a file of customers"}
		case out == portfolio.Table:
			return usageError{"a table cannot be continued, since it is laid out as a whole: add -format csv, json or ndjson"}
		case *logs.file != "":
			return usageError{"a run with a log cannot be continued, since what is logged cannot be taken back: leave out -log or -resume"}
		}
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

	opts := append(c.progress(*output != ""), portfolio.Workers(*workers))
	var summary *portfolio.Summary
	if *resume {
		summary, err = decideFile(p, day, files[0], in, *output, out, opts)
	} else {
		summary, err = c.decideTo(*output, customers, func(to io.Writer) (*portfolio.Summary, error) {
			w, err := portfolio.NewWriter(to, out, p)
			if err != nil {
				return nil, err
			}
			return portfolio.Decide(context.Background(), p, day, customers, in, logged(w, log), opts...)
		})
	}
	switch {
	case err != nil:
		return err
	case summary.Bad > 0:
		fmt.Fprintf(c.Stderr, "tally: %d of %d records could not be decided\n", summary.Bad, summary.Customers)
		return errFindings
	}
	return nil
}

// decideTo calls decide with the file output, or with standard output where that is "".
func (c *Command) decideTo(output string, customers io.Reader, decide func(io.Writer) (*portfolio.Summary, error)) (s *portfolio.Summary, err error) {
	if output == "" {
		return decide(c.Stdout)
	}
	if in, ok := customers.(*os.File); ok && sameFile(in, output) {
		return nil, usageError{output + " is the file of customers: write into another"}
	}
	f, err := os.Create(output)
	if err != nil {
		return nil, err
	}
	defer func() {
		if closed := f.Close(); err == nil {
			err = closed
		}
	}()
	// A run that could be continued there cannot be any more.
	if err := os.Remove(output + portfolio.ResumeSuffix); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	return decide(f)
}

// sameFile reports whether name is the file f.
func sameFile(f *os.File, name string) bool {
	a, err := f.Stat()
	if err != nil {
		return false
	}
	b, err := os.Stat(name)
	return err == nil && os.SameFile(a, b)
}

// decideFile is portfolio.DecideFile. An error tells whether the run can be continued.
func decideFile(p *policy.Policy, day policy.Date, input string, f policy.Format, output string, out portfolio.Format, opts []portfolio.Option) (*portfolio.Summary, error) {
	s, err := portfolio.DecideFile(context.Background(), p, day, input, f, output, out, opts...)
	var refused *portfolio.ResumeError
	if err == nil || errors.As(err, &refused) {
		return s, err
	}
	if _, there := os.Stat(output + portfolio.ResumeSuffix); there == nil {
		err = fmt.Errorf("%w; the same command goes on where it stopped", err)
	}
	return s, err
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
