package tally

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/tallystick-go/tallystick/policy"
	"github.com/tallystick-go/tallystick/policy/decisionlog"
	"github.com/tallystick-go/tallystick/policy/portfolio"
)

// logging is what decide is told of a log.
type logging struct{ file, mask, key *string }

func logFlags(fs *flag.FlagSet) logging {
	return logging{
		fs.String("log", "", "the `file` of a log, to which every decision is appended before it is written; see tally replay"),
		fs.String("mask", "", "with -log, the `inputs` whose values are kept out of the log, with commas between; the policy must not read them"),
		fs.String("mask-key", "", "with -mask, the `file` of the key that seals what is masked; it is made if it is not there"),
	}
}

// loggedWriter logs each decision before it is written.
type loggedWriter struct {
	portfolio.Writer
	log *decisionlog.Log
}

func (w *loggedWriter) Decision(line int, d *policy.Decision) error {
	if err := w.log.Append(d); err != nil {
		return err
	}
	return w.Writer.Decision(line, d)
}

// logged returns w with the log, where there is one.
func logged(w portfolio.Writer, log *decisionlog.Log) portfolio.Writer {
	if log == nil {
		return w
	}
	return &loggedWriter{w, log}
}

// closeLog closes the log, where there is one, and returns the first error.
func closeLog(log *decisionlog.Log, err error) error {
	if log == nil {
		return err
	}
	if closed := log.Close(); err == nil {
		err = closed
	}
	return err
}

// openLog opens the log, nil where none is asked for.
func (c *Command) openLog(o logging, p *policy.Policy) (*decisionlog.Log, error) {
	name, masked, keyFile := *o.file, *o.mask, *o.key
	var options []decisionlog.Option
	switch {
	case name == "" && (masked != "" || keyFile != ""):
		return nil, usageError{"-mask and -mask-key are for the log: add -log FILE"}
	case name == "":
		return nil, nil
	case masked != "" && keyFile == "":
		return nil, usageError{"what is masked is sealed with a key: add -mask-key FILE, which is made if it is not there"}
	case masked == "" && keyFile != "":
		return nil, usageError{"what is the key for? add -mask with the names of inputs"}
	case masked != "":
		inputs := strings.FieldsFunc(masked, func(r rune) bool { return r == ',' || r == '，' || r == ' ' })
		if _, err := p.Withhold(inputs...); err != nil {
			return nil, usageError{err.Error()}
		}
		key, err := c.makeKey(keyFile)
		if err != nil {
			return nil, err
		}
		options = append(options, decisionlog.Mask(key, inputs...))
	}
	log, err := decisionlog.Open(name, options...)
	if err == nil && log.Mended() > 0 {
		fmt.Fprintf(c.Stderr, "tally: %s ended in a line that a crash tore; %s of it were cut off\n", name, plural(int(log.Mended()), "byte"))
	}
	return log, err
}

// makeKey reads the key in the file name, which it makes where there is none.
func (c *Command) makeKey(name string) (decisionlog.Key, error) {
	key, err := readKey(name)
	if !errors.Is(err, os.ErrNotExist) {
		return key, err
	}
	key = decisionlog.NewKey()
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return key, err
	}
	_, err = io.WriteString(f, key.Text()+"\n")
	if err := errors.Join(err, f.Close()); err != nil {
		return key, err
	}
	fmt.Fprintf(c.Stderr, "tally: made the key %s: keep it, and apart from the log\n", name)
	return key, nil
}
