package scoring

import (
	"reflect"
	"slices"

	"github.com/tallystick-go/tallystick/internal/doc"
)

// Weighting gives some customers other weights (条件权重): a trader's turnover may count for more than a manufacturer's. The
// first one that holds is taken; indicators that it does not name keep their weights, and all of them still add up to the
// total. Where it cannot be told whether it holds, there is no score and the customer is referred.
//
//	weights:
//	  - {when: kind == '贸易', is: {turnover: 60, equity: 40}}
type Weighting struct {
	At
	When Condition        `key:"when,required" doc:"for whom"`
	Is   doc.Dict[Number] `key:"is,required" doc:"other weights, by the id of the indicator"`

	card *Card // the card with these weights
}

// weightings makes a card of its own for each Weighting: what is worked out beforehand then holds for its weights alone.
func (c *Card) weightings(r Rounding, known []Fault) (faults []Fault) {
	for i := range c.Weights {
		w := &c.Weights[i]
		card := *c
		card.Weights = nil
		card.Indicators = make([]Indicator, len(c.Indicators))
		ids := make([]string, len(c.Indicators))
		for j := range c.Indicators {
			card.Indicators[j] = c.Indicators[j]
			card.Indicators[j].Method = cloneMethod(c.Indicators[j].Method)
			ids[j] = c.Indicators[j].ID.Value
			if n := w.Is.Get(ids[j]); n != nil {
				card.Indicators[j].Weight = n
			}
		}
		for _, x := range w.Is {
			if !slices.Contains(ids, x.Name.Value) {
				faults = append(faults, doc.Errorf(x.Name.Place(), "unknown-name", "there is no indicator `%s`", x.Name).WithHint("%s", doc.Suggest(x.Name.Value, ids)))
			}
		}
		for _, f := range card.Check(r) {
			if !repeats(known, f) {
				f.Place = w.Key("is") // it is right with the card's own weights, so it is these
				faults = append(faults, f)
			}
		}
		w.card = &card
	}
	return faults
}

// repeats reports whether f was found with the card's own weights already.
func repeats(known []Fault, f Fault) bool {
	for _, k := range known {
		if k.Place == f.Place && k.Message == f.Message {
			return true
		}
	}
	return false
}

// weighted returns the card whose weights count for the customer in f; nil where that cannot be told, because of missing.
func (c *Card) weighted(f *Frame, out *Result) (card *Card, missing Absence) {
	for i := range c.Weights {
		w := &c.Weights[i]
		holds, absent := w.When.Eval(f)
		if out.caught(f.TakeErr()) {
			return c, 0
		}
		if absent != 0 {
			return nil, absent
		}
		if holds {
			return w.card, 0
		}
	}
	return c, 0
}

// cloneMethod returns a copy of m that can be checked for another weight, with the rows and the methods in it copied as well.
func cloneMethod(m Method) Method {
	from := reflect.ValueOf(m)
	if from.Kind() != reflect.Pointer || from.IsNil() {
		return m
	}
	to := reflect.New(from.Type().Elem())
	to.Elem().Set(from.Elem())
	separate(to.Elem())
	return to.Interface().(Method)
}

// separate gives v slices and methods of its own, as far as a policy file can fill them.
func separate(v reflect.Value) {
	switch v.Kind() {
	case reflect.Interface:
		if m, ok := v.Interface().(Method); ok && m != nil {
			v.Set(reflect.ValueOf(cloneMethod(m)))
		}
	case reflect.Slice:
		if v.IsNil() {
			return
		}
		own := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		reflect.Copy(own, v)
		v.Set(own)
		for i := range v.Len() {
			separate(v.Index(i))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Field(i); f.CanSet() {
				separate(f)
			}
		}
	}
}
