package portfolio

import (
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"os"
	"time"

	"github.com/tallystick-go/tallystick/policy/internal/display"
)

// Progress is how far a portfolio has been decided.
type Progress struct {
	Customers int           // written, bad records included
	Bad       int           // of these
	Resumed   int           // of these, by an earlier run
	Read      int64         // bytes of the input
	Size      int64         // of the input in bytes, 0 where it is not known
	Elapsed   time.Duration // since this run began
	Done      bool          // this run has ended

	from int64 // Read when this run began to decide
}

// PerSecond returns how many customers this run decides in a second.
func (p Progress) PerSecond() int {
	ms := max(p.Elapsed.Milliseconds(), 1)
	return int(int64(p.Customers-p.Resumed) * 1000 / ms)
}

// Left returns how long the rest takes at the rate so far, to the millisecond; ok is false where that cannot be told.
func (p Progress) Left() (left time.Duration, ok bool) {
	done := p.Read - p.from
	if p.Size == 0 || p.Read > p.Size || done <= 0 {
		return 0, false
	}
	const kib = 1 << 10 // so that the product of a week and a terabyte fits
	return time.Duration(p.Elapsed.Milliseconds()*((p.Size-p.Read)/kib)/max(done/kib, 1)) * time.Millisecond, true
}

// String returns, for example, "1,234,567 customers, 3 not decided, 214,000 a second, 62%, 1m20s left".
func (p Progress) String() string {
	s := count(p.Customers) + " customers"
	if p.Bad > 0 {
		s += ", " + count(p.Bad) + " not decided"
	}
	s += ", " + count(p.PerSecond()) + " a second"
	if left, ok := p.Left(); ok && !p.Done {
		s += fmt.Sprintf(", %d%%, %s left", p.Read*100/p.Size, left.Round(time.Second))
	}
	return s
}

func count(n int) string { return display.Thousands(fmt.Sprint(n)) }

// progress tells how far a run is.
type progress struct {
	f     func(Progress)
	every time.Duration
	begun time.Time
	last  time.Time
	start Progress
}

// newProgress begins to tell of a run, of which another one has written customers.
func newProgress(o *options, customers int, m *meter) *progress {
	p := &progress{f: o.onProgress, every: o.every, start: Progress{Resumed: customers, Size: m.size, from: m.n}}
	if p.f != nil {
		p.begun = time.Now()
		p.last = p.begun
	}
	return p
}

// tell tells it when it is time.
func (p *progress) tell(t *tally, read int64) {
	if p.f == nil {
		return
	}
	if now := time.Now(); now.Sub(p.last) >= p.every {
		p.last = now
		p.f(p.at(t, read, now))
	}
}

// end tells it for the last time.
func (p *progress) end(t *tally, read int64) {
	if p.f == nil {
		return
	}
	at := p.at(t, read, time.Now())
	at.Done = true
	p.f(at)
}

func (p *progress) at(t *tally, read int64, now time.Time) Progress {
	at := p.start
	at.Customers, at.Bad, at.Read, at.Elapsed = t.Customers, t.Bad, read, now.Sub(p.begun)
	return at
}

// meter counts what is read, and takes the digest of it where that is wanted.
type meter struct {
	r    io.Reader
	n    int64
	size int64     // of all there is to read, 0 where it is not known
	hash hash.Hash // nil: no digest
}

// meterOf returns a meter of r, which tells its size if r is a file or a text in memory.
func meterOf(r io.Reader, digest hash.Hash) *meter {
	m := &meter{r: r, hash: digest}
	switch x := r.(type) {
	case *os.File:
		if info, err := x.Stat(); err == nil && info.Mode().IsRegular() {
			m.size = info.Size()
		}
	case interface{ Len() int }:
		m.size = int64(x.Len())
	}
	return m
}

// Read implements io.Reader.
func (m *meter) Read(b []byte) (int, error) {
	n, err := m.r.Read(b)
	m.n += int64(n)
	if m.hash != nil {
		m.hash.Write(b[:n])
	}
	return n, err
}

// prefix returns what has been read.
func (m *meter) prefix() prefix {
	p := prefix{Bytes: m.n}
	if m.hash != nil {
		p.SHA256 = hex.EncodeToString(m.hash.Sum(nil))
	}
	return p
}

// prefix is the first bytes of a file.
type prefix struct {
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// begins reports whether r begins with p. What it reads goes through digest.
func (p prefix) begins(r io.Reader, digest hash.Hash) (bool, error) {
	m := meter{r: io.LimitReader(r, p.Bytes), hash: digest}
	if _, err := io.Copy(io.Discard, &m); err != nil {
		return false, err
	}
	return m.prefix() == p, nil
}
