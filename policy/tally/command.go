// Package tally is the command `tally` as a library: what it does is a call into the packages policy and portfolio. A
// program with methods or functions of its own makes its own tally with it:
//
//	func main() {
//		c := tally.Command{Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr,
//			Options: []policy.Option{policy.WithMethods(methods)}}
//		os.Exit(c.Main(os.Args[1:]))
//	}
package tally

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"time"

	"github.com/tallystick-go/tallystick/policy"
)

// The exit statuses of Main.
const (
	Done     = 0 // done, and nothing found
	Findings = 1 // a fault in a policy, a failed test, a bad record
	Usage    = 2 // the command was not understood, or a file cannot be read
	Internal = 3 // our own fault
)

// Command is the command with its surroundings.
type Command struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer

	// Options are given to every policy that is loaded.
	Options []policy.Option

	// Today tells the day for -as-of today; time.Now if nil.
	Today func() time.Time
}

// verb is one thing that the command does.
type verb struct {
	name, does string
	run        func(c *Command, args []string) error
}

func verbs() []verb {
	return []verb{
		{"check", "look for faults in policies", (*Command).check},
		{"decide", "decide customers by a policy", (*Command).decide},
		{"replay", "decide again what a log of decisions has, and compare", (*Command).replay},
		{"explain", "explain one decision in figures", (*Command).explain},
		{"test", "run the cases of policies", (*Command).test},
		{"diff", "tell what changed between two policies", (*Command).diff},
		{"doc", "write a policy as a document to sign", (*Command).doc},
		{"fmt", "write policies and test files in their canonical layout", (*Command).fmt},
		{"schema", "describe the format of policies to an editor", (*Command).schema},
	}
}

const usage = `tally decides customers by a credit policy.

usage: tally VERB [flags] FILE...

%s
tally VERB -h tells more of a verb.
exit status: 0 done and nothing found, 1 findings (a fault, a failed test, a bad record), 2 usage, 3 our own fault
`

// errFindings says that the output tells what was found.
var errFindings = errors.New("findings")

// usageError is a command that was not understood. The message has been printed where it is empty.
type usageError struct{ message string }

func (e usageError) Error() string { return e.message }

// Main carries out the command with its arguments and returns the exit status. Results go to Stdout, all else to Stderr.
func (c *Command) Main(args []string) (status int) {
	defer func() {
		if p := recover(); p != nil {
			fmt.Fprintf(c.Stderr, "tally: this is our own fault, please report it: %v\n", p)
			status = Internal
		}
	}()
	err := c.main(args)
	var u usageError
	var ds policy.Diagnostics
	var broken *policy.FileError
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
		return Done
	case errors.Is(err, errFindings):
		return Findings
	case errors.As(err, &u):
		if u.message != "" {
			fmt.Fprintf(c.Stderr, "tally: %s\n", u.message)
		}
		return Usage
	case errors.As(err, &ds):
		fmt.Fprint(c.Stderr, ds.Text())
		return Findings
	}
	fmt.Fprintf(c.Stderr, "tally: %s\n", err)
	if errors.As(err, &broken) {
		var field *policy.InputError
		if errors.As(err, &field) && field.Code == "unknown" {
			fmt.Fprintln(c.Stderr, "tally: add -extra to ignore what the policy does not know")
		}
		return Findings
	}
	return Usage
}

func (c *Command) main(args []string) error {
	list := ""
	for _, v := range verbs() {
		list += fmt.Sprintf("  %-8s %s\n", v.name, v.does)
	}
	if len(args) == 0 {
		fmt.Fprintf(c.Stderr, usage, list)
		return usageError{}
	}
	switch args[0] {
	case "help", "-h", "-help", "--help":
		fmt.Fprintf(c.Stdout, usage, list)
		return nil
	}
	for _, v := range verbs() {
		if v.name == args[0] {
			return v.run(c, args[1:])
		}
	}
	fmt.Fprintf(c.Stderr, usage, list)
	return usageError{fmt.Sprintf("there is no verb %q", args[0])}
}

// parse reads flags that may stand before, between and after the files.
func (c *Command) parse(fs *flag.FlagSet, args []string) (files []string, err error) {
	fs.SetOutput(c.Stderr)
	for _, a := range args {
		if a == "-h" || a == "-help" || a == "--help" {
			fs.SetOutput(c.Stdout)
		}
	}
	for {
		if err := fs.Parse(args); err != nil {
			if errors.Is(err, flag.ErrHelp) {
				return nil, err
			}
			return nil, usageError{} // the flag package has said what is wrong
		}
		args = fs.Args()
		if len(args) == 0 {
			return files, nil
		}
		files, args = append(files, args[0]), args[1:]
	}
}

// flags returns the flag set of a verb, whose help begins with text.
func flags(name, text string) *flag.FlagSet {
	fs := flag.NewFlagSet("tally "+name, flag.ContinueOnError)
	fs.Usage = func() {
		fmt.Fprint(fs.Output(), text)
		fs.PrintDefaults()
	}
	return fs
}
