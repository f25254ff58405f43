package bounds

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/tallystick-go/tallystick/internal/slot"
	"github.com/tallystick-go/tallystick/policy/internal/formula"
)

// keyOf returns a text that is the same for parts that yield the same wherever they stand.
func (e *evaluator) keyOf(n formula.Node) string {
	var b strings.Builder
	e.write(&b, n)
	return b.String()
}

// variableKey returns a short key for a variable that holds n: where variables are made of variables, a key that repeated
// those would grow beyond all bounds.
func (e *evaluator) variableKey(n formula.Node) string {
	key := e.keyOf(n)
	i, known := e.variables[key]
	if !known {
		i = len(e.variables)
		e.variables[key] = i
	}
	return "variable" + strconv.Itoa(i)
}

func (e *evaluator) write(b *strings.Builder, n formula.Node) {
	name := ""
	switch n := n.(type) {
	case *formula.Const:
		writeValue(b, &n.Value)
		return
	case *formula.Read:
		b.WriteString("slot" + strconv.Itoa(n.Slot))
		return
	case *formula.Local:
		if l, ok := e.locals[n.Slot]; ok {
			b.WriteString(l.key)
			return
		}
		b.WriteString("item" + strconv.Itoa(n.Slot))
		return
	case *formula.Let:
		e.with(n.Slot, local{key: e.variableKey(n.Value)}).write(b, n.Body)
		return
	case *formula.Each:
		b.WriteString(n.Name + strconv.Itoa(n.Item))
		b.WriteByte('(')
		e.write(b, n.List)
		b.WriteByte(',')
		e.with(n.Item, local{key: "item" + strconv.Itoa(n.Item)}).write(b, n.Body)
		b.WriteByte(')')
		return
	case *formula.Unary:
		name = n.Op.String()
	case *formula.Binary:
		name = n.Op.String()
	case *formula.Call:
		name = n.Name
	case *formula.NativeCall:
		name = "native " + n.Name
	case *formula.Field:
		name = "." + n.Name
	case *formula.Pick:
		name = "pick " + strings.Join(n.Keys, ",")
	default:
		name = fmt.Sprintf("%T", n)
	}
	b.WriteString(name)
	b.WriteByte('(')
	for i, child := range n.Children() {
		if i > 0 {
			b.WriteByte(',')
		}
		e.write(b, child)
	}
	b.WriteByte(')')
}

func writeValue(b *strings.Builder, v *slot.Value) {
	b.WriteString(v.Kind.String())
	b.WriteByte(' ')
	switch v.Kind {
	case slot.Number:
		b.WriteString(v.Num.String())
	case slot.String:
		b.WriteString(strconv.Quote(v.Str))
	case slot.List, slot.Record:
		for i := range v.List {
			writeValue(b, &v.List[i])
			b.WriteByte(';')
		}
	default:
		b.WriteString(strconv.FormatInt(v.Int, 10))
	}
}
