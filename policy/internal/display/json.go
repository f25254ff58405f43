package display

import (
	"encoding/json"
	"io"
)

// WriteJSON writes v as JSON for people and programs: indented by two spaces, <, > and & as they are, with a line break at
// the end. The error is that of the writer, or of a MarshalJSON.
func WriteJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}
