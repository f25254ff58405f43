package yamldoc

// samples are files of every notation, right and wrong, from which the fuzz tests start.
var samples = []string{
	"a: b\nc: [d, e, {f: g}]\nh:\n- i\n- j: k\n  l: m\n",
	"a: 'it''s'\nb: \"x\\ty \\u4e2d\\\n  z\"\nc: |\n  literal\n   text\n\nd: >-\n  folded\n  text\n\n  more\n",
	"- a\n-\n  - b\n- - c\n  - d\n- e: f\n- [a: b, c]\n",
	"? a\n: b\n? [c, d]\n: e\n[f, g]: h\n{i: j}: k\n",
	"title: {zh: 客户管理办法, en: 'x'}  # 注释\n中文: 值\n",
	"plain: one\n  two\n\n  three # comment\nnext: 4\n",
	"{a: b, c, d: , 'e':f, \"g\":h, i:j, k: [l,\n m], n: o\n  p}",
	"a: |2+\n    x\n   y\n\n\nb: >+\n\n  c\n\n   d\n\n e: 1\n",
	"\ufeffa: b\r\nc: |\r\n  d\r\n  e\r\nf: \"g\r\n  h\"\r\n",
	"---\na: 1\n...\n# end\n",
	"a: 1\n---\nb: 2\n",
	"a: 1\n...\nb: 2\n",
	"%YAML 1.1\n---\na: 1\n",
	"a: &x 1\nb: *x\n<<: {c: d}\ne: !!str 5\nf: !g h\ni: ! j\n",
	"\ta: b\n", "a:\n\t- b\n", "a: b\n\t\nc: d\n", "-\ta\n", "a:\tb\n",
	"a: b: c\n", "a: 'b\n", "a: \"b\\q\"\n", "a: [b\n", "a: {b]\n", "a: @b\n", "a: %b\n", "a\nb: c\n", "a: b\nc\n",
	"a: 1\n b: 2\n", "a:\n  b: 1\n c: 2\n", "- a\nb: c\n", "a: - b\n", "a: 'b' c\n", "[a] b\n", "a: > b\n", "{a b: c: d}\n",
	"[a, , b]\n", "{? a : b}\n", "{of: min(a, b)}\n", "of: sum(m, #.a)\n", "a: \u3000b\n", "a: b\u00a0\n",
	"", "\n", "# a\n", "---\n", "...\n", "~\n", "null\n", "''\n", "|\n", ">-\n", "a", "'a'", "\"a\"", "|\n a", "- ",
	"a: \U0001f600 # x\n'\U0001f600': [\U0001f600, b]\n", "[[[[]]]]", "{{}: {}}", "- - - - -\n", "? ? ? a\n", "a:\n- b\n- c\nd:\n  - e\n",
	"\"\\x41\\u4e2d\\U0001F600\\e\\0\\N\\_\\L\\P\\ \\\"\\\\\\\t\"", "'a\n\n  b\n c'", "\"a  \\\n\n   b\n\n\n c \"",
	"a: b\rc: d\r", "a: \"\r\r\"\r", "--- a\n", "--- |\n a\n", "a: ---\n", "a:\n  ---\n", "a: '\n---\n'", "a:\n  - b\n # c\n  - d\n",
	"# a\n\t# b\nc: d\n", "key: [a\n# c\n, b]\n", "a: b #c\n  d\n", "a: b\n  #c\n  d: e\n", "a: |#\n b\n", "a: | # c\n b\n", "a: |\n\t b\n", "a: \"b\\", "a: 1\n? b\n: c\n? d\n", "'\u200b\x00",
}
