package doc

import (
	"fmt"
	"reflect"
)

var (
	unmarshalerType = reflect.TypeFor[Unmarshaler]()
	expressionType  = reflect.TypeFor[Expression]()
)

// Decodable returns an error that names the first tagged field of t, a pointer to what a file fills, that a [Decoder]
// cannot fill. Fields of interface types pass: whether they have Variants is known to the Decoder alone.
func Decodable(t reflect.Type) error {
	if t.Kind() != reflect.Pointer {
		return fmt.Errorf("%s is not a pointer", t)
	}
	return decodable(t.Elem(), t.Elem().String(), map[reflect.Type]bool{})
}

func decodable(t reflect.Type, path string, seen map[reflect.Type]bool) error {
	if seen[t] {
		return nil
	}
	seen[t] = true
	p := reflect.PointerTo(t)
	if t == nodeType || t == textType || t == numberType || t == pairsType || p.Implements(unmarshalerType) || p.Implements(expressionType) {
		return nil
	}
	switch t.Kind() {
	case reflect.String, reflect.Bool, reflect.Int, reflect.Interface:
		return nil
	case reflect.Pointer, reflect.Slice:
		return decodable(t.Elem(), path, seen)
	case reflect.Struct:
		for _, f := range reflect.VisibleFields(t) {
			if _, tagged := f.Tag.Lookup("key"); !tagged {
				continue
			}
			if !f.IsExported() {
				return fmt.Errorf("the field %s.%s has a key but is not exported", path, f.Name)
			}
			if err := decodable(f.Type, path+"."+f.Name, seen); err != nil {
				return err
			}
		}
		return nil
	}
	return fmt.Errorf("%s is a %s, which a policy file cannot fill", path, t)
}
