package table

// Hit is a hit policy: what becomes of the rows that hold.
type Hit uint8

// The hit policies. Where no row holds, the result is missing, save for List and OutputOrder (an empty list) and Count (0).
const (
	First       Hit = iota // the first row that holds
	Unique                 // the one row that holds; two are an error
	Any                    // what all rows that hold agree on; two that differ are an error
	Priority               // the row whose result stands first in the order
	OutputOrder            // the results of all rows that hold, sorted by the order
	List                   // the results of all rows that hold, in the order of the rows
	Sum                    // the results added up
	Min                    // the least result
	Max                    // the greatest result
	Count                  // how many rows hold
)

var hitNames = [...]string{"first", "unique", "any", "priority", "output_order", "list", "sum", "min", "max", "count"}

// ParseHit returns the hit policy with this name; the empty name is First.
func ParseHit(name string) (h Hit, ok bool) {
	for i, n := range hitNames {
		if n == name {
			return Hit(i), true
		}
	}
	return First, name == ""
}

// String returns the name of the hit policy.
func (h Hit) String() string {
	if int(h) < len(hitNames) {
		return hitNames[h]
	}
	return "unknown"
}

// Ordered reports whether the hit policy needs an order of the results.
func (h Hit) Ordered() bool { return h == Priority || h == OutputOrder }

// Numeric reports whether the hit policy calculates with the results.
func (h Hit) Numeric() bool { return h == Sum || h == Min || h == Max }

// Listing reports whether the result is a list.
func (h Hit) Listing() bool { return h == List || h == OutputOrder }

// Always reports whether there is a result even where no row holds.
func (h Hit) Always() bool { return h == Count || h.Listing() }
