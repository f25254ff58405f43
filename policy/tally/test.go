package tally

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/tallystick-go/tallystick/policy"
	"github.com/tallystick-go/tallystick/policy/internal/cases"
	"github.com/tallystick-go/tallystick/policy/internal/yamldoc"
)

const testHelp = `usage: tally test [-run REGEXP] [-junit OUT.xml] [-coverage] [-min PERCENT] [-suggest] FILE_test.yaml...

Decides the cases of test files, and tells which are not as expected, with the figures behind it. The package policytest
tells what a test file can hold.

  tally test policy_test.yaml
  tally test -run 'overdue|逾期' policy_test.yaml
  tally test -junit report.xml policies/*_test.yaml
  tally test -coverage -min 90 policy_test.yaml
  tally test -suggest policy_test.yaml

-coverage tells how much of what the policy means the cases show: each criterion met, not met and not to be told; each row
of each method and table; each threshold exactly on it and next to it; each grade, rule, step, approver and verdict. What
can never happen does not count, and every case does, whatever -run chooses. -min makes less than that percentage a finding. -suggest looks for customers who show the
rest, and writes them as cases to be pasted below the key tests. What these expect is what the policy decides now: check
each of them, since a policy that is wrong is not made right by a test that says so.

exit status: 0 all as expected, 1 something is not, the coverage is below -min, or a file has faults, 2 a file cannot be
read, or -run matches no case

`

func (c *Command) test(args []string) error {
	flags := flags("test", testHelp)
	run := flags.String("run", "", "run only the cases whose name this `regexp` matches")
	junit := flags.String("junit", "", "write a report in the XML of JUnit to this `file`, too")
	coverage := flags.Bool("coverage", false, "tell how much of what the policy means the cases show")
	least := flags.Int("min", 0, "fail where the coverage is below this `percentage`; implies -coverage")
	suggest := flags.Bool("suggest", false, "write cases that show what is untested; implies -coverage")
	format := flags.String("format", "text", "of the coverage: text, or json, which is then all that is written to standard output and implies -coverage")
	names, err := c.parse(flags, args)
	if err != nil {
		return err
	}
	if len(names) == 0 {
		return usageError{"which test files? tally test FILE_test.yaml..."}
	}
	matching, err := regexp.Compile(*run)
	if err != nil {
		return usageError{fmt.Sprintf("-run: %s", err)}
	}
	if *least < 0 || *least > 100 {
		return usageError{fmt.Sprintf("-min %d: a percentage from 0 to 100 is needed", *least)}
	}
	if *format != "text" && *format != "json" {
		return usageError{fmt.Sprintf("-format %s: text or json is needed", *format)}
	}
	t := tester{Command: c, run: matching, out: c.Stdout}
	if *format == "json" {
		t.out = c.Stderr
	}
	for _, name := range names {
		t.file(name)
	}
	if *coverage || *suggest || *least > 0 || *format == "json" {
		if err := t.coverage(*format == "json", *least, *suggest); err != nil {
			return err
		}
	}
	if *junit != "" {
		if err := t.write(*junit); err != nil {
			return err
		}
	}
	switch {
	case t.unread > 0:
		return usageError{plural(t.unread, "file") + " could not be read"}
	case t.ran == 0 && !t.found:
		return usageError{fmt.Sprintf("-run %s matches no case", *run)}
	case t.found:
		return errFindings
	}
	return nil
}

// tester runs test files, one after the other, and remembers what came of them.
type tester struct {
	*Command
	run    *regexp.Regexp
	out    io.Writer
	report cases.JUnit
	files  []*cases.File
	ran    int  // cases
	found  bool // something that is not as it should be
	unread int  // files, or files whose policy could not be read
}

// file runs the test file name.
func (t *tester) file(name string) {
	read := func(name string) ([]byte, error) { return yamldoc.ReadFile(os.Open(filepath.FromSlash(name))) }
	f, err := cases.Load(filepath.ToSlash(name), read, t.Options...)
	if err != nil {
		t.fault(name, err)
		return
	}
	t.files = append(t.files, f)
	t.report.Begin(name)
	var failures strings.Builder
	ran, failed := 0, 0
	for _, c := range f.Cases {
		if !t.run.MatchString(c.Name) {
			continue
		}
		ran++
		differences := c.Run()
		t.report.Case(c, differences)
		if len(differences) > 0 {
			failed++
			fmt.Fprintf(&failures, "\n%s\n%s", c.Name, c.Report(differences))
		}
	}
	t.ran += ran
	rest := ""
	if n := len(f.Cases) - ran; n > 0 {
		rest = fmt.Sprintf(", %d not run", n)
	}
	if failed > 0 {
		t.found = true
		fmt.Fprintf(t.out, "FAIL  %s: %d of %s failed%s\n%s", name, failed, plural(ran, "case"), rest, failures.String())
		return
	}
	fmt.Fprintf(t.out, "ok    %s: %s%s\n", name, plural(ran, "case"), rest)
}

// fault tells why none of the cases of the file name could be run.
func (t *tester) fault(name string, err error) {
	t.found = true
	var faults *cases.Faults
	var diagnostics policy.Diagnostics
	var missing *fs.PathError
	if errors.As(err, &missing) {
		t.unread++
	}
	what, text := err.Error(), err.Error()
	switch {
	case errors.As(err, &faults):
		what, text = count(faults.Diagnostics)+"\n"+faults.Text(), faults.Text()
	case errors.As(err, &diagnostics):
		what, text = "its policy has "+count(diagnostics)+"\n"+diagnostics.Text(), diagnostics.Text()
	}
	t.report.Unreadable(name, text)
	fmt.Fprintf(t.out, "FAIL  %s: %s\n", name, strings.TrimSuffix(what, "\n"))
}

// coverage tells how much of each policy the cases show, and what is untested. The cases that -run leaves out count as well.
func (t *tester) coverage(asJSON bool, least int, suggest bool) error {
	reports, err := cases.Cover(t.files...)
	if err != nil {
		return err
	}
	for _, r := range reports {
		if suggest {
			if err := r.Suggest(); err != nil {
				return err
			}
		}
		if !asJSON {
			fmt.Fprintf(t.out, "\n%s", r.Text())
		}
		if !r.Reaches(least) {
			t.found = true
			fmt.Fprintf(t.out, "FAIL  %s: the coverage is below %d %%\n", r.PolicyName, least)
		}
	}
	if asJSON {
		return cases.WriteJSON(t.Stdout, reports)
	}
	return nil
}

// write writes the report to the file name.
func (t *tester) write(name string) (err error) {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() {
		if closeErr := f.Close(); err == nil {
			err = closeErr
		}
	}()
	return t.report.Write(f)
}
