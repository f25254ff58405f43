package scoring

// WeightedMean takes the mean of the points, each counted as often as its weight says. An indicator earns up to the total
// of the card, whatever its weight; weights are above 0 and need not add up to anything.
//
//	score = (points of a * weight of a + points of b * weight of b + ...) / (weight of a + weight of b + ...)
//
// What is missing and left out counts neither above nor below the line.
type WeightedMean struct {
	At
}

// Terms says that indicators earn up to the total.
func (*WeightedMean) Terms() Terms {
	return Terms{Full: FullTotal, Leave: LeaveCombiner, Weights: WeightsRelative}
}

// Check finds nothing: there are no parameters.
func (*WeightedMean) Check(*Card) []Fault { return nil }

// Combine returns the mean.
func (*WeightedMean) Combine(_ *Frame, parts []Part) (Number, Absence) {
	var sum, weight Number
	for i := range parts {
		if p := &parts[i]; p.Present {
			sum, weight = sum.Add(p.Points.Mul(p.Weight)), weight.Add(p.Weight)
		}
	}
	return quo(sum, weight), 0
}

// Describe says what WeightedMean does.
func (*WeightedMean) Describe(lang string) string {
	return in(lang, "各项得分按权重加权平均", "the weighted mean of the points")
}
