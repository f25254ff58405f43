package scoring

// Sum adds the points up. It is what a card does that says nothing of combine.
type Sum struct {
	At
}

// Check finds nothing: there are no parameters.
func (*Sum) Check(*Card) []Fault { return nil }

// Combine returns the sum of the points.
func (*Sum) Combine(_ *Frame, parts []Part) (Number, Absence) {
	var sum Number
	for i := range parts {
		if p := &parts[i]; p.Present && !p.Modifier {
			sum = sum.Add(p.Points)
		}
	}
	return sum, 0
}

// Describe says what Sum does.
func (*Sum) Describe(lang string) string {
	return in(lang, "各项得分相加", "the points are added up")
}
