// Package scoring gives points (得分) for what is known of a customer and makes one score of them (评分).
//
// Start with [Card]. Fill it in, Check it once, then ask its Score about each customer:
//
//	card := scoring.Card{Indicators: []scoring.Indicator{
//		{ID: scoring.ID("fulfilment"), Weight: new(scoring.Int(60)), Of: scoring.Slot(fulfilment),
//			Method: &scoring.Proportional{Full: scoring.Const(scoring.Int(1))}},
//		{ID: scoring.ID("overdue"), Weight: new(scoring.Int(40)), Of: scoring.Slot(overdue),
//			Method: &scoring.Deduct{Step: scoring.Int(10), Cost: scoring.Int(2)}},
//	}}
//	if faults := card.Check(scoring.DefaultRounding()); len(faults) > 0 { ... }
//	var r scoring.Result
//	err := card.Score(frame, &r)
//	fmt.Println(r.Score.Fixed(2), r.HasScore)
//
// An indicator has a weight W, the most points that it can earn, what it is `of`, and one [Method]; a [Combiner] makes the
// score. Both can be registered under names of your own: see [Methods] and [Combiners].
//
// # From points to the score
//
//	exact points     of each method; nothing is rounded
//	held             within [0, W], unless the indicator goes beyond
//	reweighted       points * total weight / weight present, where others were left out
//	rounded          once, to the places of points
//	combined         by the combiner, the sum if unsaid; then scaled by pdo
//	adjusted         by the adjustments, together held within their cap
//	capped           by the caps whose condition holds
//	held             in the range of the score: min and max, or 0 and the total where indicators earn up to it
//	rounded          once, to the places of the score
//
// With the combiner sum the printed points so add up to the printed score, to the last digit. A [Group] is a card within
// the card: its own score is exact, and what it brings to the card around it is rounded like the points of an indicator.
// Where the card has pdo, points are log odds and are not rounded.
//
// # Methods
//
//	bands          first row whose min, above, max, below hold     [Bands]
//	categories     by value                                        [Categories]
//	rules          by conditions: first, sum, min, max, count      [Rules]
//	linear         straight lines between knots                    [Linear]
//	proportional   W * of / full, or W * full / of                 [Proportional]
//	efficacy       功效系数法                                       [Efficacy]
//	wall           沃尔评分法                                       [Wall]
//	deduct         W less points for the distance from a standard  [Deduct]
//	occurrences    points off for each time, some given back       [Occurrences]
//	formula        an expression                                   [Formula]
//	best, worst, mean   of several methods                         [Best], [Worst], [Mean]
//
// # Combiners
//
// What W is, and what weights must be, depends on the combiner:
//
//	sum             W is the weight; weights add up to the total           [Sum]
//	weighted_mean   W is the total; weights are relative                   [WeightedMean]
//	minimum         W is the total; there are no weights                   [Minimum]
//	product         W is the weight where there is one                     [Product]
//	points          there is no W: PMML's scorecard, with reason codes     [Points]
//	modified        as the sum, corrected by modifiers: 基本分 × 修正系数    [Modified]
//
// # What is missing
//
// An indicator is missing when what it is of is, when an operand of its method is, or when no row of its method holds.
// [MissingRule] says what happens: there is no score and the customer is referred (if nothing is said) or rejected; the
// indicator is left out and the others count for more, within the nearest group that has a weight; or it earns a number
// of points. A group of which all is left out is left out itself; where nothing is left there is no score. A condition or
// an operand of an adjustment or a cap that is missing refers the customer too. Result.Missing has all that was missing.
//
// # Panics and errors
//
// Score returns an [*Error] where something went wrong that is not missing data; nothing here panics save [MustParse].
package scoring
