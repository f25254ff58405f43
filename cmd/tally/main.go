// Command tally decides customers by a credit policy, and looks after policies. See the package policy/tally.
package main

import (
	"os"

	"github.com/tallystick-go/tallystick/policy/tally"
)

func main() {
	c := tally.Command{Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr}
	os.Exit(c.Main(os.Args[1:]))
}
