package doc

import (
	"slices"
	"sort"
	"strconv"
	"strings"
)

// Suggest returns a hint for a name that is not among names: the nearest one, if any is near, and all that are allowed.
func Suggest(name string, names []string) string {
	names = append([]string(nil), names...)
	sort.Strings(names)
	var b strings.Builder
	if near := Nearest(name, names); near != "" {
		b.WriteString("did you mean `" + near + "`? ")
	}
	switch {
	case len(names) == 0:
		b.WriteString("none are allowed")
	case len(names) > 30:
		b.WriteString("there are " + strconv.Itoa(len(names)) + " names to choose from")
	default:
		b.WriteString("allowed: " + strings.Join(names, ", "))
	}
	return b.String()
}

// inChinese are words that a policy may be written with in place of those of the format.
var inChinese = map[string]string{
	"拒绝": "reject", "否决": "reject", "转人工": "refer", "人工": "refer", "复核": "refer", "警告": "warn", "提示": "warn", "通过": "pass", "忽略": "skip", "适用": "apply",
	"暂缓": "hold", "冻结": "hold", "四舍五入": "half_up", "银行家舍入": "half_even", "四舍六入五成双": "half_even", "舍去": "down", "截断": "down", "进位": "up",
	"文本": "string", "字符串": "string", "数字": "number", "数值": "number", "金额": "number", "日期": "date", "是否": "bool", "布尔": "bool", "列表": "list", "记录": "record",
	"等级": "grade", "类型": "type", "单位": "unit", "最小值": "min", "最大值": "max", "下限": "min", "上限": "max", "小数位": "decimals", "必填": "required", "名称": "title",
	"标题": "title", "编号": "id", "标识": "id", "权重": "weight", "原因": "reason", "条件": "when", "要求": "require", "分数": "points", "得分": "points", "准入": "admission",
	"评分": "scoring", "指标": "indicators", "额度": "limit", "信用额度": "credit", "审批": "approval", "输入": "inputs", "缺失": "missing", "有效期": "valid",
}

// Nearest returns the name that name was most likely meant to be, or "" when none is near.
func Nearest(name string, names []string) string {
	if word := inChinese[name]; slices.Contains(names, word) {
		return word
	}
	best, at := "", len([]rune(name))/3+2 // more changes than this are another word
	for _, n := range names {
		if d := distance([]rune(strings.ToLower(name)), []rune(strings.ToLower(n))); d < at && d < len([]rune(n)) {
			best, at = n, d
		}
	}
	return best
}

// distance counts the insertions, deletions, changes and swaps of neighbours that turn a into b.
func distance(a, b []rune) int {
	if len(a) > 64 || len(b) > 64 {
		return 64 // too long to be a misspelt name
	}
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			change := rows[i-1][j-1]
			if a[i-1] != b[j-1] {
				change++
			}
			rows[i][j] = min(change, rows[i-1][j]+1, rows[i][j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
			}
		}
	}
	return rows[len(a)][len(b)]
}
