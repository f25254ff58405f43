package portfolio

import "time"

// CheckpointEvery makes DecideFile keep how far it is every so often.
func CheckpointEvery(d time.Duration) Option { return func(o *options) { o.checkpoint = d } }

// AppendCell is appendCell.
func AppendCell(dst []byte, s string) []byte { return appendCell(dst, s) }
