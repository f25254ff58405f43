package scoring

// Product multiplies the points: factors such as a base amount and coefficients. An indicator with a weight earns up to
// it, one without may earn anything. The score is held only where the card says min or max.
type Product struct {
	At
}

// Terms says that weights are optional, and that none can be left out.
func (*Product) Terms() Terms {
	return Terms{Full: FullFree, Leave: LeaveFault, Weights: WeightsOptional}
}

// Check finds nothing: there are no parameters.
func (*Product) Check(*Card) []Fault { return nil }

// Combine returns the product.
func (*Product) Combine(_ *Frame, parts []Part) (Number, Absence) {
	product := Int(1)
	for i := range parts {
		product = product.Mul(parts[i].Points)
	}
	return product, 0
}

// Describe says what Product does.
func (*Product) Describe(lang string) string {
	return in(lang, "各项得分相乘", "the points are multiplied")
}
