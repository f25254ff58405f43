// Package coverage measures how much of what a policy means has been seen at work: not lines that were run, but answers
// that were given. Each criterion met, not met and not to be told; each row of each method and table; each threshold from
// both sides; each grade, rule, step, approver and verdict is an [Item], and a decision either shows it or does not.
//
// Start with [New], give it decisions by [Coverage.Add], and ask [Coverage.Seen] of each of its Items. [Coverage.Suggest]
// looks for records that show the rest.
//
// # Thresholds
//
// A threshold has been tested when a customer was exactly on it, and another next to it on the side where the answer is
// another one: one unit away, at the decimals that the inputs declare, a day for dates, the places of the policy's rounding
// for the score and the limit. Where nothing says how fine a quantity is (a ratio), any value below will do, and any above.
// Thresholds are the bounds of bands and grades, the knots of lines, the levels of methods, the numbers in the cells of
// tables, what an approver may approve, and every constant, and the day of the decision, that a condition compares with.
//
// # What does not count
//
// Items that are known never to happen are left out: rows that the loader has proved never to hold, values that an input
// cannot have, data that cannot be missing because the input is required.
package coverage
