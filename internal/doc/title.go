package doc

// Title is a text for people, in one language or in several: `重点客户` or `{zh: 重点客户, en: key customer}`.
type Title struct {
	Texts []Named[string] // by language, "" when none is said; in the order of the file
}

// Languages are the languages a Title may be written in.
var languages = []string{"zh", "en"}

// TitleOf returns a Title in one language that is not said.
func TitleOf(s string) Title { return Title{[]Named[string]{{Value: s}}} }

// Bilingual returns a Title in Chinese and in English.
func Bilingual(zh, en string) Title {
	return Title{[]Named[string]{{Name: Text{languages[0], nil}, Value: zh}, {Name: Text{languages[1], nil}, Value: en}}}
}

// UnmarshalDoc reads a text, or a map from language to text.
func (t *Title) UnmarshalDoc(n *Node, d *Decoder) {
	if n.Kind != Map {
		if s, ok := d.scalar(n, "a text"); ok {
			*t = Title{[]Named[string]{{Name: Text{"", n}, Value: s}}}
		}
		return
	}
	for _, p := range n.Pairs {
		if p.Key.Text != languages[0] && p.Key.Text != languages[1] {
			d.unknownKey(p, languages)
			continue
		}
		if s, ok := d.scalar(p.Value, "a text"); ok {
			t.Texts = append(t.Texts, Named[string]{Name: Text{p.Key.Text, p.Key}, Value: s})
		}
	}
}

// In returns the text in lang, or the first one where there is none in lang, or "".
func (t Title) In(lang string) string {
	for _, x := range t.Texts {
		if x.Name.Value == lang {
			return x.Value
		}
	}
	if len(t.Texts) > 0 {
		return t.Texts[0].Value
	}
	return ""
}

// String returns the first text.
func (t Title) String() string { return t.In("") }
