package policy

import "github.com/tallystick-go/tallystick/policy/internal/document"

// Document returns the policy as a document in Markdown, in lang, "zh" or "en", or in the language of the policy where lang
// is "": what data it looks at, every criterion, indicator, grade, step and approver with their figures, and room to sign.
// Nothing of the file but its comments is left out. The same policy gives the same bytes.
func (p *Policy) Document(lang string) string {
	if lang == "" {
		lang = "en"
		if p.chinese {
			lang = "zh"
		}
	}
	return document.Markdown(p.whole(), document.Identity{Digest: p.digest, Meaning: p.Meaning()}, lang)
}
