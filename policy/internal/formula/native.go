package formula

import (
	"fmt"
	"unicode/utf8"

	"github.com/tallystick-go/tallystick/internal/slot"
)

// nativeOf compiles a call of an embedder's function.
func nativeOf(n *NativeCall) fn[slot.Value] {
	args := make([]fn[slot.Value], len(n.Args))
	for i, a := range n.Args {
		args[i] = valueOf(a)
	}
	return func(f *slot.Frame) (slot.Value, slot.Absence) {
		values := make([]slot.Value, len(args))
		var absent slot.Absence
		for i, x := range args {
			v, a := x(f)
			absent = f.Both(absent, a)
			values[i] = v
		}
		if absent != 0 {
			return slot.Value{}, absent
		}
		// An error further in means that a value was lost on the way.
		if f.Err() != nil || !f.Step(1) {
			return slot.Value{}, slot.Broken
		}
		v, err := callNative(n, values)
		switch {
		case err != nil:
			return slot.Value{}, f.Fail(fmt.Errorf("the function `%s`: %w", n.Name, err))
		case v.Kind == slot.Missing:
			// An absence that the function made up means nothing in this frame.
			return slot.Value{}, blame(f, n.Atom)
		}
		if err := fits(v, n.Native.Result, n.grades, 0); err != nil {
			return slot.Value{}, f.Fail(fmt.Errorf("the function `%s` returned %w", n.Name, err))
		}
		return v, 0
	}
}

func callNative(n *NativeCall, args []slot.Value) (v slot.Value, err error) {
	defer func() {
		if r := recover(); r != nil {
			v, err = slot.Value{}, fmt.Errorf("it panicked: %v", r)
		}
	}()
	return n.Native.Call(args)
}

// fits reports what v, which an embedder's function returned, is instead of a t.
func fits(v slot.Value, t *slot.Type, grades, depth int) error {
	switch {
	case v.Kind != t.Kind:
		return fmt.Errorf("%s where %s was promised", kindPhrase(v.Kind), phrase(t))
	case depth > MaxDepth:
		return fmt.Errorf("lists nested more than %d deep", MaxDepth)
	}
	switch v.Kind {
	case slot.Number:
		if v.Num.TooLarge() {
			return fmt.Errorf("a number of more than 9,800 digits")
		}
	case slot.String:
		if len(v.Str) > MaxString {
			return fmt.Errorf("a string of more than %d KiB", MaxString>>10)
		}
		if !utf8.ValidString(v.Str) {
			return fmt.Errorf("a string that is not UTF-8")
		}
	case slot.Date:
		if v.Int < firstDay || v.Int > lastDay {
			return fmt.Errorf("a date beyond the years 1 to 9999")
		}
	case slot.Grade:
		if v.Int < 0 || v.Int >= int64(grades) {
			return fmt.Errorf("a grade that is not on the scale")
		}
	case slot.List:
		for _, w := range v.List {
			if w.Kind == slot.Missing {
				continue
			}
			if t.Elem == nil {
				return fmt.Errorf("a list that is not empty")
			}
			if err := fits(w, t.Elem, grades, depth+1); err != nil {
				return fmt.Errorf("a list with %w", err)
			}
		}
	case slot.Record:
		if len(v.List) != len(t.Fields) {
			return fmt.Errorf("a record of %d fields where %d were promised", len(v.List), len(t.Fields))
		}
		for i, w := range v.List {
			if w.Kind == slot.Missing {
				continue
			}
			if err := fits(w, t.Fields[i].Type, grades, depth+1); err != nil {
				return fmt.Errorf("a field `%s` with %w", t.Fields[i].Name, err)
			}
		}
	}
	return nil
}
