package tally

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/tallystick-go/tallystick/policy"
	"github.com/tallystick-go/tallystick/policy/internal/yamldoc"
)

const fmtHelp = `usage: tally fmt [-l] [-d] [-w] FILE...

Writes policies and test files in their canonical layout: sections in the order in which a customer passes through them,
indented by 2, rows in columns where one of them was, no comment lost. What a file says, and its meaning digest, stay the
same; numbers are left as they are written. Without a flag, the text is printed; - is standard input.

  tally fmt policy.yaml
  tally fmt -w policies/*.yaml
  tally fmt -l policies/*.yaml        fails where a file is not in that layout

A file with faults of notation is left alone, and they are told. Lines end in LF afterwards, also where they ended in CR LF.
exit status: 0 done, 1 -l or -d found a difference that -w did not mend, or a file has faults, 2 usage

`

func (c *Command) fmt(args []string) error {
	fs := flags("fmt", fmtHelp)
	list := fs.Bool("l", false, "list the files that differ")
	diff := fs.Bool("d", false, "show what differs")
	write := fs.Bool("w", false, "write the files that differ")
	files, err := c.parse(fs, args)
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return usageError{"which files? tally fmt FILE..."}
	}
	f := formatter{Command: c, list: *list, diff: *diff, write: *write}
	for _, name := range files {
		if err := f.file(name); err != nil {
			return err
		}
	}
	if f.found {
		return errFindings
	}
	return nil
}

// formatter lays out files, one after the other, and remembers whether something was found.
type formatter struct {
	*Command
	list, diff, write bool
	found             bool
}

func (f *formatter) file(name string) error {
	if name == "-" && f.write {
		return usageError{"standard input cannot be written: leave out -w"}
	}
	src, err := f.read(name)
	if err != nil {
		return err
	}
	out, err := policy.Layout(src)
	var faults policy.Diagnostics
	if errors.As(err, &faults) {
		f.found = true
		for _, d := range faults {
			d.File = name
		}
		fmt.Fprint(f.Stderr, faults.Text())
		return nil
	}
	if err != nil {
		panic(fmt.Errorf("%s: %w", name, err)) // our own fault
	}
	if !f.list && !f.diff && !f.write {
		_, err := f.Stdout.Write(out)
		return err
	}
	if bytes.Equal(src, out) {
		return nil
	}
	f.found = f.found || !f.write
	if f.list {
		fmt.Fprintln(f.Stdout, name)
	}
	if f.diff {
		fmt.Fprint(f.Stdout, unified(name, string(src), string(out)))
	}
	if f.write {
		if bytes.Contains(src, []byte("\r\n")) {
			fmt.Fprintf(f.Stderr, "tally: %s: lines ended in CR LF, and now end in LF\n", name)
		}
		return replace(name, out)
	}
	return nil
}

func (f *formatter) read(name string) ([]byte, error) {
	if name == "-" {
		return yamldoc.Read(f.Stdin)
	}
	return yamldoc.ReadFile(os.Open(name))
}

// replace writes data in the place of what the file name holds, all of it or nothing, and leaves its permissions as they are.
func replace(name string, data []byte) (err error) {
	if name, err = filepath.EvalSymlinks(name); err != nil {
		return err
	}
	info, err := os.Stat(name)
	if err != nil {
		return err
	}
	tmp, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(tmp.Name())
		}
	}()
	_, err = tmp.Write(data)
	if err == nil {
		err = tmp.Chmod(info.Mode().Perm())
	}
	if err == nil {
		err = tmp.Sync()
	}
	if closeErr := tmp.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = os.Rename(tmp.Name(), name)
	}
	return err
}
