package tally

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/tallystick-go/tallystick/policy"
	"github.com/tallystick-go/tallystick/policy/decisionlog"
)

const replayHelp = `usage: tally replay -policy POLICY.yaml|FOLDER [flags] LOG...

Decides again all that a log of tally decide -log has, and tells what is not the same to the last byte: lines that were altered,
taken out or torn, policies that are missing or are not the files that decided, decisions that come out differently.

  tally replay -policy policies decisions.log
  tally replay -policy policy-2024.yaml -policy policy-2025.yaml 2024.log 2025.log

It prints the hash of the last line of each log. Keep it somewhere else: as long as a log has a line with that hash, and is found
to be the same, nothing was cut off its end, or written anew, up to that line.

With -claim it finds the decisions in which an input that was masked has a value, and prints the salt that proves it: the
commitment in the line is the SHA-256 of the 32 bytes of the salt and of the value.

  tally replay -mask-key decisions.key -claim name=Ada decisions.log

exit status: 0 all is the same, or a claim holds; 1 it is not; 2 usage

`

func (c *Command) replay(args []string) error {
	fs := flags("replay", replayHelp)
	var from []string
	fs.Func("policy", "the `file` of a policy that decided, or a folder of policies; say it again for more", func(s string) error {
		from = append(from, s)
		return nil
	})
	keyFile := fs.String("mask-key", "", "with -claim, the `file` of the key that the log was masked with")
	claim := fs.String("claim", "", "find the decisions in which a masked input has a value: `input=value`")
	files, err := c.parse(fs, args)
	if err != nil {
		return err
	}
	switch {
	case len(files) == 0:
		return usageError{"which log? tally replay -policy POLICY.yaml LOG"}
	case *claim != "":
		return c.claim(files, *keyFile, *claim)
	case len(from) == 0:
		return usageError{"by which policies was it decided? add -policy POLICY.yaml, or a folder"}
	case *keyFile != "":
		return usageError{"-mask-key is for -claim: a log is replayed without it"}
	}
	policies, err := loadAll(from, c.Options)
	if err != nil {
		return err
	}
	bad := false
	for _, name := range files {
		same, err := c.replayOne(name, policies)
		if err != nil {
			return err
		}
		bad = bad || !same
	}
	if bad {
		return errFindings
	}
	return nil
}

// replayOne replays one log and reports whether nothing was found.
func (c *Command) replayOne(name string, policies []*policy.Policy) (same bool, err error) {
	f, err := os.Open(name)
	if err != nil {
		return false, err
	}
	defer f.Close()
	out := bufio.NewWriter(c.Stdout)
	same = true
	report, err := decisionlog.Replay(f, policies, func(x *decisionlog.Finding) {
		same = false
		fmt.Fprintf(out, "%s:%d: %s [%s]\n", name, x.Line, x.Message, x.Kind)
	})
	if err != nil {
		return false, err
	}
	if report.Decisions == 0 {
		fmt.Fprintf(out, "%s: there is no decision in it\n", name)
	} else {
		fmt.Fprintf(out, "%s: %s, %d of them the same; the last line is %s\n", name, plural(report.Decisions, "decision"), report.Same, report.Head)
	}
	return same, out.Flush()
}

// loadAll loads the policies in files and folders; the faults of all are told at once.
func loadAll(from []string, options []policy.Option) ([]*policy.Policy, error) {
	var all []*policy.Policy
	var faults policy.Diagnostics
	for _, name := range from {
		info, err := os.Stat(name)
		if err != nil {
			return nil, err
		}
		var loaded []*policy.Policy
		if info.IsDir() {
			loaded, err = policy.LoadFolder(os.DirFS(name), options...)
		} else {
			var p *policy.Policy
			p, err = policy.LoadFile(name, options...)
			loaded = []*policy.Policy{p}
		}
		var some policy.Diagnostics
		switch {
		case errors.As(err, &some):
			for _, d := range some {
				if info.IsDir() {
					d.File = filepath.Join(name, d.File)
				}
			}
			faults = append(faults, some...)
		case err != nil:
			return nil, err
		}
		all = append(all, loaded...)
	}
	if len(faults) > 0 {
		return nil, faults
	}
	return all, nil
}

// claim prints where an input that was masked has a value.
func (c *Command) claim(files []string, keyFile, claim string) error {
	input, value, ok := strings.Cut(claim, "=")
	switch {
	case !ok:
		return usageError{"-claim wants the input and its value: -claim name=Ada"}
	case keyFile == "":
		return usageError{"a claim needs the key that the log was masked with: add -mask-key FILE"}
	}
	key, err := readKey(keyFile)
	if err != nil {
		return err
	}
	found := 0
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		err = decisionlog.Claim(f, key, input, value, func(line int, salt string) {
			found++
			fmt.Fprintf(c.Stdout, "%s:%d: %s is %s; the salt is %s\n", name, line, input, value, salt)
		})
		f.Close()
		if err != nil {
			return err
		}
	}
	if found == 0 {
		fmt.Fprintf(c.Stderr, "tally: in no decision %s is masked and was %s\n", input, value)
		return errFindings
	}
	return nil
}

func readKey(name string) (decisionlog.Key, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return decisionlog.Key{}, err
	}
	key, err := decisionlog.ParseKey(string(text))
	if err != nil {
		return key, fmt.Errorf("%s: %w", name, err)
	}
	return key, nil
}
