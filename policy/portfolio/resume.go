package portfolio

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/tallystick-go/tallystick/policy"
)

// ResumeSuffix is what the name of an output ends in, beside it, while a run of DecideFile is under way: there it keeps how
// far it is.
const ResumeSuffix = ".resume"

// DecideFile decides the customers of the file input, in format f, as of day, into the file output, in format out, so that
// a run that does not come to its end can be continued: by the same call, whatever stopped it, a full disk, a power cut or
// kill -9. Once it is done, the output is, byte by byte, that of a run that nothing stopped. Where there is nothing to
// continue, it begins, and overwrites output.
//
// Every second or so, what is written is brought to the disk, and then how far that is, into a file beside output that has
// ResumeSuffix. A run that finds this file cuts output to what it says, passes over as many customers, and goes on. At the
// end it is removed.
//
// The error is a *ResumeError where the file is of a run under other terms: another policy, engine, day or format, other
// customers. That methods and functions of one's own are the same cannot be seen, and is up to the caller. Besides, errors
// are as those of Decide. A file of customers that is broken is no reason to try again: what precedes the broken place is
// decided, and the run has ended. After any other error the run can be continued.
//
// Two runs must not write the same output at the same time. A table cannot be continued. The summary, and what is told by
// OnProgress, cover the customers of all runs.
func DecideFile(ctx context.Context, p *policy.Policy, day policy.Date, input string, f policy.Format, output string, out Format, opts ...Option) (*Summary, error) {
	j := &journal{run: newRun(p, day, optionsOf(opts)), name: output + ResumeSuffix}
	err := j.decide(ctx, input, f, output, out)
	return j.run.sum.summary(p), err
}

// ResumeError says why a run cannot be continued.
type ResumeError struct {
	File   string // that keeps how far the run was
	Reason string
}

// Error tells what to do, too.
func (e *ResumeError) Error() string {
	return fmt.Sprintf("the run cannot be continued: %s; delete %s to begin anew", e.Reason, e.File)
}

// terms are what must be the same for a run to be continued.
type terms struct {
	Policy  string `json:"policy"`
	Version string `json:"version"`
	Digest  string `json:"digest"`
	Unknown bool   `json:"unknown_fields"`
	Engine  int    `json:"engine"`
	AsOf    string `json:"as_of"`
	Input   string `json:"input"`
	Output  string `json:"output"`
	Size    int64  `json:"input_bytes"`
}

// differ returns what differs in u, the terms of now; "" where nothing does.
func (t *terms) differ(u *terms) string {
	was := func(what string, then, now any) string { return fmt.Sprintf("%s was %v and is %v", what, then, now) }
	switch {
	case t.Policy != u.Policy:
		return was("the policy", t.Policy, u.Policy)
	case t.Version != u.Version:
		return was("the version of the policy", t.Version, u.Version)
	case t.Digest != u.Digest:
		return was("the policy has changed: its digest", t.Digest, u.Digest)
	case t.Unknown != u.Unknown:
		return was("whether fields that the policy does not know are allowed", t.Unknown, u.Unknown)
	case t.Engine != u.Engine:
		return was("the version of the engine", t.Engine, u.Engine)
	case t.AsOf != u.AsOf:
		return was("the day of the decisions", t.AsOf, u.AsOf)
	case t.Input != u.Input:
		return was("the format of the customers", t.Input, u.Input)
	case t.Output != u.Output:
		return was("the format of the decisions", t.Output, u.Output)
	case t.Size != u.Size:
		return was("the file of customers has changed: its size in bytes", t.Size, u.Size)
	}
	return ""
}

// checkpoint is how far a run is: what the file beside the output holds.
type checkpoint struct {
	Format int    `json:"resume"` // of this file: checkpointFormat
	Terms  terms  `json:"terms"`
	Read   prefix `json:"read"`    // of the input; it holds the customers that are done, and perhaps more
	Wrote  prefix `json:"written"` // of the output
	Sum    tally  `json:"sum"`     // of the customers that are done
}

const checkpointFormat = 1

// journal is a run that can be continued.
type journal struct {
	run    *run
	name   string // of the file beside the output
	now    checkpoint
	out    *os.File
	digest hash.Hash // of what is in out
	kept   time.Time // when the last checkpoint was made
}

func (j *journal) decide(ctx context.Context, input string, f policy.Format, output string, out Format) (err error) {
	r := j.run
	if r.encoder, err = newEncoder(out, r.policy); err != nil {
		return err
	}
	in, err := os.Open(input)
	if err != nil {
		return err
	}
	defer in.Close()
	j.now = checkpoint{Format: checkpointFormat, Terms: terms{
		Policy: r.policy.ID(), Version: r.policy.Version(), Digest: r.policy.Digest(), Unknown: r.policy.AllowsUnknownFields(),
		Engine: policy.Engine, AsOf: r.day.String(), Input: f.String(), Output: string(out),
	}}
	if j.now.Terms.Size, err = sizeOf(in); err != nil {
		return err
	}
	last, err := j.last()
	if err != nil {
		return err
	}
	if last != nil {
		if err := j.check(last, in); err != nil {
			return err
		}
	}
	if err := r.open(in, f, sha256.New()); err != nil {
		return err
	}
	if last == nil {
		err = j.begin(output, in)
	} else {
		err = j.goOn(last, output)
	}
	if err != nil {
		return err
	}
	defer func() {
		if closed := j.out.Close(); err == nil {
			err = closed
		}
	}()
	j.kept = time.Now()
	return j.finish(r.decide(ctx, j.write))
}

// last returns the checkpoint of a run that did not come to its end, nil where there is none.
func (j *journal) last() (*checkpoint, error) {
	text, err := os.ReadFile(j.name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var c checkpoint
	if err := json.Unmarshal(text, &c); err != nil || c.Format == 0 {
		return nil, j.refuse("%s is not the file of a run", j.name)
	}
	if c.Format != checkpointFormat {
		return nil, j.refuse("%s was written by another version of the program", j.name)
	}
	if differs := c.Terms.differ(&j.now.Terms); differs != "" {
		return nil, j.refuse("%s", differs)
	}
	if !c.Sum.fits(&j.run.sum) {
		return nil, j.refuse("%s is damaged", j.name)
	}
	return &c, nil
}

func (j *journal) refuse(format string, args ...any) error {
	return &ResumeError{j.name, fmt.Sprintf(format, args...)}
}

// check makes sure that what was read of the customers is still the same.
func (j *journal) check(last *checkpoint, in *os.File) error {
	same, err := last.Read.begins(in, sha256.New())
	if err != nil {
		return err
	}
	if !same {
		return j.refuse("the file of customers has changed, before where the run stopped")
	}
	_, err = in.Seek(0, io.SeekStart)
	return err
}

// begin creates the output, unless that would destroy the file of customers.
func (j *journal) begin(output string, in *os.File) error {
	reading, err := in.Stat()
	if err != nil {
		return err
	}
	if there, err := os.Stat(output); err == nil && os.SameFile(reading, there) {
		return fmt.Errorf("%s is the file of customers: write into another", output)
	}
	j.digest = sha256.New()
	j.out, err = os.Create(output)
	return err
}

// goOn opens the output where the last checkpoint was made, and passes over the customers that are done.
func (j *journal) goOn(last *checkpoint, output string) (err error) {
	j.out, err = os.OpenFile(output, os.O_RDWR, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return j.refuse("%s is no longer there", output)
	}
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			j.out.Close()
		}
	}()
	j.digest = sha256.New()
	same, err := last.Wrote.begins(j.out, j.digest)
	if err != nil {
		return err
	}
	if !same {
		return j.refuse("%s is no longer what the run wrote", output)
	}
	if err := j.out.Truncate(last.Wrote.Bytes); err != nil { // which is where reading has come to, and writing goes on
		return err
	}
	r := j.run
	r.sum, j.now = last.Sum, *last
	var b policy.Batch
	for done := r.sum.Customers; r.taken < done; r.taken += b.Len() {
		if err := r.customers.Take(&b, min(batchSize, done-r.taken)); err != nil {
			return j.refuse("%s has fewer customers than were decided", j.name)
		}
	}
	return nil
}

// write writes a batch, after a checkpoint of those before it where it is time.
func (j *journal) write(b *batch) error {
	if now := time.Now(); now.Sub(j.kept) >= j.run.checkpoint {
		if err := j.keep(); err != nil {
			return err
		}
		j.kept = now
	}
	if err := j.append(b.out); err != nil {
		return err
	}
	j.now.Read = b.read
	return nil
}

func (j *journal) append(text []byte) error {
	_, err := j.out.Write(text)
	j.digest.Write(text)
	j.now.Wrote.Bytes += int64(len(text))
	return err
}

// keep makes a checkpoint: the output is on the disk before anything says so.
func (j *journal) keep() error {
	if j.run.sum.Customers == 0 {
		return nil // to begin anew is as good
	}
	if err := j.out.Sync(); err != nil {
		return err
	}
	j.now.Sum = j.run.sum
	j.now.Wrote.SHA256 = hex.EncodeToString(j.digest.Sum(nil))
	text, err := json.Marshal(&j.now)
	if err != nil {
		return err
	}
	next, err := os.Create(j.name + newSuffix)
	if err != nil {
		return err
	}
	_, err = next.Write(append(text, '\n'))
	if err == nil {
		err = next.Sync()
	}
	if err = errors.Join(err, next.Close()); err != nil {
		return err
	}
	if err := os.Rename(j.name+newSuffix, j.name); err != nil {
		return err
	}
	syncFolder(j.name)
	return nil
}

// newSuffix is for the file of a checkpoint until it is complete.
const newSuffix = ".new"

// syncFolder brings to the disk which files there are beside name. Where the system cannot do that, it needs not be done.
func syncFolder(name string) {
	if folder, err := os.Open(filepath.Dir(name)); err == nil {
		_ = folder.Sync()
		_ = folder.Close()
	}
}

// finish ends the run, which stopped with err, or leaves it to be continued.
func (j *journal) finish(err error) error {
	var unwritten *writeError
	var content *policy.InputError
	switch {
	case errors.As(err, &unwritten):
		return unwritten.error // the last checkpoint holds
	case err != nil && !errors.As(err, &content):
		if kept := j.keep(); kept != nil {
			err = errors.Join(err, kept)
		}
		return err
	}
	// Nothing more can be read: this is the end.
	r := j.run
	ended := j.append(r.encoder.end(nil, r.sum.Customers))
	if ended == nil {
		ended = j.out.Sync()
	}
	if ended != nil {
		return ended
	}
	for _, name := range []string{j.name + newSuffix, j.name} {
		if e := os.Remove(name); e != nil && !errors.Is(e, fs.ErrNotExist) {
			return e
		}
	}
	syncFolder(j.name)
	return err
}

// sizeOf returns the size of a file that can be read again.
func sizeOf(f *os.File) (int64, error) {
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	if !info.Mode().IsRegular() {
		return 0, fmt.Errorf("%s is not a file that can be read again, so that the run could not be continued", f.Name())
	}
	return info.Size(), nil
}
