package policy

import "github.com/tallystick-go/tallystick/policy/internal/diff"

// Difference is what changed in meaning from one policy to another: in the order of the file, each change told as a credit
// manager would, with the lines of both files. Text, Markdown and JSON write it.
type Difference = diff.Difference

// Change is one change of a Difference.
type Change = diff.Change

// ChangeKind says what a Change is.
type ChangeKind = diff.Kind

// The kinds of change.
const (
	Added   = diff.Added
	Removed = diff.Removed
	Changed = diff.Changed // it says something else
	Moved   = diff.Moved   // it stands elsewhere in a list whose order counts
	Renamed = diff.Renamed // it says the same under another name
)

// Diff returns what changed in meaning from old to new, told in lang, "zh" or "en", or in the language of the new policy
// where lang is "". Layout, comments, the order of keys, the notation of numbers and expressions do not count: there are no
// changes exactly where both have the same Meaning.
func Diff(old, new *Policy, lang string) *Difference {
	if lang == "" {
		lang = new.Language()
	}
	return diff.New(old.side(lang), new.side(lang), diff.Compare(old.said(), new.said(), lang), lang)
}

// side is what a Difference says of the policy itself.
func (p *Policy) side(lang string) diff.Policy {
	return diff.Policy{ID: p.ID(), Version: p.Version(), Title: p.Title(lang), Digest: p.digest, Meaning: p.Meaning()}
}
