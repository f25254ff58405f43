package policy

import "slices"

// codes are all that a finding about a policy can be called, sorted. DIAGNOSTICS.md shows each.
var codes = []string{
	"accepted-error", "always-holds", "approval-gap", "approval-order", "bad-character", "bad-choice", "bad-date",
	"bad-key", "bad-name", "bad-number", "bad-operator", "bad-pattern", "bad-period", "bad-signature", "bad-space",
	"bad-time", "below-zero", "bracket", "cycle", "duplicate-code", "duplicate-id", "duplicate-key", "duplicate-name",
	"empty-file", "empty-range", "empty-value", "fails", "finer-than-score", "forbidden-input", "foreign-character",
	"gap", "knot-order", "level-order", "missing-attribute", "missing-key", "mixed-operators", "more-faults",
	"never-earned", "never-happens", "never-holds", "never-reached", "never-seen", "no-effect", "no-row", "no-rows",
	"not-a-function", "not-allowed", "not-monotone", "not-utf8", "off-scale", "one-action", "overlap", "panic",
	"recursion", "reserved-id", "rule-order", "scale-gap", "scale-order", "scale-overlap", "syntax", "too-deep",
	"too-large", "too-long", "too-many-keys", "unclosed-string", "undecidable", "undefined", "unknown-code",
	"unknown-combiner", "unknown-field", "unknown-function", "unknown-grade", "unknown-key", "unknown-method",
	"unknown-name", "unknown-path", "unneeded-accept", "unproved", "unused-function", "unused-input", "unused-value",
	"weights-total", "wrong-arguments", "wrong-key", "wrong-type", "yaml-alias", "yaml-anchor", "yaml-comma",
	"yaml-comment", "yaml-directive", "yaml-document", "yaml-end", "yaml-merge", "yaml-syntax", "yaml-tab", "yaml-tag",
}

// proofCodes are those of codes that Prove can give, sorted.
var proofCodes = []string{"below-zero", "never-happens", "never-seen", "no-row", "undecidable"}

// ofProof reports whether it takes Prove to tell that there is no finding called code.
func ofProof(code string) bool { return slices.Contains(proofCodes, code) }

// ofLoading reports whether loading a policy tells that there is no finding called code.
func ofLoading(code string) bool { return !ofProof(code) }
