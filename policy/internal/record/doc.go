// Package record reads a customer's record, in whatever form it comes, into the slots of a [slot.Frame], and names every
// fault of the record at once.
//
// Start with [New], which makes a [Schema] of the inputs that a policy declares. A Schema reads Go maps ([Schema.ReadMap]),
// JSON objects ([Schema.ReadJSON]), rows of CSV ([Schema.Columns]), Go structs ([Schema.Bind]) and customers' files
// ([Open]). It is immutable and safe for concurrent use; the frame belongs to the caller.
//
//	s := record.New([]record.Input{{Name: "overdue_days", Type: slot.NumberType}}, record.Options{})
//	err := s.ReadJSON(frame, []byte(`{"overdue_days": 5}`))
//
// # What is the same for every form
//
// Input i fills slot i. All slots of inputs are written by each read, whether it succeeds or not; what is missing or at
// fault becomes [slot.Gone], blamed on the atom of the input. A read returns nil or [Errors], in the order of the inputs,
// followed by the unknown names in alphabetical order.
//
// Absent (not in the record), null (there, but empty), an unknown name and a wrong type are four different things and
// have codes of their own. Absent and null are faults only for a required input; otherwise the input is missing.
//
// Numbers keep the text in which they were written; none passes through binary floating point. A date has no zone.
//
// # Limits
//
//	what                                   limit                 beyond it
//	text of a number                       64 characters         "too-long"
//	a text                                 64 KiB (MaxText)      "too-long"
//	items of a list                        10,000 (MaxItems)     "too-long"
//	one record of a file                   1 MiB (MaxRecord)     "too-long"
//	nesting in ParseRecord                 64 levels             "syntax"
//	faults that are told of one record     100 (MaxFaults)       the rest is counted, "more"
package record
