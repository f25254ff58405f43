package scoring

import "github.com/tallystick-go/tallystick/internal/doc"

// Modified corrects the score of the basic indicators by that of modifiers (基本分 × 修正系数), as 《中央企业综合绩效评价
// 实施细则》 (国资发评价〔2006〕157号) does in the articles on 修正指标计分:
//
//	score          = basic score * coefficient
//	basic score    = the points of the indicators, added up
//	coefficient    = the single coefficients, weighted with the weights of the modifiers
//	single         = 1.0 + (share of its weight that the modifier earns - basic score / total weight), held in [min, max]
//
// With the method efficacy the share is 本档标准系数 + 功效系数 × 0.2. A modifier that earns its full weight (达到优秀值以上)
// begins at 1.2 in place of 1.0. The coefficients are exact. The weights of modifiers add up to the total as well; a
// modifier left out has no part in the coefficient.
//
//	combine: {modified: {min: 0.7, max: 1.3}}
type Modified struct {
	At
	Min  *Number `key:"min" doc:"the least that a single coefficient can be, 0.7 if unsaid"`
	Max  *Number `key:"max" doc:"the most that a single coefficient can be, 1.3 if unsaid"`
	Full *Number `key:"full" doc:"what a modifier that earns its full weight begins at, 1.2 if unsaid"`

	least, most, full Number
}

// Terms says that modifiers are used.
func (*Modified) Terms() Terms { return Terms{Modifies: true} }

// Check finds a card without modifiers, and bounds in the wrong order.
func (m *Modified) Check(c *Card) (faults []Fault) {
	m.least, m.most, m.full = MustParse("0.7"), MustParse("1.3"), MustParse("1.2")
	for _, x := range []struct{ from, to *Number }{{m.Min, &m.least}, {m.Max, &m.most}, {m.Full, &m.full}} {
		if x.from != nil {
			*x.to = *x.from
		}
	}
	if len(c.Modifiers) == 0 {
		faults = append(faults, doc.Errorf(c.Key("combine"), "missing-key", "there is nothing that modifies the score").
			WithHint("add `modifiers`, a list like `indicators`"))
	}
	if m.most.Less(m.least) {
		faults = append(faults, doc.Errorf(c.Of("combine"), "bad-number", "a coefficient cannot be at least %s and at most %s", m.least, m.most))
	}
	return faults
}

// Combine returns the basic score times the coefficient, and leaves the single coefficients in the points of modifiers.
func (m *Modified) Combine(_ *Frame, parts []Part) (Number, Absence) {
	var basic, weight Number
	for i := range parts {
		if p := &parts[i]; !p.Modifier {
			weight = weight.Add(p.Weight)
			if p.Present {
				basic = basic.Add(p.Points)
			}
		}
	}
	analysis := quo(basic, weight) // 基本指标分析系数
	var sum, shares Number
	for i := range parts {
		p := &parts[i]
		if !p.Modifier || !p.Present {
			continue
		}
		share := quo(p.Points, p.Weight)
		begin := Int(1)
		if !share.Less(begin) {
			begin = m.full
		}
		p.Points = least(most(begin.Add(share).Sub(analysis), m.least), m.most)
		sum, shares = sum.Add(p.Points.Mul(p.Weight)), shares.Add(p.Weight)
	}
	return basic.Mul(quo(sum, shares)), 0
}

// Describe says what Modified does.
func (m *Modified) Describe(lang string) string {
	return in(lang, "基本指标得分 × 综合修正系数", "the points of the indicators, times the coefficient of the modifiers")
}
