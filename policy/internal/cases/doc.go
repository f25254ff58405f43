// Package cases reads test files of policies, decides their cases, and says what is not as expected, with the figures
// behind it. Start with [Load]; the package policytest and the command tally run files with it.
//
// # The file
//
//	policy: policy.yaml               # relative to the test file
//	as_of: 2026-06-30                 # the day of every case that has no as_of of its own
//	base:                             # a record that every case starts from
//	  name: Ada
//	  applicant: {age: 41}
//	tests:
//	  - name: an applicant of unknown age is referred
//	    given: {applicant.age: null}  # changes to base: null makes an input missing; names dotted or nested
//	    expect: {outcome: referred, missing: [applicant.age]}
//
// What can be expected is listed by the tags of the type expect. Only what is listed is compared; null expects that there
// is none: `score: null`.
//
// # How figures compare
//
// A case is compared with what the decision prints, see policy.Decision.MarshalJSON. Numbers compare by their value, not
// by their text: 97.66 equals 97.660, and is not 97.664. A figure that is not rounded and whose decimals do not end is
// printed, and compared, to 12 places; but a score of that kind is compared exactly, and may be written as a fraction: 1/3.
//
// # What is a fault
//
// A file that asks for what its policy does not have (an unknown key, a misspelt indicator, a text where the policy declares
// a number) has faults, and none of its cases is run. A record that the policy refuses for another reason (a required input
// is missing, a number is out of its range) is what the case is about, and fails the case unless it expects an error.
package cases
