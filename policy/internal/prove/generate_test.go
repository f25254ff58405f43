package prove_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

// generator writes small policies at random.
type generator struct {
	*rand.Rand
	b       strings.Builder
	numbers []string // inputs
	bools   []string
	texts   []string
}

func (g *generator) line(indent int, format string, args ...any) {
	g.b.WriteString(strings.Repeat(" ", indent))
	fmt.Fprintf(&g.b, format+"\n", args...)
}

// one reports true once in n times.
func (g *generator) one(n int) bool { return g.IntN(n) == 0 }

func (g *generator) pick(list ...string) string { return list[g.IntN(len(list))] }

// policy writes a policy whose inputs have few values each.
func (g *generator) policy() string {
	g.line(0, "policy: small")
	g.line(0, `version: "1"`)
	if g.one(3) {
		g.line(0, "rounding: {points: %s, score: %s}", g.pick("0", "1", "2", "exact"), g.pick("0", "1", "2"))
	}
	g.inputs()
	if g.one(3) {
		g.values()
	}
	g.admission()
	g.scoring()
	g.grade()
	g.credit()
	return g.b.String()
}

func (g *generator) inputs() {
	g.line(0, "inputs:")
	required := func() string {
		if g.one(2) {
			return ", required: true"
		}
		return ""
	}
	for i := range 1 + g.IntN(2) {
		name := fmt.Sprintf("n%d", i)
		g.numbers = append(g.numbers, name)
		switch g.IntN(4) {
		case 0:
			g.line(2, "%s: {type: number, min: -2, max: %d, decimals: 0%s}", name, 4+g.IntN(5), required())
		case 1:
			g.line(2, "%s: {type: number, above: 0, max: 1, decimals: 1%s}", name, required())
		case 2:
			g.line(2, "%s: {type: number, decimals: 0, ranges: [{min: 0, max: 3}, {min: 6, max: 9}]%s}", name, required())
		default:
			g.line(2, "%s: {type: number, min: 0, max: %d, decimals: 0%s}", name, 6+g.IntN(5), required())
		}
	}
	if g.one(2) {
		g.bools = append(g.bools, "b0")
		g.line(2, "b0: {type: bool%s}", required())
	}
	if g.one(2) {
		g.texts = append(g.texts, "t0")
		g.line(2, "t0: {type: string, one_of: [x, y, z]%s}", required())
	}
	if g.one(4) {
		g.line(2, "previous: {type: grade}")
	}
}

// edge writes a number that may lie at an edge of something.
func (g *generator) edge() string { return g.pick("0", "1", "2", "3", "5", "0.5", "6", "8", "12") }

// number writes an expression.
func (g *generator) number() string {
	n := g.pick(g.numbers...)
	switch g.IntN(6) {
	case 0:
		return fmt.Sprintf("%s / %s", n, g.pick(g.numbers...))
	case 1:
		return fmt.Sprintf("%s * 2 - %s", n, g.pick(g.numbers...))
	case 2:
		return fmt.Sprintf("%s ** 2", n)
	}
	return n
}

// condition writes a condition.
func (g *generator) condition() string {
	comparison := func() string {
		switch {
		case len(g.bools) > 0 && g.one(4):
			return g.pick("", "not ") + g.bools[0]
		case len(g.texts) > 0 && g.one(4):
			return fmt.Sprintf("%s %s '%s'", g.texts[0], g.pick("==", "!="), g.pick("x", "y", "z"))
		}
		return fmt.Sprintf("%s %s %s", g.number(), g.pick("<", "<=", ">", ">=", "=="), g.edge())
	}
	if g.one(3) {
		return comparison() + g.pick(" and ", " or ") + comparison()
	}
	return comparison()
}

func (g *generator) values() {
	g.line(0, "values:")
	g.line(2, "v0:")
	g.line(4, "hit: %s", g.pick("first", "unique", "any"))
	g.line(4, "rows:")
	for i := range 2 + g.IntN(2) {
		g.line(6, `- {when: "%s", is: %d}`, g.condition(), i)
	}
	g.numbers = append(g.numbers, "v0")
}

func (g *generator) admission() {
	g.line(0, "admission:")
	for i := range 1 + g.IntN(2) {
		g.line(2, `- {id: c%d, require: "%s", otherwise: %s, missing: %s}`, i, g.condition(), g.pick("reject", "refer", "warn"), g.pick("reject", "refer", "pass"))
	}
}

func (g *generator) scoring() {
	g.line(0, "scoring:")
	g.line(2, "indicators:")
	weights := [][]int{{100}, {60, 40}, {50, 30, 20}}[g.IntN(3)]
	for i, w := range weights {
		g.line(4, "- id: i%d", i)
		g.line(6, "weight: %d", w)
		g.method(w)
		switch g.IntN(4) {
		case 0:
			g.line(6, "missing: %d", g.IntN(w))
		case 1:
			g.line(6, "missing: reweight")
		}
	}
	if g.one(3) {
		g.line(2, "adjustments:")
		g.line(4, `- {id: a0, when: "%s", add: %d}`, g.condition(), g.IntN(21)-10)
	}
	if g.one(3) {
		g.line(2, "caps:")
		g.line(4, `- {id: k0, when: "%s", at_most: %d}`, g.condition(), 20+g.IntN(60))
	}
}

func (g *generator) method(w int) {
	of := g.number()
	if len(g.texts) > 0 && g.one(4) {
		g.line(6, "of: t0")
		g.line(6, "categories: {x: %d, [y, z]: %d}", w, g.IntN(w))
		return
	}
	switch g.IntN(5) {
	case 0:
		g.line(6, "of: %s", of)
		g.line(6, "bands:")
		at, points := []int{8, 5, 2}, w
		for _, n := range at[:1+g.IntN(3)] {
			g.line(8, "- {%s: %d, points: %d}", g.pick("min", "above"), n, points)
			points = points * g.IntN(3) / 3
		}
		if !g.one(4) {
			g.line(8, "- {points: %d}", points)
		}
	case 1:
		g.line(6, "of: %s", of)
		g.line(6, "linear: {0: %d, %d: %d, 9: %d}", g.IntN(w), 2+g.IntN(5), g.IntN(w+1), w)
	case 2:
		g.line(6, "of: %s", of)
		g.line(6, "proportional: {full: %d, inverse: %s}", 1+g.IntN(9), g.pick("true", "false"))
	case 3:
		g.line(6, "of: %s", of)
		g.line(6, "deduct: {from: %d, step: 2, points: %d, whole: %s}", g.IntN(3), 1+g.IntN(9), g.pick("true", "false"))
	default:
		g.line(6, "rules:")
		g.line(8, `- {when: "%s", points: %d}`, g.condition(), w)
		g.line(8, `- {when: "%s", points: %d}`, g.condition(), w/2)
		if !g.one(3) {
			g.line(8, "- {points: 0}")
		}
	}
}

func (g *generator) grade() {
	g.line(0, "grade:")
	cuts := []int{20 + g.IntN(30), 55 + g.IntN(20), 80 + g.IntN(19)}
	holes := g.one(2)
	if holes {
		g.line(2, "gaps: refer")
	}
	g.line(2, "scale:")
	hole := func(cut int) string {
		if holes && g.one(2) {
			return fmt.Sprintf(", below: %d", cut-g.IntN(6))
		}
		return ""
	}
	g.line(4, "- {grade: A, min: %d, factor: %s}", cuts[2], g.pick("1.5", "1"))
	g.line(4, "- {grade: B, min: %d%s, factor: %s}", cuts[1], hole(cuts[2]), g.pick("1", "0.8"))
	g.line(4, "- {grade: C, min: %d%s, factor: %s}", cuts[0], hole(cuts[1]), g.pick("0.5", "0.25"))
	if g.one(2) {
		g.line(4, "- {grade: D, min: 0%s, factor: 0, outcome: %s}", hole(cuts[0]), g.pick("reject", "refer"))
	} else {
		g.line(4, "- {grade: D, min: 0%s, factor: 0}", hole(cuts[0]))
	}
	if !g.one(3) {
		g.line(2, "rules:")
		for i := range 1 + g.IntN(2) {
			g.line(4, `- {id: r%d, when: "%s", %s, missing: %s}`, i, g.condition(),
				g.pick("at_most: B", "at_most: C", "at_least: C", "notches: -1", "notches: 1", "grade: D"), g.pick("apply", "skip", "refer"))
		}
	}
	if strings.Contains(g.b.String(), "previous:") {
		g.line(2, "transitions: {from: previous, %s}", g.pick("max_up: 1", "max_down: 1"))
	}
}

func (g *generator) credit() {
	g.line(0, "credit:")
	g.line(2, "limit:")
	g.line(4, "- {id: base, set: (%s) * 100}", g.number())
	steps := []string{
		"- {id: factor, multiply: grade.factor}",
		fmt.Sprintf("- {id: own, at_most: %s * 90 + 7.5}", g.pick(g.numbers...)),
		fmt.Sprintf("- {id: ceiling, at_most: %d}", 100+g.IntN(800)),
		fmt.Sprintf(`- {id: some, add: 50, when: "%s"}`, g.condition()),
		fmt.Sprintf(`- {id: held, at_most: 60.5, when: "%s"}`, g.condition()),
		fmt.Sprintf(`- {id: times, multiply: %s - 3}`, g.pick(g.numbers...)),
		"- {id: all, at_most: 250}",
		"- {id: step, round: {to: 30, mode: up}}",
		"- {id: least, at_least: 20}",
		fmt.Sprintf(`- {id: open, unlimited: true, when: "%s"}`, g.condition()),
	}
	g.Shuffle(len(steps), func(i, j int) { steps[i], steps[j] = steps[j], steps[i] })
	for _, s := range steps[:1+g.IntN(5)] {
		g.line(4, "%s", s)
	}
	if g.one(3) {
		g.line(2, "gaps: refer")
		g.line(2, "approval:")
		g.line(4, "- {by: desk, up_to: %d}", 50+g.IntN(200))
		g.line(4, `- {by: board, up_to: %d, when: "%s"}`, 300+g.IntN(500), g.condition())
		return
	}
	g.line(2, "approval:")
	g.line(4, "- {by: desk, up_to: %d}", 50+g.IntN(200))
	g.line(4, `- {by: head, when: "%s"}`, g.condition())
	g.line(4, "- {by: board}")
}

// mutant changes a policy's text at one place: a number, or a line that is left out.
func (g *generator) mutant(src string) string {
	lines := strings.Split(src, "\n")
	for {
		i := g.IntN(len(lines))
		if !strings.Contains(lines[i], "- {") && !strings.Contains(lines[i], "weight:") && !strings.Contains(lines[i], "linear") &&
			!strings.Contains(lines[i], "deduct") && !strings.Contains(lines[i], "efficacy") {
			continue
		}
		if g.one(3) {
			return strings.Join(slices.Delete(lines, i, i+1), "\n")
		}
		digits := strings.IndexAny(lines[i], "123456789")
		if digits < 0 {
			continue
		}
		for next := digits; next >= 0 && g.one(2); {
			digits = next
			rest := strings.IndexAny(lines[i][digits+1:], "123456789")
			if rest < 0 {
				break
			}
			next = digits + 1 + rest
		}
		lines[i] = lines[i][:digits] + string(rune('1'+g.IntN(9))) + lines[i][digits+1:]
		return strings.Join(lines, "\n")
	}
}
