package doc

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestTheNearestNameIsTheOneThatWasMeant(t *testing.T) {
	names := []string{"otherwise", "missing", "min", "max", "title", "reject", "refer"}
	for name, want := range map[string]string{
		"othrwise": "otherwise", "Missing": "missing", "mni": "min", "titel": "title", "拒绝": "reject", "转人工": "refer", "标题": "title", "上限": "max",
		"四舍五入": "", "whatever": "", "": "", "m": "",
	} {
		assert.Equal(t, want, Nearest(name, names), name)
	}
	assert.Equal(t, "did you mean `reject`? allowed: refer, reject", Suggest("拒绝", []string{"reject", "refer"}))
	assert.Equal(t, "allowed: refer, reject", Suggest("四舍五入", []string{"reject", "refer"}))
	assert.Equal(t, "none are allowed", Suggest("x", nil))
}

func TestAValueThatIsNotThereIsSaidToBeNothing(t *testing.T) {
	assert.Equal(t, "nothing is written here, but a list is needed", Needed(&Node{Kind: Null}, "a list").Message)
	assert.Equal(t, "a list is needed here, not a map of keys", Needed(&Node{Kind: Map}, "a list").Message)
}
