package meaning

import (
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy/internal/model"
	"github.com/tallystick-go/tallystick/scoring"
)

// structs gathers the structs of the format that can be reached from t, by their names.
func structs(t reflect.Type, out map[string]reflect.Type) {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice:
		structs(t.Elem(), out)
	case reflect.Struct:
		if _, seen := out[t.String()]; seen {
			return
		}
		out[t.String()] = t
		for _, f := range reflect.VisibleFields(t) {
			if f.IsExported() {
				structs(f.Type, out)
			}
		}
	}
}

// What goes without saying is said by the same tags that describe the keys to people and editors.
func TestWhatGoesWithoutSayingIsWhatTheKeysTell(t *testing.T) {
	all := map[string]reflect.Type{}
	structs(reflect.TypeFor[model.File](), all)
	methods, combiners := scoring.Methods(), scoring.Combiners()
	for _, name := range methods.Names() {
		x, _ := methods.Variants().New(name)
		structs(reflect.TypeOf(x), all)
	}
	for _, name := range combiners.Names() {
		x, _ := combiners.Variants().New(name)
		structs(reflect.TypeOf(x), all)
	}
	for at, standard := range unsaid {
		i := strings.LastIndexByte(at, '.')
		structure, key := all[at[:i]], at[i+1:]
		require.NotNil(t, structure, at)
		found := false
		for _, f := range reflect.VisibleFields(structure) {
			name, options, _ := strings.Cut(f.Tag.Get("key"), ",")
			if name != key {
				continue
			}
			found = true
			said := f.Tag.Get("doc")
			switch {
			case f.Type.Kind() == reflect.Bool:
				require.Equal(t, "false", standard, at)
			case strings.Contains(said, "unsaid"):
				require.Contains(t, said, standard, at)
			default:
				require.True(t, strings.HasPrefix(at, "model.Rounding."), "%s: %s, %s", at, options, said)
			}
		}
		require.True(t, found, at)
	}
}
