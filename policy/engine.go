package policy

// Engine is the version of what decides. It goes up whenever the same policy, record and day may give other bytes than
// before, so that a decision of old that comes out differently can be told from one that was altered.
const Engine = 1
