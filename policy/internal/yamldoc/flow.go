package yamldoc

// bracket is an open [ or {.
type bracket struct {
	token    int
	slot     slot
	explicit bool // the key of this entry begins with ?
	colon    bool // this entry has a colon
	paren    parens
}

// slot says what an entry in brackets has so far.
type slot uint8

const (
	nothingYet slot = iota
	afterColon
	complete
)

func (s *scanner) inFlow() bool { return len(s.brackets) > 0 }

func (s *scanner) bracket() *bracket { return &s.brackets[len(s.brackets)-1] }

func (s *scanner) flowColon(valid bool) {
	b := s.bracket()
	switch {
	case b.colon:
		s.strayColon()
	case b.slot == nothingYet && !b.explicit && !s.property:
		s.fault(s.spot, 1, "there is no key in front of this colon", noKeyHint)
	case b.slot == complete && !valid && !b.explicit:
		if s.bracketLeftOpen() {
			return
		}
		s.fault(s.spot, 1, "the colon must stand in the line in which its key begins", "write the key and the colon in one line")
	}
	b.colon = true
	b.slot = afterColon
	s.keyAllowed = false
}

func (s *scanner) open(left []level) {
	s.begin(left)
	s.addToken(bracketed, s.spot, s.off+1)
	s.brackets = append(s.brackets, bracket{token: len(s.tokens) - 1})
	s.keys = append(s.keys, key{})
	s.keyAllowed = true
	s.checkDepth(s.spot)
	s.next()
}

func (s *scanner) close() {
	b := s.peek(0)
	if !s.inFlow() {
		s.fault(s.spot, 1, "there is a `"+string(b)+"` here, but nothing that it closes", quoteHint)
		s.dropKey()
		s.keyAllowed = false
		s.next()
		return
	}
	opener := &s.tokens[s.bracket().token]
	if want := closing(s.text[opener.off]); b != want {
		s.wrongBracket(b, want)
		return
	}
	s.next()
	opener.end = int32(s.off)
	if int(opener.line) == s.line {
		opener.width = int32(s.col) - opener.col
	}
	s.last = s.tokens[s.bracket().token]
	s.brackets = s.brackets[:len(s.brackets)-1]
	s.keys = s.keys[:len(s.keys)-1]
	s.keyAllowed = false
	s.done()
}

func (s *scanner) comma() {
	if !s.inFlow() {
		s.fault(s.spot, 1, "a value cannot begin with a comma", quoteHint)
		s.next()
		return
	}
	b := s.bracket()
	if b.slot == nothingYet && !s.property {
		s.fault(s.spot, 1, "there is nothing in front of this comma", "delete it, or write what is missing")
	}
	b.slot, b.colon, b.explicit, s.property = nothingYet, false, false, false
	s.dropKey()
	s.keyAllowed = true
	s.next()
}

// pair names the brackets that the scanner is in.
func (s *scanner) pair() string {
	if s.text[s.tokens[s.bracket().token].off] == '[' {
		return "[ ]"
	}
	return "{ }"
}

func closing(opening byte) byte {
	if opening == '[' {
		return ']'
	}
	return '}'
}
