// Package scoring gives points for what is known of a customer and adds them up to a score.
//
// Start with [Card].
package scoring
