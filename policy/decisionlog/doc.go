// Package decisionlog keeps decisions so that they can be proved later: a [Log] takes a line for each decision, and [Replay]
// decides all of them again and compares every byte.
//
//	log, err := decisionlog.Open("decisions.log")
//	d, err := store.Decide("customer-management", record, policy.AsOf(day))
//	err = log.Append(d) // before anybody is told
//
//	report, err := decisionlog.Replay(file, policies, func(f *decisionlog.Finding) { fmt.Println(f) })
//	fmt.Println(report.Decisions, report.Same)
//
// # The format
//
// A log is a text in UTF-8. A line is a JSON object that needs no other line to be understood; its members stand in this order,
// without spaces:
//
//	log       1, the version of the format; every version that was ever written can be read for ever
//	engine    policy.Engine of what decided
//	record    what was decided on, see policy.Decision.AppendRecord; without what is masked
//	masked    the commitments of what is masked, by the names of the inputs; left out where nothing is
//	result    the decision, see policy.Decision.MarshalJSON: with id, version, digest and meaning of the policy, and the day
//	prev      hash of the line before; empty in the first line of a log
//	hash      SHA-256 in hexadecimal of the line up to the comma before this member
//
// A line that was damaged or altered no longer has its hash, and one that was taken out, put in or moved breaks the chain of
// prev. Nothing in a log can show that lines at its end were cut off, or that all of it was written anew: for that, keep
// the hash of its last line ([Report.Head], `tally replay` prints it) somewhere else, from time to time.
//
// # What is masked
//
// With [Mask] the log does not have the values of some inputs. The policy must not read them, so that the decision on the
// record without them is the same, and is what is logged and proved; a name or the number of an identity card is of that
// kind. In place of a value stands its commitment:
//
//	salt        HMAC-SHA-256, by the key, of: prev of the line, a newline, the name of the input
//	commitment  SHA-256 in hexadecimal of: the 32 bytes of the salt, the value as text (policy.Decision.Value)
//
// Who has the key can find the lines of a customer whose value he knows ([Claim]), and prove one of them to others by telling
// the value and its salt, which opens no other line. Who has not can neither guess values nor see which lines are of the same
// customer; once the key is destroyed, nobody can. Keep the key apart from the log.
//
// # After a crash
//
// A line is written at once, with its end last. What a crash or a full disk leaves of one is no decision that anybody was told
// of, if it is appended before: [Replay] reports it, and [Open] cuts it off. A log has one writer at a time; two that
// write to the same file break the chain.
package decisionlog
