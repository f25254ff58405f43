package tally

import (
	"os"

	"github.com/tallystick-go/tallystick/policy"
	"github.com/tallystick-go/tallystick/policy/internal/cases"
)

const schemaHelp = `usage: tally schema [-test] [-o FILE]

Writes the JSON Schema (draft 07) of policies, or of test files. With it an editor completes keys, tells what they mean, and
marks errors while one writes. Editors with the YAML language server (VS Code, Neovim and others) look for it in a comment:

  # yaml-language-server: $schema=policy.schema.json

  tally schema -o policy.schema.json
  tally schema -test -o policy_test.schema.json

`

func (c *Command) schema(args []string) error {
	fs := flags("schema", schemaHelp)
	test := fs.Bool("test", false, "the schema of test files, in place of that of policies")
	out := fs.String("o", "", "write to this `file` instead of standard output")
	files, err := c.parse(fs, args)
	if err != nil {
		return err
	}
	if len(files) > 0 {
		return usageError{"a schema is of all policies, so no file can be named: " + files[0]}
	}
	var text []byte
	if *test {
		text, err = cases.Schema()
	} else {
		text, err = policy.Schema(c.Options...)
	}
	if err != nil {
		return err
	}
	if *out != "" {
		return os.WriteFile(*out, text, 0o644)
	}
	_, err = c.Stdout.Write(text)
	return err
}
