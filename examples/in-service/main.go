// Command in-service decides as a service does: by the version of the policy that is in force on the day, with a log from which
// every decision can be proved later.
package main

import (
	"bytes"
	"embed"
	"fmt"
	"log"
	"time"

	"github.com/tallystick-go/tallystick/policy"
	"github.com/tallystick-go/tallystick/policy/decisionlog"
)

//go:embed policies
var policies embed.FS // a service has os.DirFS("policies")

func main() {
	store, err := policy.OpenStore(policies)
	if err != nil {
		log.Fatal(err) // every fault of every file, and versions that overlap
	}
	var file bytes.Buffer // a service opens a file: decisionlog.Open("decisions.log", mask)
	decisions := decisionlog.New(&file, decisionlog.Mask(decisionlog.NewKey(), "name"))

	customer := policy.Record{"name": "Aldgate Mining", "purchases": "1200000.00", "late_days": 45}
	for _, day := range []policy.Date{policy.NewDate(2026, time.December, 31), policy.NewDate(2027, time.January, 1)} {
		d, err := store.Decide("trade-credit", customer, policy.AsOf(day))
		if err != nil {
			log.Fatal(err)
		}
		if err := decisions.Append(d); err != nil { // before anybody is told
			log.Fatal(err)
		}
		fmt.Println(day, "version", d.Policy().Version(), d.Outcome(), d.LimitText())
	}

	// A new file is in the folder. When it is not sound, what is in use stays in use.
	if err := store.Reload(); err != nil {
		log.Print(err)
	}

	report, err := decisionlog.Replay(&file, store.Status().Policies, func(f *decisionlog.Finding) { fmt.Println(f) })
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(report.Decisions, "decisions,", report.Same, "of them the same to the last byte")
}
