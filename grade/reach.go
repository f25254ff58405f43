package grade

// Reach is how a scale fits the scores that can occur.
type Reach struct {
	Never     []int // the grades on the ladder that no score has, by index
	Low, High bool  // whether the lowest scores, the highest, have no grade
}

// Reach holds the scale against the scores from least to most, both included; nil is no end. It is for a Ladder without
// Of that has been checked. Where scores are known to lie within the two, but not whether they reach them, Never is
// still proved, and Low and High are not.
func (l *Ladder) Reach(least, most *Number) Reach {
	var out Reach
	if l.onScale == 0 || l.Of.IsSet() {
		return out
	}
	rows := l.Scale[:l.onScale]
	scores := Row{Min: least, Max: most}
	best, worst := scores.turned(l.decimals, l.rising)
	var above edge // where the better row ends
	for i := range rows {
		near, far := rows[i].turned(l.decimals, l.rising)
		if best.set && far.set && !far.reached(best.at) ||
			worst.set && near.set && near.passed(worst.at) ||
			worst.set && above.set && above.reached(worst.at) {
			out.Never = append(out.Never, i)
		}
		if i == 0 && near.set {
			out.High = !best.set || near.passed(best.at)
		}
		above = far
	}
	out.Low = above.set && (!worst.set || !above.reached(worst.at))
	if l.rising {
		out.Low, out.High = out.High, out.Low
	}
	return out
}

// reached reports whether n is within the row of which e is the end farther from the best score.
func (e edge) reached(n Number) bool {
	d := n.Cmp(e.at)
	return d > 0 || d == 0 && !e.open
}

// passed reports whether n is better than the row of which e is the end nearer to the best score.
func (e edge) passed(n Number) bool {
	d := n.Cmp(e.at)
	return d > 0 || d == 0 && e.open
}
