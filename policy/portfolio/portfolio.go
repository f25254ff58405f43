// Package portfolio decides many customers: it reads them from a file, decides them on all cores, writes a line for each in
// the order of the file and sums up what came out ([Decide]); or it decides each by two policies and tells what the new one
// changes ([Compare]).
//
//	w, _ := portfolio.NewWriter(os.Stdout, portfolio.NDJSON, p)
//	summary, err := portfolio.Decide(ctx, p, day, file, policy.CSV, w)
//	fmt.Println(summary.Customers, summary.Limit)
//
// Memory does not grow with the number of customers, and the same customers give the same bytes whatever the number of workers.
// [DecideFile] writes into a file so that a run that was interrupted, by a power cut for example, goes on where it stopped.
package portfolio

import (
	"context"
	"errors"
	"io"
	"runtime"
	"time"

	"github.com/tallystick-go/tallystick/policy"
)

// Option says how a portfolio is decided.
type Option func(*options)

type options struct {
	workers    int
	every      time.Duration
	onProgress func(Progress)
	checkpoint time.Duration // how often DecideFile keeps how far it is
}

// Workers decides n customers at a time. Unsaid, or below 1, there are as many workers as the program may use cores; more
// than 256 are as good as 256.
func Workers(n int) Option { return func(o *options) { o.workers = n } }

// OnProgress calls f every so often while customers are decided, and once at the end. f is called by the goroutine that
// called Decide, which waits for it.
func OnProgress(every time.Duration, f func(Progress)) Option {
	return func(o *options) { o.every, o.onProgress = every, f }
}

func optionsOf(opts []Option) options {
	o := options{checkpoint: time.Second}
	for _, set := range opts {
		set(&o)
	}
	if o.workers < 1 {
		o.workers = runtime.GOMAXPROCS(0)
	}
	o.workers = min(o.workers, maxWorkers)
	return o
}

const maxWorkers = 256

// Decide decides the customers in r as of day, and writes each to w in their order. A bad record is written as such and
// counted in the summary; the rest is decided.
//
// The error is a *policy.AsOfError where the policy is not in force on day; that of ctx, once it is done; or that of reading
// or writing. What had been decided until then is written all the same, and the summary covers it, save for the last few
// customers before an error of w. A Read of r that is under way is waited for.
func Decide(ctx context.Context, p *policy.Policy, day policy.Date, r io.Reader, f policy.Format, w Writer, opts ...Option) (*Summary, error) {
	run := newRun(p, day, optionsOf(opts))
	text, ok := w.(*textWriter)
	if ok {
		run.encoder, run.taken = text.encoder, text.n
	}
	err := run.open(r, f, nil)
	if err != nil {
		return run.sum.summary(p), err
	}
	err = run.decide(ctx, func(b *batch) error { return run.write(b, w) })
	s := run.sum.summary(p)
	var failed *writeError
	switch {
	case err == nil:
		err = w.Close(s)
	case !errors.As(err, &failed):
		_ = w.Close(s) // the reason to stop is the one to be told
	default:
		err = failed.error
	}
	return s, err
}

// writeError is an error of the Writer: nothing more can be written.
type writeError struct{ error }

func (e *writeError) Unwrap() error { return e.error }

// write writes the customers of a batch one after the other.
func (r *run) write(b *batch, w Writer) error {
	if out, ok := w.(*textWriter); ok {
		return out.add(b.out, b.customers.Len())
	}
	for i := range b.customers.Len() {
		var err error
		if bad := b.bad[i]; bad != nil {
			err = w.Bad(b.customers.Line(i), bad)
		} else {
			err = w.Decision(b.customers.Line(i), &b.decisions[i])
		}
		if err != nil {
			return err
		}
	}
	return nil
}
