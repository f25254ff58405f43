package record

import (
	"bytes"
)

// table splits a file of comma-separated values (RFC 4180) into rows. It reads what encoding/csv reads, with two
// differences that files of strangers need: no row takes more memory than MaxRecord, and after a row with a fault
// reading goes on at the next line, so that a quote that is never closed does not swallow the rest of the file.
type table struct{ lines lines }

// take puts the next row into raw; blank lines are passed over. A row that is not CSV is a raw with a fault.
func (t *table) take(raw *raw) error {
	for {
		line, tooLong, err := t.lines.line()
		if err != nil {
			return err
		}
		if len(line) == 0 {
			continue
		}
		raw.reset(t.lines.n)
		if tooLong {
			raw.fault = tooLongLine()
			return nil
		}
		return t.row(line, raw)
	}
}

// row splits line, and those after it as long as a quote is open.
func (t *table) row(line []byte, raw *raw) error {
	for {
		if len(line) > 0 && line[0] == '"' {
			rest, more, err := t.quoted(line[1:], raw)
			if err != nil || raw.fault != nil || !more {
				return err
			}
			line = rest
			continue
		}
		cell, rest, more := bytes.Cut(line, []byte{','})
		if bytes.IndexByte(cell, '"') >= 0 {
			raw.fault = errorf(CodeSyntax, "", "not CSV: there is a quote within a cell: %s", quote(string(cell[:min(len(cell), maxDateText)]))).
				hint("put the cell in double quotes, and double those in it")
			return nil
		}
		raw.cell(cell)
		if !more {
			return nil
		}
		line = rest
	}
}

// quoted reads a cell after its opening quote. more tells whether another cell follows.
func (t *table) quoted(line []byte, raw *raw) (rest []byte, more bool, err error) {
	marked, size := false, len(line)
	for {
		i := bytes.IndexByte(line, '"')
		if i < 0 {
			raw.data = append(append(raw.data, line...), '\n')
			if !marked {
				t.lines.setMark()
				marked = true
			}
			var tooLong bool
			line, tooLong, err = t.lines.line()
			size += len(line) + 1
			switch {
			case tooLong:
				// What has been passed over here cannot be read again.
				t.lines.release()
				raw.fault = tooLongLine()
				return nil, false, nil
			case isEnd(err) || err == nil && size > MaxRecord:
				t.lines.back()
				raw.fault = errorf(CodeSyntax, "", "not CSV: the quote that cell %d begins with is not closed", len(raw.ends)+1)
				return nil, false, nil
			case err != nil:
				return nil, false, err
			}
			continue
		}
		raw.data = append(raw.data, line[:i]...)
		line = line[i+1:]
		switch {
		case len(line) > 0 && line[0] == '"':
			raw.data = append(raw.data, '"')
			line = line[1:]
		case len(line) == 0 || line[0] == ',':
			raw.ends = append(raw.ends, len(raw.data))
			if marked {
				t.lines.release()
			}
			if len(line) == 0 {
				return nil, false, nil
			}
			return line[1:], true, nil
		default:
			if marked {
				t.lines.back()
			}
			raw.fault = errorf(CodeSyntax, "", "not CSV: something follows the closing quote of cell %d", len(raw.ends)+1).
				hint("double the quotes within a cell")
			return nil, false, nil
		}
	}
}
