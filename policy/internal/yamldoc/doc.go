// Package yamldoc reads a YAML file into [doc.Node] values that know where they stand. It is the only package that
// imports gopkg.in/yaml.v3.
//
// Start with [Parse]. The tree is yaml.v3's; a scan of our own runs before it, because yaml.v3 neither limits the depth
// before it recurses, nor says where in the line a fault is, nor finds more than one fault, and it drops what follows
// the first document without a word. The scan follows yaml.v3's scanner rule by rule, so that both see the same scalars
// (a fuzz test compares them), and remembers where each one stands; [Source.Locate] decodes a scalar again from there
// and so finds the place of every character of its text.
//
// The notation is YAML 1.2 without what makes one text mean another elsewhere in the file, or mean what it does not
// say: no anchors, aliases, merge keys, tags, directives or further documents, and no invisible characters. Scalars
// stay text: 010, yes, 2024-01-02 and 1e400 are what was written; only an empty value, null and ~ are nothing.
//
// Limits, checked before the work is done: [MaxSize] and [MaxDepth]. What is reported is limited to 100 faults.
package yamldoc
