// Package policytest tests policies: it runs the cases that a policy owner has written in YAML beside the policy, and has
// assertions for tests in Go. Start with [Run]:
//
//	func TestPolicy(t *testing.T) {
//		policytest.Run(t, os.DirFS("."), "*_test.yaml")
//	}
//
// A file of cases names its policy, a record that every case starts from, and for each case what changes and what must
// come of it:
//
//	policy: policy.yaml               # relative to this file
//	as_of: 2026-06-30                 # a case may have an as_of of its own
//	base: {name: Ada, purchases: 1_200_000, orders: 48, paid: 47}
//	tests:
//	  - name: somebody whose payments are unknown is looked at
//	    given: {paid: null}           # null makes an input missing; nested inputs by a dotted name or in a map
//	    expect: {outcome: referred, score: null, missing: [paid]}
//
// # What can be expected
//
//	outcome                    admitted, referred or rejected
//	criteria                   {id: pass, fail or unknown}
//	points                     {id of an indicator or a group: number}
//	values                     {name: literal}; of a record, some fields: {risk: {class: good}} or {risk.class: good}
//	score                      number, or a fraction where the policy does not round it: 1/3
//	grade, grade_before        after rules, transitions and an override; by the score alone
//	attributes                 {name: literal}, of the grade
//	limit, proposed_limit      number or unlimited; the latter is what a referred customer would have
//	steps                      {id: amount after that step of the limit}
//	binding                    id of the step that bound the limit, floor or group
//	approval                   who may approve it
//	exposure, available        number; available may be unlimited
//	segments                   {id: its limit, or some of {limit, available, binding}}; null where it is not for the customer
//	request                    allowed, held, refused or unknown
//	reasons                    texts, in any language of the policy, or codes: all must be there in this order; [] for none
//	missing, undefined         exactly these inputs; exactly these expressions
//	valid_until, next_review   date
//	error                      the record or the decision must fail, and the message contain this; or {field, code, message}
//
// What is not listed is not compared; null expects that there is none. Numbers compare by their value: 97.66 equals 97.660
// and is not 97.664. Where a figure is not rounded and its decimals do not end, it is compared as it is printed, to 12
// places; the score is then compared exactly.
//
// A file that asks for what the policy does not have, or gives a record that is not written as the policy declares it, is
// at fault: none of its cases is run, and every fault is told with its line and column.
//
// # Coverage
//
// [Covers] fails where test files show too little of what their policies mean, and suggests cases that show the rest.
package policytest
