// Package examples_test holds the documents to what they show: every named block of a README is a file of an example, and
// every command prints what stands under it.
package examples_test

import (
	"bytes"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy/tally"
)

var update = flag.Bool("update", false, "write what files hold and commands print into the documents")

// documents are the documents and the folder that their blocks and commands are about.
var documents = map[string]string{
	"../README.md":    "quickstart",
	"../README.zh.md": "customer-management",
}

func TestDocumentsShowWhatIs(t *testing.T) {
	for name, folder := range documents {
		t.Run(filepath.Base(name), func(t *testing.T) {
			src, err := os.ReadFile(name)
			require.NoError(t, err)
			path, err := filepath.Abs(name)
			require.NoError(t, err)
			t.Chdir(folder)
			want := rewrite(t, string(src))
			if *update {
				require.NoError(t, os.WriteFile(path, []byte(want), 0o644))
				return
			}
			require.Equal(t, want, string(src), "run go test ./examples -update and look at the difference")
		})
	}
}

// rewrite returns the document with every block as it should be.
func rewrite(t *testing.T, document string) string {
	const fence = "```"
	var out strings.Builder
	shown := 0
	for document != "" {
		before, rest, found := strings.Cut(document, fence)
		out.WriteString(before)
		if !found {
			break
		}
		info, rest, _ := strings.Cut(rest, "\n")
		body, after, found := strings.Cut(rest, fence)
		require.True(t, found, "a block without an end: %s", info)
		language, file, named := strings.Cut(info, " ")
		switch {
		case named:
			src, err := os.ReadFile(file)
			require.NoError(t, err)
			body = string(src)
			shown++
		case language == "console":
			body = run(t, body)
			shown++
		}
		out.WriteString(fence + info + "\n" + body + fence)
		document = after
	}
	require.NotZero(t, shown, "the document shows nothing")
	return out.String()
}

// run returns the commands of a block, each with what it prints.
func run(t *testing.T, block string) string {
	var out strings.Builder
	for line := range strings.Lines(block) {
		command, ok := strings.CutPrefix(strings.TrimSuffix(line, "\n"), "$ ")
		if !ok {
			continue
		}
		out.WriteString("$ " + command + "\n")
		words := strings.Fields(command)
		var b bytes.Buffer
		if words[0] == "tally" {
			c := tally.Command{Stdin: strings.NewReader(""), Stdout: &b, Stderr: &b}
			c.Main(words[1:])
		} else {
			c := exec.Command(words[0], words[1:]...)
			c.Stdout, c.Stderr = &b, &b
			require.NoError(t, c.Run(), b.String())
		}
		out.WriteString(b.String())
	}
	return out.String()
}
