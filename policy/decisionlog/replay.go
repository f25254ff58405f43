package decisionlog

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/tallystick-go/tallystick/policy"
)

// Report is what came of a replay.
type Report struct {
	Decisions int    // lines of the log
	Same      int    // of them that are whole and in their place, and came out the same to the last byte
	Head      string // hash of the last line, to be kept somewhere else; "" where there is none
}

// Kind is what kind of thing a Finding is.
type Kind string

// The kinds.
const (
	Torn      Kind = "torn"      // the log ends in a part of a line, as a crash leaves it; Open mends it
	Broken    Kind = "broken"    // the line does not have its hash, or cannot be read: it was damaged or altered
	Chain     Kind = "chain"     // the line before it in the log is not the one that was there when it was written
	NoPolicy  Kind = "no-policy" // the policy that decided was not given
	Digest    Kind = "digest"    // the version that was given is not the file that decided
	Undecided Kind = "undecided" // the policy does not decide the record, or not as of that day
	Result    Kind = "result"    // the decision comes out differently
)

// Finding is something wrong with a line of a log.
type Finding struct {
	Line            int // from 1
	Kind            Kind
	Policy, Version string // that decided, where that can be read
	Message         string

	// Key is the first key of the result that differs, such as indicators[volume].points, with what the log has and what comes out
	// now, "" for nothing.
	Key, Was, Is string
	Err          error // why nothing was decided: as Policy.Decide returns it
}

// Error returns the line, the message and the kind.
func (f *Finding) Error() string { return fmt.Sprintf("line %d: %s [%s]", f.Line, f.Message, f.Kind) }

// Unwrap returns why nothing was decided.
func (f *Finding) Unwrap() error { return f.Err }

// Replay decides all decisions of a log again and tells found of everything that is not as it was. policies are those that
// decided, in any order; Store.Status, policy.LoadFolder and policy.LoadFile have them. A decision is the same when the policy
// is, by the digest of its file, and every byte of the result. The error is that of reading r.
func Replay(r io.Reader, policies []*policy.Policy, found func(*Finding)) (Report, error) {
	p := player{policies: policies, withheld: map[string]*policy.Policy{}, found: found}
	err := eachLine(r, p.line)
	return p.report, err
}

// player replays a log.
type player struct {
	policies []*policy.Policy
	withheld map[string]*policy.Policy // by digest and the inputs
	found    func(*Finding)
	report   Report
	decision policy.Decision
	result   []byte
}

// line replays one line; whole tells whether it has an end.
func (p *player) line(n int, text []byte, whole bool) {
	faults := 0
	f := Finding{Line: n}
	tell := func(f Finding) {
		faults++
		p.found(&f)
	}
	intact := sealed(text)
	if !whole && !intact && isPart(text) {
		tell(f.of(Torn, "the line is torn, as a crash leaves it: no decision that was told to anybody, if it was logged first"))
		return
	}
	p.report.Decisions++
	l, r, err := parse(text)
	if err != nil {
		tell(f.of(Broken, "the line cannot be read: %s", err))
		return
	}
	f.Policy, f.Version = r.Policy.ID, r.Policy.Version
	if !intact {
		tell(f.of(Broken, "the line was damaged or altered: it does not have its hash"))
	}
	if l.Prev != p.report.Head {
		switch {
		case n == 1:
			tell(f.of(Chain, "the log does not begin here: lines before this one are gone"))
		default:
			tell(f.of(Chain, "this is not the line that followed: lines between were taken out, put in, moved or altered"))
		}
	}
	p.report.Head = l.Hash
	p.decide(l, r, f, tell)
	if faults == 0 {
		p.report.Same++
	}
}

// of returns f as a finding of a kind.
func (f Finding) of(k Kind, format string, args ...any) Finding {
	f.Kind, f.Message = k, fmt.Sprintf(format, args...)
	return f
}

// decide decides again what l has.
func (p *player) decide(l *line, r *result, f Finding, tell func(Finding)) {
	decider := p.find(func(x *policy.Policy) bool { return x.Digest() == r.Policy.Digest })
	other := decider == nil
	if other {
		isVersion := func(x *policy.Policy) bool { return x.ID() == r.Policy.ID && x.Version() == r.Policy.Version }
		decider = p.find(func(x *policy.Policy) bool { return isVersion(x) && x.Meaning() == r.Policy.Meaning })
		if decider == nil {
			decider = p.find(isVersion)
		}
		if decider == nil {
			tell(f.of(NoPolicy, "%s %s decided (%s), which is not among the policies given%s", r.Policy.ID, r.Policy.Version, r.Policy.Digest, p.given(r.Policy.ID)))
			return
		}
	}
	if err := p.again(decider, l, r); err != nil {
		f.Err = err
		tell(f.of(Undecided, "%s %s does not decide this: %s", r.Policy.ID, r.Policy.Version, err))
		return
	}
	differs := ""
	if !bytes.Equal(p.result, l.Result) {
		f.Key, f.Was, f.Is = difference(l.Result, p.result, other)
		switch {
		case f.Key != "":
			differs = fmt.Sprintf("%s was %s and is %s", f.Key, shown(f.Was), shown(f.Is))
		case !other:
			differs = "all values are the same, but not the order of the keys or the way they are written"
		}
		if differs != "" && l.Engine != policy.Engine {
			differs += fmt.Sprintf(" (version %d of the engine decided, this is %d)", l.Engine, policy.Engine)
		}
	}
	switch {
	case other:
		meaning := "means the same"
		if decider.Meaning() != r.Policy.Meaning {
			meaning = "means something else"
		}
		if differs == "" {
			differs = "the decision is the same"
		}
		tell(f.of(Digest, "%s is not the file of %s %s that decided, but %s: %s", decider.File(), r.Policy.ID, r.Policy.Version, meaning, differs))
	case differs != "":
		tell(f.of(Result, "the decision comes out differently: %s", differs))
	}
}

func shown(value string) string {
	if value == "" {
		return "absent"
	}
	return value
}

func (p *player) find(is func(*policy.Policy) bool) *policy.Policy {
	if i := slices.IndexFunc(p.policies, is); i >= 0 {
		return p.policies[i]
	}
	return nil
}

// given lists the versions of a policy that were given.
func (p *player) given(id string) string {
	var versions []string
	for _, x := range p.policies {
		if x.ID() == id {
			versions = append(versions, x.Version())
		}
	}
	if len(versions) == 0 {
		return ""
	}
	return "; of " + id + " there is " + strings.Join(versions, ", ")
}

// again decides l into p.result.
func (p *player) again(decider *policy.Policy, l *line, r *result) error {
	if masked := l.masked(); len(masked) > 0 {
		key := decider.Digest() + "\n" + strings.Join(masked, "\n")
		if p.withheld[key] == nil {
			without, err := decider.Withhold(masked...)
			if err != nil {
				return err
			}
			p.withheld[key] = without
		}
		decider = p.withheld[key]
	}
	day, err := policy.ParseDate(r.AsOf)
	if err != nil {
		return err
	}
	record, err := policy.ParseRecord(l.Record)
	if err != nil {
		return err
	}
	if err := decider.DecideInto(&p.decision, record, policy.AsOf(day)); err != nil {
		return err
	}
	p.result = p.decision.AppendJSON(p.result[:0])
	return nil
}

// eachLine calls f with every line of r without its end; whole tells whether it has one. A line of over maxLine bytes is cut
// off there.
func eachLine(r io.Reader, f func(n int, text []byte, whole bool)) error {
	b := bufio.NewReaderSize(r, 64<<10)
	var text []byte
	for n := 1; ; n++ {
		text = text[:0]
		part, err := b.ReadSlice('\n')
		for errors.Is(err, bufio.ErrBufferFull) {
			if len(text) <= maxLine {
				text = append(text, part...)
			}
			part, err = b.ReadSlice('\n')
		}
		if text = append(text, part...); len(text) > 0 {
			f(n, bytes.TrimSuffix(text, []byte{'\n'}), err == nil)
		}
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
	}
}
