package main

import (
	"github.com/tallystick-go/tallystick/scoring"
)

// Median is a combiner of our own: the score is the median of the points, the mean of the two in the middle where their
// number is even. Every indicator earns up to the total, and none has a weight.
//
//	combine: median
type Median struct {
	scoring.At
}

// fewest is the number of indicators from which on a median is more than a mean.
const fewest = 3

// Terms says what weights mean to the median: there are none, and it leaves out what is missing by itself.
func (*Median) Terms() scoring.Terms {
	return scoring.Terms{Full: scoring.FullTotal, Weights: scoring.WeightsNone, Leave: scoring.LeaveCombiner}
}

// Check refuses cards on which the median means nothing.
func (*Median) Check(c *scoring.Card) []scoring.Fault {
	if len(c.Indicators)+len(c.Groups) >= fewest {
		return nil
	}
	return []scoring.Fault{{
		Place: c.Of("combine"), Code: "too-few", Message: "the median needs three indicators or more",
		Hint: "add indicators, or say `combine: weighted_mean`",
	}}
}

// Combine returns the median of the parts that are there. It sorts nothing, since the parts are not its own.
func (*Median) Combine(_ *scoring.Frame, parts []scoring.Part) (scoring.Number, scoring.Absence) {
	present := 0
	for i := range parts {
		if parts[i].Present {
			present++
		}
	}
	low, high := nth(parts, (present-1)/2), nth(parts, present/2)
	median, _ := low.Add(high).Quo(scoring.Int(2))
	return median, 0
}

// nth returns the points that k of the parts that are there come before.
func nth(parts []scoring.Part, k int) scoring.Number {
	for i := range parts {
		if !parts[i].Present {
			continue
		}
		less, same := 0, 0
		for j := range parts {
			if !parts[j].Present {
				continue
			}
			switch parts[j].Points.Cmp(parts[i].Points) {
			case -1:
				less++
			case 0:
				same++
			}
		}
		if less <= k && k < less+same {
			return parts[i].Points
		}
	}
	return scoring.Number{} // there are no parts: the card asks for no score then
}

// Describe says what the combiner does, for the policy as a document.
func (*Median) Describe(lang string) string {
	if lang == "zh" {
		return "各项得分的中位数"
	}
	return "the median of the points"
}
