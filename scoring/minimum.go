package scoring

// Minimum takes the least points: the weakest indicator decides (短板). Each earns up to the total of the card; a weight
// means nothing.
type Minimum struct {
	At
}

// Terms says that indicators earn up to the total, and that none can be left out.
func (*Minimum) Terms() Terms {
	return Terms{Full: FullTotal, Leave: LeaveFault, Weights: WeightsNone}
}

// Check finds nothing: there are no parameters.
func (*Minimum) Check(*Card) []Fault { return nil }

// Combine returns the least points.
func (*Minimum) Combine(_ *Frame, parts []Part) (lowest Number, _ Absence) {
	for i := range parts {
		if p := &parts[i]; i == 0 || p.Points.Less(lowest) {
			lowest = p.Points
		}
	}
	return lowest, 0
}

// Describe says what Minimum does.
func (*Minimum) Describe(lang string) string {
	return in(lang, "取各项得分中的最低分", "the least points of all")
}
