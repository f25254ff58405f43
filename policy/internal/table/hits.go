package table

import "slices"

// Hits are the rows that held, for each table of a policy, from 1. It is used again for the next customer. The zero Hits
// has no tables.
type Hits struct {
	rows   []int32 // of all tables, one after the other
	tables []tableHits
	maybe  []perhaps // rows of the table at hand of which it cannot be told
}

// tableHits are the hits of one table: those of rows that lie from one index until before the other.
type tableHits struct {
	from, to int32
	chosen   int32
}

// Reset forgets all hits and makes room for n tables.
func (h *Hits) Reset(n int) {
	h.rows = h.rows[:0]
	if n > cap(h.tables) {
		h.tables = make([]tableHits, n)
	}
	h.tables = h.tables[:n]
	clear(h.tables)
}

// Rows returns the rows of table i that held, in their order; with the hit policy first only the first one. None where the
// result is missing. The slice belongs to h.
func (h *Hits) Rows(i int) []int32 {
	if i < 0 || i >= len(h.tables) {
		return nil
	}
	t := h.tables[i]
	return h.rows[t.from:t.to:t.to]
}

// Chosen returns the row of table i whose result stands; 0 where there is none, or the result is made of several.
func (h *Hits) Chosen(i int) int {
	if i < 0 || i >= len(h.tables) {
		return 0
	}
	return int(h.tables[i].chosen)
}

// Note records that row (from 1) is the one that table i chose; for whoever has rows of his own, such as a method.
func (h *Hits) Note(i, row int) {
	from := len(h.rows)
	if row > 0 {
		h.rows = append(h.rows, int32(row))
	}
	h.set(i, from, row)
}

// set says that the rows noted since from are those of table i.
func (h *Hits) set(i, from, chosen int) {
	if i >= 0 && i < len(h.tables) {
		h.tables[i] = tableHits{int32(from), int32(len(h.rows)), int32(chosen)}
	}
}

// Clone returns a copy that lives on when h is used again.
func (h *Hits) Clone() Hits { return Hits{rows: slices.Clone(h.rows), tables: slices.Clone(h.tables)} }
