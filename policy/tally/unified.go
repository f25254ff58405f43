package tally

import (
	"fmt"
	"sort"
	"strings"
)

// around is how many lines that are the same stand around a difference.
const around = 3

// pair are lines of two texts, from 0, that are the same.
type pair struct{ old, new int }

// edit is a line of the difference: one of both texts (a blank), of the old one (-) or of the new one (+).
type edit struct {
	sign byte
	text string
	at   pair // what has been read of the two texts before it
}

// unified returns the difference between two texts of a file, in the form of diff -u.
func unified(name, before, after string) string {
	edits := edits(lines(before), lines(after))
	var out strings.Builder
	fmt.Fprintf(&out, "--- %s\n+++ %s (canonical layout)\n", name, name)
	for i := 0; i < len(edits); i++ {
		if edits[i].sign == ' ' {
			continue
		}
		last := i
		for j := i; j < len(edits) && j-last <= 2*around; j++ {
			if edits[j].sign != ' ' {
				last = j
			}
		}
		hunk := edits[max(i-around, 0):min(last+around+1, len(edits))]
		var size pair
		var text strings.Builder
		for _, e := range hunk {
			if e.sign != '+' {
				size.old++
			}
			if e.sign != '-' {
				size.new++
			}
			fmt.Fprintf(&text, "%c%s\n", e.sign, e.text)
		}
		at := hunk[0].at
		fmt.Fprintf(&out, "@@ -%d,%d +%d,%d @@\n%s", at.old+1, size.old, at.new+1, size.new, text.String())
		i = last + around
	}
	return out.String()
}

// edits returns what makes b of a.
func edits(a, b []string) (out []edit) {
	var at pair
	for _, same := range matches(a, b)[1:] {
		for ; at.old < same.old; at.old++ {
			out = append(out, edit{'-', a[at.old], at})
		}
		for ; at.new < same.new; at.new++ {
			out = append(out, edit{'+', b[at.new], at})
		}
		if at.old < len(a) && at.new < len(b) {
			out = append(out, edit{' ', a[at.old], at})
			at = pair{at.old + 1, at.new + 1}
		}
	}
	return out
}

// lines returns the lines of text. That of a CR LF shows, so that a difference in it can be seen.
func lines(text string) []string {
	text = strings.ReplaceAll(text, "\r", `\r`)
	return strings.Split(strings.TrimSuffix(text, "\n"), "\n")
}

// matches returns lines that are the same in a and b, in their order: those that stand only once in each, as many of them
// as do not cross, and what is the same beside them. Before the first there is {-1, -1}, behind the last the two ends.
func matches(a, b []string) []pair {
	type seen struct{ inA, inB, atB int }
	count := map[string]*seen{}
	at := func(s string) *seen {
		if count[s] == nil {
			count[s] = &seen{}
		}
		return count[s]
	}
	for _, s := range a {
		at(s).inA++
	}
	for i, s := range b {
		x := at(s)
		x.inB, x.atB = x.inB+1, i
	}
	var once []pair
	for i, s := range a {
		if x := count[s]; x.inA == 1 && x.inB == 1 {
			once = append(once, pair{i, x.atB})
		}
	}
	out := []pair{{-1, -1}}
	for _, p := range append(rising(once), pair{len(a), len(b)}) {
		last := out[len(out)-1]
		if p.old <= last.old || p.new <= last.new {
			continue // what is the same below the last one has been taken already
		}
		for last.old+1 < p.old && last.new+1 < p.new && a[last.old+1] == b[last.new+1] {
			last = pair{last.old + 1, last.new + 1}
			out = append(out, last)
		}
		above := []pair{p}
		for q := p; q.old-1 > last.old && q.new-1 > last.new && a[q.old-1] == b[q.new-1]; {
			q = pair{q.old - 1, q.new - 1}
			above = append(above, q)
		}
		for i := len(above) - 1; i >= 0; i-- {
			out = append(out, above[i])
		}
	}
	return out
}

// rising returns the longest part of pairs, which are in the order of the old lines, that is in the order of the new ones too.
func rising(pairs []pair) []pair {
	before := make([]int, len(pairs)) // in the longest part that ends with a pair, the one before it
	var ends []int                    // of the parts of each length, the one that ends lowest
	for i, p := range pairs {
		n := sort.Search(len(ends), func(k int) bool { return pairs[ends[k]].new >= p.new })
		before[i] = -1
		if n > 0 {
			before[i] = ends[n-1]
		}
		if n == len(ends) {
			ends = append(ends, i)
		} else {
			ends[n] = i
		}
	}
	if len(ends) == 0 {
		return nil
	}
	out := make([]pair, len(ends))
	for k, i := len(ends)-1, ends[len(ends)-1]; k >= 0; k, i = k-1, before[i] {
		out[k] = pairs[i]
	}
	return out
}
