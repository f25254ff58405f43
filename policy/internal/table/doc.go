// Package table carries out decision tables: rows of cells, each over a column (an input, a value or a result of the
// policy), a result for each row, and a hit policy that says what becomes of the rows that hold. The hit policies are those
// of DMN 1.4 (OMG, section 8.2.8).
//
// [Reader] reads cells from a policy file. [Table.Check] proves what can be proved from the cells (which rows exclude each
// other, what no row covers), and makes the table ready; [Table.Decide] then decides one customer.
package table
