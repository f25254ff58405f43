package portfolio

import (
	"context"
	"errors"
	"fmt"
	"hash"
	"io"
	"runtime/debug"
	"sync"

	"github.com/tallystick-go/tallystick/policy"
)

// batchSize is how many customers a worker takes at a time: enough that handing them over costs nothing, few enough that a
// core does not wait long for another.
const batchSize = 64

// batch is customers on their way. There are a few of them, which are used again and again, so that memory is bounded.
type batch struct {
	customers policy.Batch
	first     int        // how many customers were taken before
	read      prefix     // of the input, until these were found
	done      chan error // how deciding it went

	out []byte // what the encoder made of them
	sum tally

	decisions []policy.Decision // or, where there is no encoder, the decisions themselves
	bad       []error           // for each of them
}

// run decides a file of customers. Workers take batches under a lock, decide them side by side, and whoever called decide
// gets them in their order.
type run struct {
	options
	policy    *policy.Policy
	asOf      policy.DecideOption
	day       policy.Date
	input     *meter
	customers *policy.Customers
	encoder   encoder // nil: decisions are kept
	sum       tally   // of the batches that have been written

	taking sync.Mutex
	taken  int   // customers
	ended  error // why no more are taken
	order  chan *batch
	free   chan *batch
}

func newRun(p *policy.Policy, day policy.Date, o options) *run {
	return &run{options: o, policy: p, day: day, asOf: policy.AsOf(day), sum: newTally(p)}
}

// open begins to read customers. What is read goes through digest, unless that is nil.
func (r *run) open(in io.Reader, f policy.Format, digest hash.Hash) (err error) {
	if err := r.policy.InForce(r.day); err != nil {
		return err
	}
	r.input = meterOf(in, digest)
	r.customers, err = r.policy.Customers(r.input, f)
	return err
}

// decide decides the customers that remain and calls write with each batch, in their order. The error is that of write, as
// a *writeError, that of ctx, or a *policy.FileError.
func (r *run) decide(ctx context.Context, write func(*batch) error) error {
	batches := 2*r.workers + 1 // one that a worker has and one that waits to be written for each, and one that is being written
	r.order, r.free = make(chan *batch, batches), make(chan *batch, batches)
	for range batches {
		r.free <- &batch{done: make(chan error, 1), sum: newTally(r.policy)}
	}
	progress := newProgress(&r.options, r.sum.Customers, r.input)
	var workers sync.WaitGroup
	defer workers.Wait()
	defer close(r.free)
	defer r.end(io.EOF) // where a Writer panics; else it has ended
	for range r.workers {
		workers.Go(func() { r.work(ctx) })
	}
	var failed error
	for b := range r.order {
		err := <-b.done
		if failed == nil && err == nil {
			if err = write(b); err != nil {
				err = &writeError{err}
			} else {
				r.sum.add(&b.sum)
				progress.tell(&r.sum, b.read.Bytes)
			}
		}
		if failed == nil && err != nil {
			failed = err
			r.end(err)
		}
		r.free <- b
	}
	if failed == nil && !errors.Is(r.ended, io.EOF) {
		failed = r.ended
	}
	if p := (*panicked)(nil); errors.As(failed, &p) {
		panic(p.Error()) // on the goroutine of the caller, who can recover
	}
	progress.end(&r.sum, r.input.n)
	return failed
}

// work decides batches until there are no more.
func (r *run) work(ctx context.Context) {
	var d policy.Decision
	for b := range r.free {
		if !r.take(ctx, b) {
			return
		}
		b.done <- guard(func() error { return r.fill(b, &d) })
	}
}

// take takes the next customers.
func (r *run) take(ctx context.Context, b *batch) bool {
	r.taking.Lock()
	defer r.taking.Unlock()
	if r.ended == nil && ctx.Err() != nil {
		r.stop(context.Cause(ctx))
	}
	if r.ended == nil {
		if err := guard(func() error { return r.customers.Take(&b.customers, batchSize) }); err != nil {
			r.stop(err)
		}
	}
	if r.ended != nil {
		return false
	}
	b.first, b.read = r.taken, r.input.prefix()
	r.taken += b.customers.Len()
	r.order <- b // there is room for all
	return true
}

// end stops the taking of customers because of err.
func (r *run) end(err error) {
	r.taking.Lock()
	defer r.taking.Unlock()
	if r.ended == nil {
		r.stop(err)
	}
}

// stop is end for whoever has the lock.
func (r *run) stop(err error) {
	r.ended = err
	close(r.order)
}

// fill decides the customers of b. The error is one for which nobody can be decided.
func (r *run) fill(b *batch, d *policy.Decision) error {
	b.out = b.out[:0]
	b.sum.reset()
	if r.encoder == nil && b.decisions == nil {
		b.decisions, b.bad = make([]policy.Decision, batchSize), make([]error, batchSize)
	}
	for i := range b.customers.Len() {
		if r.encoder == nil {
			d = &b.decisions[i]
		}
		line, err := r.customers.DecideTaken(d, &b.customers, i, r.asOf)
		switch {
		case err == nil:
			b.sum.decision(d)
		case isBad(err):
			b.sum.bad()
		default:
			return err
		}
		if r.encoder == nil {
			b.bad[i] = err
		} else {
			b.out = r.encoder.customer(b.out, b.first+i, line, d, err)
		}
	}
	return nil
}

// isBad reports whether err is about one record.
func isBad(err error) bool {
	var bad *policy.RecordError
	return errors.As(err, &bad)
}

// panicked is a panic on another goroutine.
type panicked struct {
	value any
	stack []byte
}

func (p *panicked) Error() string { return fmt.Sprintf("%v\n\n%s", p.value, p.stack) }

// guard calls f and makes an error of a panic.
func guard(f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &panicked{p, debug.Stack()}
		}
	}()
	return f()
}
