package scoring

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/tallystick-go/tallystick/internal/doc"
)

// Registry knows methods or combiners by the names that policy files use. It is not safe for concurrent use while names
// are being registered.
type Registry[T any] struct {
	what     string // "method", for messages
	makers   map[string]func() T
	docs     map[string]string // what those of this package do
	reserved []string          // names that mean something else in the same place
	short    bool              // whether the bare name will do where no parameter must be given
}

// MethodRegistry knows the methods that a policy may name.
type MethodRegistry = Registry[Method]

// CombinerRegistry knows the combiners that a policy may name.
type CombinerRegistry = Registry[Combiner]

// Methods returns a fresh registry with the methods of this package.
func Methods() *MethodRegistry {
	return &MethodRegistry{
		what:     "method",
		reserved: keysOf[Indicator](),
		makers: map[string]func() Method{
			"bands":        func() Method { return new(Bands) },
			"categories":   func() Method { return new(Categories) },
			"rules":        func() Method { return new(Rules) },
			"linear":       func() Method { return new(Linear) },
			"proportional": func() Method { return new(Proportional) },
			"efficacy":     func() Method { return new(Efficacy) },
			"wall":         func() Method { return new(Wall) },
			"deduct":       func() Method { return new(Deduct) },
			"occurrences":  func() Method { return new(Occurrences) },
			"formula":      func() Method { return new(Formula) },
			"best":         func() Method { return new(Best) },
			"worst":        func() Method { return new(Worst) },
			"mean":         func() Method { return new(Mean) },
		},
		docs: map[string]string{
			"bands":        "分段计分: the points of the first row in whose band the value lies",
			"categories":   "分类计分: points by value",
			"rules":        "条件计分: the points of the rows whose condition holds",
			"linear":       "线性插值: points along straight lines between knots",
			"proportional": "比例计分: points in proportion to the value, or inversely",
			"efficacy":     "功效系数法: five levels of the value, points in proportion between them",
			"wall":         "沃尔评分法: standard points, and more or fewer for the distance from the standard",
			"deduct":       "扣分: points off the weight for the distance beyond a standard",
			"occurrences":  "按次扣分: points off for each time that it happened, some given back for repairs",
			"formula":      "公式计分: an expression that yields the points",
			"best":         "孰高: the most points of several methods",
			"worst":        "孰低: the least points of several methods",
			"mean":         "平均: the mean of the points of several methods",
		},
	}
}

// Combiners returns a fresh registry with the combiners of this package.
func Combiners() *CombinerRegistry {
	return &CombinerRegistry{
		what:  "combiner",
		short: true,
		makers: map[string]func() Combiner{
			"sum":           func() Combiner { return new(Sum) },
			"weighted_mean": func() Combiner { return new(WeightedMean) },
			"minimum":       func() Combiner { return new(Minimum) },
			"product":       func() Combiner { return new(Product) },
			"points":        func() Combiner { return new(Points) },
			"modified":      func() Combiner { return new(Modified) },
		},
		docs: map[string]string{
			"sum":           "合计: the points added up",
			"weighted_mean": "加权平均: the mean of the points, by weight",
			"minimum":       "取最低: the least points of all",
			"product":       "连乘: the points multiplied",
			"points":        "积分卡: an initial score and points without weights, with ranked reasons",
			"modified":      "基本分 × 修正系数: the score of the indicators, corrected by modifiers",
		},
	}
}

// Names returns the names, sorted.
func (r *Registry[T]) Names() []string {
	names := make([]string, 0, len(r.makers))
	for name := range r.makers {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// New returns a new T to be filled, and false when the name is not known.
func (r *Registry[T]) New(name string) (x T, ok bool) {
	f, ok := r.makers[name]
	if !ok {
		return x, false
	}
	return f(), true
}

// Register adds name. What it makes must be a pointer, each time a new one, to something whose fields a policy file can
// fill.
func (r *Registry[T]) Register(name string, maker func() T) (err error) {
	if !validID(name) {
		return fmt.Errorf("scoring: %q cannot be a name: use letters, digits and _, and begin with a letter", name)
	}
	if _, known := r.makers[name]; known {
		return fmt.Errorf("scoring: the name %q is taken", name)
	}
	if slices.Contains(r.reserved, name) {
		return fmt.Errorf("scoring: %q is a key of every indicator and cannot be a method as well", name)
	}
	if maker == nil {
		return fmt.Errorf("scoring: %q is registered without a function that makes it", name)
	}
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("scoring: making %q panics: %v", name, p)
		}
	}()
	x := maker()
	if t := reflect.TypeOf(x); t == nil || t.Kind() != reflect.Pointer || reflect.ValueOf(x).IsNil() {
		return fmt.Errorf("scoring: what is made for %q must be a pointer to something new", name)
	}
	if err := doc.Decodable(reflect.TypeOf(x)); err != nil {
		return fmt.Errorf("scoring: %q: %w", name, err)
	}
	r.makers[name] = maker
	return nil
}

// Variants returns what a decoder of policy files needs to know.
func (r *Registry[T]) Variants() doc.Variants {
	return doc.Variants{
		What:  r.what,
		Names: r.Names,
		New: func(name string) (any, bool) {
			x, ok := r.New(name)
			return x, ok
		},
		Short: func(any) bool { return r.short },
		Doc:   func(name string) string { return r.docs[name] },
	}
}

// keysOf returns the keys of the struct T in a policy file.
func keysOf[T any]() []string {
	var keys []string
	for _, f := range reflect.VisibleFields(reflect.TypeFor[T]()) {
		if key, ok := f.Tag.Lookup("key"); ok {
			key, _, _ = strings.Cut(key, ",")
			keys = append(keys, key)
		}
	}
	return keys
}
