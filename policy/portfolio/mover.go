package portfolio

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/tallystick-go/tallystick/policy"
)

// move is a customer between two decisions.
type move struct {
	line     int
	old, new *policy.Decision

	outcome, grade, score, limit bool // whether it has changed

	by      int             // the direction of the limit: -1, 0 or 1
	endless bool            // the limit has lost its amount, or got one
	amount  decimal.Decimal // by how much the limit has changed, without a sign
	notches int             // by how many grades
	points  decimal.Decimal // by how much the score has changed, without a sign
}

// measure finds out what has changed, and by how much.
func (m *move) measure() {
	a, b := m.old, m.new
	m.outcome = a.Outcome() != b.Outcome()
	m.grade = a.Grade() != b.Grade()
	x, hadScore := a.ExactScore()
	y, hasScore := b.ExactScore()
	m.score = hadScore != hasScore || hadScore && !x.Equal(y)
	if hadScore && hasScore {
		m.points, _ = y.Sub(x).Decimal()
		m.points = m.points.Abs()
	}
	if m.grade {
		m.notches = max(gradeIndex(a)-gradeIndex(b), gradeIndex(b)-gradeIndex(a), 1)
	}
	was, _ := a.Limit()
	is, _ := b.Limit()
	m.endless = a.Unlimited() != b.Unlimited()
	switch {
	case m.endless && b.Unlimited():
		m.by = 1
	case m.endless:
		m.by = -1
	case !a.Unlimited():
		m.by = is.Cmp(was)
		m.amount = is.Sub(was).Abs()
	}
	m.limit = m.by != 0
}

// any reports whether anything has changed.
func (m *move) any() bool { return m.outcome || m.grade || m.score || m.limit }

// before orders moves from the largest on: by the change of the limit, then of the grade, then of the outcome, then of the
// score; then as they stand in the file.
func (m *move) before(n *move) int {
	switch {
	case m.endless != n.endless:
		return bool2int(n.endless) - bool2int(m.endless)
	case !m.amount.Equal(n.amount):
		return n.amount.Cmp(m.amount)
	case m.notches != n.notches:
		return n.notches - m.notches
	case m.outcome != n.outcome:
		return bool2int(n.outcome) - bool2int(m.outcome)
	case !m.points.Equal(n.points):
		return n.points.Cmp(m.points)
	}
	return m.line - n.line
}

func bool2int(b bool) int {
	if b {
		return 1
	}
	return 0
}

// ranking keeps the largest moves.
type ranking struct {
	most  int
	moves []move
}

// add keeps m if it is among the largest so far, with copies of its decisions.
func (r *ranking) add(m move) {
	at, _ := slices.BinarySearchFunc(r.moves, m, func(a, b move) int { return a.before(&b) })
	if at == r.most {
		return
	}
	m.old, m.new = m.old.Clone(), m.new.Clone()
	if len(r.moves) == r.most {
		r.moves = r.moves[:r.most-1]
	}
	r.moves = slices.Insert(r.moves, at, m)
}

// told returns the moves for people, told in lang.
func (r *ranking) told(lang string) []Mover {
	out := []Mover{}
	for _, m := range r.moves {
		x := Mover{
			Line: m.line, Customer: m.new.Customer(), Old: standingOf(m.old), New: standingOf(m.new),
			Why: why(m.old.Explain(lang), m.new.Explain(lang), lang),
		}
		if x.Customer == "" {
			x.Customer = m.old.Customer()
		}
		if m.limit && !m.endless {
			was, _ := m.old.Limit()
			is, _ := m.new.Limit()
			x.Change = fixed(is.Sub(was))
		}
		out = append(out, x)
	}
	return out
}

func standingOf(d *policy.Decision) Standing {
	return Standing{Outcome: d.Outcome(), Score: d.ScoreText(), Grade: d.Grade(), Limit: d.LimitText()}
}
