package tally

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/tallystick-go/tallystick/policy/portfolio"
)

// progress shows on standard error how far decide is, where that is a terminal and results do not go there too.
func (c *Command) progress(toFile bool) []portfolio.Option {
	if !isTerminal(c.Stderr) || !toFile && isTerminal(c.Stdout) {
		return nil
	}
	return []portfolio.Option{portfolio.OnProgress(time.Second/2, progressTo(c.Stderr))}
}

// progressTo writes each progress over the one before. What is done before there was any needs none.
func progressTo(w io.Writer) func(portfolio.Progress) {
	const clearLine = "\r\x1b[K"
	shown := false
	return func(p portfolio.Progress) {
		switch {
		case !p.Done:
			fmt.Fprintf(w, "%s%s", clearLine, p)
			shown = true
		case shown:
			fmt.Fprintf(w, "%s%s\n", clearLine, p)
		}
	}
}

// isTerminal reports whether w is a terminal, or another device that takes character by character.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
