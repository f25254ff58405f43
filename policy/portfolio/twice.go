package portfolio

import "io"

// twice lets two read the same stream, each at its own pace. It keeps what one of them has read and the other has not, so
// that its memory is bounded where they read in step. It is not safe for concurrent use.
type twice struct {
	r    io.Reader
	kept []byte
	from int // how much of the stream stands before kept
	at   [2]int
	err  error
}

// ends returns the two readers.
func (t *twice) ends() (a, b io.Reader) { return end{t, 0}, end{t, 1} }

type end struct {
	*twice
	i int
}

// Read reads what the other end has read, or else on.
func (e end) Read(p []byte) (n int, err error) {
	t := e.twice
	if ahead := t.kept[t.at[e.i]-t.from:]; len(ahead) > 0 {
		n = copy(p, ahead)
	} else if t.err != nil {
		return 0, t.err
	} else {
		n, t.err = t.r.Read(p)
		t.kept = append(t.kept, p[:n]...)
		if n == 0 {
			return 0, t.err
		}
	}
	t.at[e.i] += n
	if behind := min(t.at[0], t.at[1]); behind > t.from {
		t.kept = t.kept[:copy(t.kept, t.kept[behind-t.from:])]
		t.from = behind
	}
	return n, nil
}
