// Package display lays out text for a terminal, where a Chinese character takes two columns, and for Markdown: [Width] counts
// columns, [Table] aligns cells, [Caret] marks a part of a line, [MarkdownText] keeps text from being read as marks,
// [Thousands] groups digits. [WriteJSON] is the JSON of reports.
//
// Terminals differ on what Unicode leaves open. Characters of ambiguous width (such as “ and ①) count 1, as they do
// outside of East Asian legacy encodings, and an emoji made of several by joiners counts the sum of its parts.
package display
