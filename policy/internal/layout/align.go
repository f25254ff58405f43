package layout

import (
	"slices"
	"strings"

	"github.com/tallystick-go/tallystick/internal/doc"
	"github.com/tallystick-go/tallystick/policy/internal/display"
	"github.com/tallystick-go/tallystick/policy/internal/yamldoc"
)

const (
	width    = 120
	rowWidth = 160 // of a row of a list: a table is easier to read than a row of it that is not in line
	standOut = 20  // a cell that is wider than the median of its column by more than this is not aligned
)

// most returns how many columns a line with the value of e may have.
func most(e *entry) int {
	if e.key == nil && e.value.Kind == doc.Map {
		return rowWidth
	}
	return width
}

// align returns for each entry of n its value in one line, with what stands between it and the key, or "" where it needs lines
// of its own.
func (w *writer) align(n *node, col int) []string {
	values := make([]string, len(n.entries))
	rows := make([][]string, len(n.entries)) // of those that are maps in brackets, their cells
	for i, e := range n.entries {
		v := e.value
		switch {
		case v.Kind == doc.Scalar || v.Kind == doc.Null:
			if !written(v) {
				continue
			}
			if lines := w.scalar(v); len(lines) == 1 && v.Style != yamldoc.Block {
				values[i] = " " + lines[0]
			}
		case v.Style == yamldoc.Brackets:
			text, ok := w.flow(v)
			if ok && col+w.leadWidth(e)+1+display.Width(text) <= most(e) {
				values[i] = " " + text
				if v.Kind == doc.Map {
					rows[i], _ = w.cells(v)
				}
			}
		}
	}
	for from := 0; from < len(values); {
		to := from + 1
		for to < len(values) && values[to] != "" && values[to-1] != "" && !w.apart(n.entries[to]) {
			to++
		}
		w.alignRows(n.entries[from:to], rows[from:to], values[from:to], col)
		w.alignValues(n.entries[from:to], values[from:to], col)
		from = to
	}
	return values
}

// apart reports whether e begins a new group of entries.
func (w *writer) apart(e *entry) bool {
	return e.blank || slices.ContainsFunc(e.head, func(l line) bool { return l.blank })
}

// leadWidth returns how many columns the key and its colon take, or the dash.
func (w *writer) leadWidth(e *entry) int {
	if e.key == nil {
		return 1
	}
	return display.Width(w.keyText(e.key)) + 1
}

// alignValues puts the values of a group of keys into one column, if one of them was padded and all fit.
func (w *writer) alignValues(entries []*entry, values []string, col int) {
	if !slices.ContainsFunc(entries, func(e *entry) bool { return e.padded }) {
		return
	}
	widest := 0
	for i, e := range entries {
		if values[i] != "" {
			widest = max(widest, w.leadWidth(e))
		}
	}
	for i := range entries {
		if col+widest+display.Width(values[i]) > width {
			return
		}
	}
	for i, e := range entries {
		if values[i] != "" {
			values[i] = strings.Repeat(" ", widest-w.leadWidth(e)) + values[i]
		}
	}
}

// alignRows puts the cells of a group of rows into columns, if one of them was spread and all fit.
func (w *writer) alignRows(entries []*entry, rows [][]string, values []string, col int) {
	spread := func(e *entry) bool {
		return slices.ContainsFunc(e.value.entries, func(c *entry) bool { return c.spread })
	}
	var group []int
	aligned := false
	for i := range entries {
		if len(rows[i]) > 0 {
			group = append(group, i)
			aligned = aligned || spread(entries[i])
		}
	}
	if !aligned {
		return
	}
	padded := make([][]string, len(rows))
	for _, i := range group {
		padded[i] = slices.Clone(rows[i])
		for j := range len(padded[i]) - 1 {
			padded[i][j] += ","
		}
	}
	w.columns(entries, padded, group, 0)
	texts := make([]string, len(rows))
	for _, i := range group {
		texts[i] = " {" + strings.Join(padded[i], " ") + "}"
		if col+w.leadWidth(entries[i])+display.Width(texts[i]) > most(entries[i]) {
			return
		}
	}
	for _, i := range group {
		values[i] = texts[i]
	}
}

// columns pads cell k of the rows of a group, which have the same keys before it: the cell after it begins in one column in
// all those that have the same key there, too.
func (w *writer) columns(entries []*entry, rows [][]string, group []int, k int) {
	byKey := map[string][]int{}
	var keys []string
	for _, i := range group {
		if k >= len(rows[i]) {
			continue
		}
		key := entries[i].value.entries[k].key.Node.Text
		if byKey[key] == nil {
			keys = append(keys, key)
		}
		byKey[key] = append(byKey[key], i)
	}
	for _, key := range keys {
		var widths []int
		for _, i := range byKey[key] {
			if k+1 < len(rows[i]) {
				widths = append(widths, display.Width(rows[i][k]))
			}
		}
		widest := widestOf(widths)
		var same []int
		for _, i := range byKey[key] {
			if k+1 < len(rows[i]) && display.Width(rows[i][k]) <= widest {
				rows[i][k] = display.PadRight(rows[i][k], widest)
				same = append(same, i)
			}
		}
		w.columns(entries, rows, same, k+1)
	}
}

// widestOf returns the greatest of widths that does not stand out.
func widestOf(widths []int) (widest int) {
	slices.Sort(widths)
	for _, n := range widths {
		if n <= widths[len(widths)/2]+standOut {
			widest = n
		}
	}
	return widest
}
