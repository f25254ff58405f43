package tally

import (
	"fmt"
	"io"
	"os"

	"github.com/tallystick-go/tallystick/policy"
)

const docHelp = `usage: tally doc [-lang zh|en] [-format markdown] [-o FILE] POLICY.yaml

Writes a policy as a document that a committee can read and sign: the data, every criterion, indicator, grade, limit step and
approver with their figures, in words and tables. Nothing of the policy is left out but its comments.

  tally doc policy.yaml
  tally doc -lang en -o POLICY.md policy.yaml

`

func (c *Command) doc(args []string) error {
	fs := flags("doc", docHelp)
	lang := fs.String("lang", "", "the `language`, zh or en; that of the policy if unsaid")
	format := fs.String("format", "markdown", "how it is written: `markdown`")
	out := fs.String("o", "", "write to this `file` instead of standard output")
	files, err := c.parse(fs, args)
	if err != nil {
		return err
	}
	switch {
	case len(files) != 1:
		return usageError{"which policy? tally doc POLICY.yaml, one at a time"}
	case *lang != "" && *lang != "zh" && *lang != "en":
		return usageError{fmt.Sprintf("there is no language %q: use zh or en", *lang)}
	case *format != "markdown":
		return usageError{fmt.Sprintf("there is no format %q: use markdown", *format)}
	}
	p, err := policy.LoadFile(files[0], c.Options...)
	if err != nil {
		return err
	}
	text := p.Document(*lang)
	if *out != "" {
		return os.WriteFile(*out, []byte(text), 0o644)
	}
	_, err = io.WriteString(c.Stdout, text)
	return err
}
