package tally

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/tallystick-go/tallystick/policy"
	"github.com/tallystick-go/tallystick/policy/internal/display"
)

const checkHelp = `usage: tally check [-quick] [-witness] [-as-of DATE|today] [-format text|json] [-strict] POLICY.yaml...

Reports every fault of the policies with its place and the remedy. Then it decides many records, to find out what can come
of each policy: how far the score goes, which grades can be reached, how large a limit is granted and who approves it, and
what never happens. What it says is proved is proved; what was not found in so many records is no more than that.

  tally check policy.yaml
  tally check -witness policy.yaml                      with the records that show what is said
  tally check -quick -strict -format json policies/*.yaml
  tally check -as-of 2026-06-30 policy.yaml

The records are decided on the first day on which a policy is in force, unless -as-of says another; there is no chance in
them: each time they are the same. Notes are no findings.

exit status: 0 no errors (and with -strict no warnings), 1 there are some, 2 a file cannot be read

`

func (c *Command) check(args []string) error {
	fs := flags("check", checkHelp)
	quick := fs.Bool("quick", false, "look for faults only, decide no records")
	witness := fs.Bool("witness", false, "write the records that show what is said")
	asOf := fs.String("as-of", "", "the `day` on which records are decided: 2026-06-30, or today")
	format := fs.String("format", "text", "how faults are written: `text` or json; what can come of a policy is told in text only")
	strict := fs.Bool("strict", false, "warnings count as findings, too")
	files, err := c.parse(fs, args)
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return usageError{"which policies? tally check POLICY.yaml..."}
	}
	if *format != "text" && *format != "json" {
		return usageError{fmt.Sprintf("there is no format %q: use text or json", *format)}
	}
	var options []policy.ProveOption
	if *asOf != "" {
		day, err := c.day(*asOf)
		if err != nil {
			return usageError{err.Error()}
		}
		options = append(options, policy.ProveAsOf(day))
	}
	all := policy.Diagnostics{}
	found := false
	for _, file := range files {
		checked, err := c.checkFile(file, *quick, options)
		if err != nil {
			return err
		}
		ds := checked.found
		found = found || ds.Has(policy.Error) || *strict && ds.Has(policy.Warning)
		all = append(all, ds...)
		if *format == "text" {
			fmt.Fprint(c.Stdout, ds.Text())
			fmt.Fprintf(c.Stdout, "%s: %s%s\n", file, count(ds), acceptedText(checked.accepted))
			if checked.proof != nil {
				fmt.Fprint(c.Stdout, checked.proof.Text("", *witness))
			}
		}
	}
	if *format == "json" {
		if err := display.WriteJSON(c.Stdout, all); err != nil {
			return err
		}
	}
	if found {
		return errFindings
	}
	return nil
}

// checked is what was found out about a policy.
type checked struct {
	found    policy.Diagnostics
	accepted int           // findings that the policy accepts
	proof    *policy.Proof // nil where the policy has errors, or is not to be proved
}

// checkFile loads a policy and, unless that is enough, finds out what can come of it.
func (c *Command) checkFile(file string, quick bool, options []policy.ProveOption) (out checked, err error) {
	p, err := policy.LoadFile(file, c.Options...)
	switch {
	case errors.As(err, &out.found):
		return out, nil
	case err != nil:
		return out, err
	}
	out.found, out.accepted = p.Warnings(), len(p.Accepted())
	if quick {
		return out, nil
	}
	out.proof, err = p.Prove(options...)
	if err != nil {
		return out, usageError{err.Error()}
	}
	out.found = append(slices.Clone(out.found), out.proof.Diagnostics...)
	slices.SortStableFunc(out.found, func(a, b *policy.Diagnostic) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col))
	})
	out.accepted += len(out.proof.Accepted)
	return out, nil
}

// acceptedText says how many findings are accepted, if any are.
func acceptedText(n int) string {
	if n == 0 {
		return ""
	}
	return ", " + plural(n, "finding") + " accepted"
}

// count says how many faults there are.
func count(ds policy.Diagnostics) string {
	var errors, warnings int
	for _, d := range ds {
		switch d.Severity {
		case policy.Error:
			errors++
		case policy.Warning:
			warnings++
		}
	}
	switch {
	case errors+warnings == 0:
		return "no faults"
	case warnings == 0:
		return plural(errors, "error")
	case errors == 0:
		return plural(warnings, "warning")
	}
	return plural(errors, "error") + ", " + plural(warnings, "warning")
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
