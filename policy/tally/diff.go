package tally

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/tallystick-go/tallystick/policy"
	"github.com/tallystick-go/tallystick/policy/internal/display"
	"github.com/tallystick-go/tallystick/policy/portfolio"
)

const diffHelp = `usage: tally diff [flags] OLD.yaml NEW.yaml

Tells what changed in meaning from one policy to another, with the lines of both files. Layout, comments, the order of keys and
the notation of numbers and expressions do not count.

With -on it also decides the customers of a file by both policies, and tells who gets another outcome, score, grade or limit,
what that adds up to, and why. The two policies may decide as of different days: -as-of 2025-12-31,2026-01-01.

  tally diff policy-2025.yaml policy.yaml
  tally diff -on customers.csv -as-of 2025-12-31,2026-01-01 -top 20 policy-2025.yaml policy.yaml

exit status: 0 nothing changed in meaning, 1 something did, or a policy has faults, or a record could not be decided, 2 usage

`

func (c *Command) diff(args []string) error {
	fs := flags("diff", diffHelp)
	lang := fs.String("lang", "", "the `language`, zh or en; that of the new policy if unsaid")
	format := fs.String("format", "text", "how it is written: `text`, markdown or json")
	on := fs.String("on", "", "the `file` of customers to decide by both policies, - for standard input")
	asOf := fs.String("as-of", "", "with -on, the `day` of the decision: 2026-06-30, or today; two with a comma between them, for old and new")
	top := fs.Int("top", 10, "with -on, tell the `n` customers with the largest changes")
	input := fs.String("input", "", "with -on, the `format` of the customers, csv, json or ndjson, where the file's name does not tell")
	extra := fs.Bool("extra", false, "with -on, customers may have fields or columns that neither policy knows; they are ignored")
	files, err := c.parse(fs, args)
	if err != nil {
		return err
	}
	switch {
	case len(files) != 2:
		return usageError{"which two policies? tally diff OLD.yaml NEW.yaml"}
	case *lang != "" && *lang != "zh" && *lang != "en":
		return usageError{fmt.Sprintf("there is no language %q: use zh or en", *lang)}
	case *format != "text" && *format != "markdown" && *format != "json":
		return usageError{fmt.Sprintf("there is no format %q: use text, markdown or json", *format)}
	case *on == "" && *asOf != "":
		return usageError{"-as-of is the day for which customers are decided: add -on CUSTOMERS"}
	case *top < 0:
		return usageError{"-top cannot be negative"}
	}
	options := slices.Clone(c.Options)
	if *extra {
		options = append(options, policy.AllowUnknownFields())
	}
	old, new, err := loadBoth(files[0], files[1], options)
	if err != nil {
		return err
	}
	d := policy.Diff(old, new, *lang)
	var customers *portfolio.Comparison
	if *on != "" {
		if customers, err = c.compare(old, new, *on, *input, *asOf, *top, *lang); err != nil {
			return err
		}
	}
	if err := writeDiff(c.Stdout, *format, d, customers); err != nil {
		return err
	}
	if customers != nil && customers.Bad > 0 {
		fmt.Fprintf(c.Stderr, "tally: %d of %d records could not be decided\n", customers.Bad, customers.Customers)
		return errFindings
	}
	if len(d.Changes) > 0 {
		return errFindings
	}
	return nil
}

// loadBoth loads two policies; the faults of both are told at once.
func loadBoth(oldFile, newFile string, options []policy.Option) (old, new *policy.Policy, err error) {
	old, err = policy.LoadFile(oldFile, options...)
	var faults policy.Diagnostics
	if err != nil && !errors.As(err, &faults) {
		return nil, nil, err
	}
	new, err = policy.LoadFile(newFile, options...)
	var more policy.Diagnostics
	if err != nil && !errors.As(err, &more) {
		return nil, nil, err
	}
	if all := append(faults, more...); len(all) > 0 {
		return nil, nil, all
	}
	return old, new, nil
}

// compare decides the customers of a file by both policies.
func (c *Command) compare(old, new *policy.Policy, on, input, asOf string, top int, lang string) (*portfolio.Comparison, error) {
	if asOf == "" {
		return nil, usageError{"for which day? add -as-of 2026-06-30, or -as-of today, or a day for each policy: -as-of 2025-12-31,2026-01-01"}
	}
	first, second, two := strings.Cut(asOf, ",")
	if !two {
		second = first
	}
	oldDay, err := c.day(strings.TrimSpace(first))
	if err != nil {
		return nil, usageError{err.Error()}
	}
	newDay, err := c.day(strings.TrimSpace(second))
	if err != nil {
		return nil, usageError{err.Error()}
	}
	r, f, closeInput, err := c.customers([]string{on}, input)
	if err != nil {
		return nil, err
	}
	defer closeInput()
	comparison, err := portfolio.Compare(portfolio.Side{Policy: old, AsOf: oldDay}, portfolio.Side{Policy: new, AsOf: newDay}, r, f, top, lang)
	var outside *policy.AsOfError
	if errors.As(err, &outside) {
		days := [2]policy.Date{oldDay, newDay}
		if outside.Policy == old.ID() && outside.Version == old.Version() {
			days[0] = nearest(outside)
		} else {
			days[1] = nearest(outside)
		}
		return nil, usageError{fmt.Sprintf("%s\ntally: give a day for each policy: -as-of %s,%s", err, days[0], days[1])}
	}
	return comparison, err
}

// nearest returns the day on which the policy is in force that is nearest to the one asked for.
func nearest(e *policy.AsOfError) policy.Date {
	if e.HasFrom && e.AsOf < e.From {
		return e.From
	}
	return e.Until - 1
}

// writeDiff writes what changed, and what it does to the customers where there are any.
func writeDiff(w io.Writer, format string, d *policy.Difference, customers *portfolio.Comparison) error {
	var text string
	switch format {
	case "json":
		return display.WriteJSON(w, struct {
			*policy.Difference
			On *portfolio.Comparison `json:"customers,omitempty"`
		}{d, customers})
	case "markdown":
		text = d.Markdown()
		if customers != nil {
			text += "\n" + customers.Markdown()
		}
	default:
		text = d.Text()
		if customers != nil {
			text += "\n" + customers.Text()
		}
	}
	_, err := io.WriteString(w, text)
	return err
}
