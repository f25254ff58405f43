// Command custom-method decides customers by methods of its own: an indicator method, a combiner, and a model that takes the
// place of the scorecard. What they do is Go; what they are used for stays in the policies.
package main

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/tallystick-go/tallystick/policy"
	"github.com/tallystick-go/tallystick/scoring"
)

//go:embed policy.yaml model.yaml customers.csv
var files embed.FS

func main() {
	for _, name := range []string{"policy.yaml", "model.yaml"} {
		if err := decide(os.Stdout, name); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

// options make what is registered known to policies. They can be used for any number of policies.
func options() ([]policy.Option, error) {
	methods, combiners := scoring.Methods(), scoring.Combiners()
	err := errors.Join(
		methods.Register("steps", func() scoring.Method { return new(Steps) }),
		methods.Register("stress", func() scoring.Method { return new(Stress) }),
		combiners.Register("median", func() scoring.Combiner { return new(Median) }),
	)
	// One list of customers serves both policies, and neither reads all of its columns.
	return []policy.Option{policy.WithMethods(methods), policy.WithCombiners(combiners), policy.AllowUnknownFields()}, err
}

// load loads a policy that may name our methods.
func load(name string) (*policy.Policy, error) {
	opts, err := options()
	if err != nil {
		return nil, err
	}
	return policy.Load(files, name, opts...)
}

// decide prints what the policy says of every customer.
func decide(w io.Writer, name string) error {
	p, err := load(name)
	if err != nil {
		return err
	}
	list, err := files.ReadFile("customers.csv")
	if err != nil {
		return err
	}
	customers, err := p.Customers(bytes.NewReader(list), policy.CSV)
	if err != nil {
		return err
	}
	fmt.Fprintln(w, p.Title("en"))
	var d policy.Decision
	for {
		line, err := customers.Decide(&d, policy.AsOf(policy.NewDate(2026, time.June, 30)))
		var bad *policy.RecordError
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case errors.As(err, &bad):
			fmt.Fprintf(w, "line %d: %s\n", line, bad)
		case err != nil:
			return err
		default:
			fmt.Fprintln(w, strings.TrimRight(summary(&d), " "))
		}
	}
}

// summary returns a decision in a line.
func summary(d *policy.Decision) string {
	var why []string
	for _, r := range d.Reasons() {
		why = append(why, r.Text)
	}
	return fmt.Sprintf("%-12s %-8s %6s %-1s %9s  %s", d.Customer(), d.Outcome(), d.ScoreText(), d.Grade(), d.LimitText(), strings.Join(why, "; "))
}
