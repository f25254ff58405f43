// Package accept carries out the section `accept` of a policy: findings that its owner knows and means are set aside, each
// with the reason. Only warnings and notes can be accepted. An entry that finds nothing to accept is itself a finding, so
// that none is left behind when the policy changes.
package accept

import (
	"slices"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/policy/internal/model"
)

// List are the entries of one policy. The nil List accepts nothing.
type List struct {
	entries []entry
}

// entry is one finding, or several of the same code, that are accepted.
type entry struct {
	decl  model.Accepted
	place region
	bad   bool // it was reported, and accepts nothing
}

// New reads the section `accept` of the file root. What the decoder has to say of it is left to who reads the whole file;
// the faults are those of codes and paths that do not exist. codes are those that there are.
func New(root *doc.Node, codes []string) (*List, []doc.Fault) {
	section := root.Get("accept")
	if section == nil {
		return nil, nil
	}
	var d doc.Decoder
	var decls []model.Accepted
	d.Decode(section, &decls)
	l := &List{entries: make([]entry, len(decls))}
	var faults []doc.Fault
	for i, decl := range decls {
		e := entry{decl: decl}
		if code := decl.Code; !slices.Contains(codes, code.Value) {
			e.bad = true
			if code.Value != "" {
				faults = append(faults, unknownCode(code, codes))
			}
		}
		if at := decl.Where; at.Node != nil {
			r, fault := find(root, at)
			if fault != nil {
				e.bad = true
				faults = append(faults, *fault)
			}
			e.place = r
		}
		l.entries[i] = e
	}
	return l, faults
}

func unknownCode(code doc.Text, codes []string) doc.Fault {
	f := doc.Errorf(code.Place(), "unknown-code", "no finding is called `%s`", code)
	if near := doc.Nearest(code.Value, codes); near != "" {
		return f.WithHint("did you mean `%s`? the code is the word in [ ] behind a finding", near)
	}
	return f.WithHint("write the word that stands in [ ] behind the finding")
}

// Used says of each entry whether it accepted something, and else where something of its code was found.
type Used []use

type use struct {
	taken     bool
	elsewhere doc.Place
}

// Sift divides what was found into what is shown and what is accepted, and notes in used which entries it took; a nil
// used is made anew. An error is shown even where an entry is for it.
func (l *List) Sift(found []doc.Fault, used Used) (shown, accepted []doc.Fault, _ Used) {
	if l == nil {
		return found, nil, nil
	}
	if used == nil {
		used = make(Used, len(l.entries))
	} else {
		used = slices.Clone(used)
	}
	for _, f := range found {
		taken := false
		for i := range l.entries {
			e := &l.entries[i]
			if e.bad || e.decl.Code.Value != f.Code {
				continue
			}
			if !e.place.holds(f.Place) {
				used[i].elsewhere = f.Place
				continue
			}
			used[i].taken = true
			if f.Severity == doc.Error {
				shown = append(shown, doc.Errorf(e.decl.Place(), "accepted-error", "this `%s` is an error, and only warnings and notes can be accepted", f.Code).
					WithHint("mend it, and delete this entry").See(f.Place, "the error is here"))
				continue
			}
			taken = true
		}
		if taken {
			accepted = append(accepted, f)
		} else {
			shown = append(shown, f)
		}
	}
	return shown, accepted, used
}

// Unneeded warns of the entries that accepted nothing, of those whose code is judged.
func (l *List) Unneeded(used Used, judged func(code string) bool) []doc.Fault {
	if l == nil {
		return nil
	}
	var out []doc.Fault
	for i := range l.entries {
		e := &l.entries[i]
		if e.bad || used[i].taken || !judged(e.decl.Code.Value) {
			continue
		}
		where := "in this file"
		if at := e.decl.Where.Value; at != "" {
			where = "at " + at
		}
		out = append(out, doc.Warnf(e.decl.Place(), "unneeded-accept", "there is no `%s` %s to accept", e.decl.Code, where).
			WithHint("delete this entry, or correct it").See(used[i].elsewhere, "there is one here"))
	}
	return out
}
