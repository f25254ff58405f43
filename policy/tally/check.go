package tally

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/tallystick-go/tallystick/policy"
)

const checkHelp = `usage: tally check [-format text|json] [-strict] POLICY.yaml...

Reports every fault of the policies with its place and the remedy.

  tally check policy.yaml
  tally check -strict -format json policies/*.yaml

`

func (c *Command) check(args []string) error {
	fs := flags("check", checkHelp)
	format := fs.String("format", "text", "how faults are written: `text` or json")
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
	all := policy.Diagnostics{}
	found := false
	for _, file := range files {
		p, err := policy.LoadFile(file, c.Options...)
		var ds policy.Diagnostics
		switch {
		case err == nil:
			ds = p.Warnings()
		case !errors.As(err, &ds):
			return err
		}
		found = found || ds.Has(policy.Error) || *strict && ds.Has(policy.Warning)
		all = append(all, ds...)
		if *format == "text" {
			fmt.Fprint(c.Stdout, ds.Text())
			fmt.Fprintf(c.Stdout, "%s: %s\n", file, count(ds))
		}
	}
	if *format == "json" {
		e := json.NewEncoder(c.Stdout)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		if err := e.Encode(all); err != nil {
			return err
		}
	}
	if found {
		return errFindings
	}
	return nil
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
