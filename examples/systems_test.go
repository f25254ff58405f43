package examples_test

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy/policytest"
	"github.com/tallystick-go/tallystick/policy/tally"
)

// system is a regulation that an example carries out.
type system struct {
	folder  string
	status  []string // words of its README on what the example is made from, and on who issued it
	phrases []string // what the regulation says that an engine can evaluate; … leaves words out
}

// systems are the regulations, in the order of the index.
var systems = []system{
	{"customer-management", nil, []string{
		"客户资质准入管理；客户档案管理；客户等级、信用管理；履约率等方面管理",
		"客户实行准入制度，经核定为合格以上客户始得纳入公司销售和服务范畴",
		"对选定的客户，公司与之签订销售合作协议",
		"公司对客户评定信用等级，根据等级实施不同的管理",
		"定期或不定期地对客户进行评价，不合格的应立即解除销售合作协议",
		"客户采购量考评指标，客户信用履约率考评指标，客户付款考评指标，客户运营状况考评指标",
		"按规定提交相关资料，由销售部门负责收集并初审后报送客户管理办公室评审",
		"客户的资质、企业的规模及运营业绩、资金实力、环境和安全保障能力等进行评议，出具推荐意见，报客户管理委员会审议",
		"客户管理委员会…确定合格客户名单（客户准入评价标准及办法见附件1）",
		"客户等级评估方法 A、B、C（注：各项指标得分最高不超过权重值）",
		"客户等级划分与信用额度计算",
		"客户等级管理汇总表",
		"客户档案管理流程",
		"建立不同的客户服务标准",
		"自发布之日起执行",
	}},
	{"visitor-reception", nil, []string{
		"周一至周五上午8:30至下午5:30，中午12:00至1:30为休息时间",
		"潜在客户、现有客户、合作伙伴及其他来访人员",
		"姓名、来访目的、预计停留时间",
		"特殊贵宾客户…额外细致的服务",
		"根据考核结果进行相应奖惩",
	}},
	{"investor-suitability", nil, []string{
		"基本信息、联系方式、投资偏好、交易历史和风险承受能力等",
		"定期更新",
		"仅供授权人员访问",
		"风险承受能力",
		"不得因客户的大小或交易频率而有所偏颇",
		"定期回顾",
	}},
	{"settlement-funds", nil, []string{
		"施行日期2002.01.01",
		"必须单独立户管理。严禁挪用",
		"一家证券公司在我行只能开立一个客户交易结算资金专用存款账户",
		"确定我行为主办存管银行的一家证券公司只能…一个自有资金专用存款账户",
		"一个证券营业部只能在我行设在当地的分支机构开立一个",
	}},
	{"reception-desk", nil, []string{
		"及时回复客户来访、来电、来信",
		"定期对工作流程和制度进行评估",
		"奖惩机制",
	}},
	{"complaints", nil, []string{
		"（一）工作人员失误和服务态度（二）管理制度、工作流程、服务产品和服务渠道（三）恶意投诉",
		"不能给出处理结果的投诉，要告知客户明确的回复时间",
		"杜绝二次投诉",
	}},
	{"crm-rules", nil, []string{
		"基本信息、服务记录、反馈意见等…真实准确",
		"定期进行客户满意度调查",
		"需求分析作为绩效考核的重要指标",
	}},
	{"group-credit", []string{"摘录"}, []string{
		"跨管辖和直属分行的集团客户为总行级集团客户",
		"在…辖内的集团客户为分行级集团客户",
		"经本行批准的可在规定的授信期间内给予某客户授信的最高值",
		"内部相互联系…单个借款人的风险组合审视",
		"防止信贷集中",
		"实行世界银行项目信贷流程的分支行可按世行流程",
	}},
	{"customer-classes", nil, []string{
		"根据客户的重要性和需求，将客户分为重点客户、一般客户和潜在客户",
		"专门的客户经理",
		"销售团队",
		"市场部",
		"对企业业务、品牌及影响力具有重要作用",
		"一定合作意向和需求",
		"潜在合作机会",
		"根据客户的业绩和忠诚度，给予相应的回馈和奖励",
		"基本信息、历史合作记录、需求和偏好",
	}},
	{"overdraft-abc", []string{"摘录"}, []string{
		"保持良好合作关系、结算量达到一定规模的AA级以上优良客户",
		"在一定额度项下和有效期内使用",
		"短期、临时性的结算需求，不得用透支的形式长期占用",
		"审批权集中到一级分行和总行，一级分行审批权限短期贷款审批权限的30%，超权限的报总行审批",
		"严格按照本办法规定的标准严格选择客户",
		"在充分评估…综合效益影响的基础上，决定是否开办",
	}},
	{"hospital", nil, []string{
		"门诊患者、住院患者、家属和其他",
		"老年人、儿童、残疾人等",
		"未经客户同意…不得…泄露",
		"定期进行备份",
		"个人基本信息、病史、诊疗情况",
	}},
	{"telecom-services", nil, []string{
		"政企客户分为集团级、省级、本地A级、本地B级、本地C级共五个等级",
		"集团公司落地到本地网接应",
		"省公司落地…",
		"商务领航品牌客户、重要的行业产品应用客户、高端聚类客户",
		"各市公司按客户的贡献收入和重要程度自行评定",
		"普通聚类客户",
		"本地A级、本地B级和本地C级可根据实际情况自行调整评定",
		"物流E通1个工作日内反馈，3个工作日处理完",
		"10000+9报障、客户经理代客户报障、监控中心主动发现",
	}},
	{"insurance-data", []string{"摘录", "发文机关已于2018年撤销"}, []string{
		"对存在缺失、虚假问题的客户信息进行补充更正",
		"限期",
		"如果不配合…承担相应的法律责任",
	}},
	{"insurance-data-guangdong", []string{"摘录", "发文机关已于2018年撤销"}, []string{
		"2010年9月30日前…完成相关系统的升级改造",
		"10月1日-15日…验收",
		"不通过的，应在10月31日前完成整改",
		"逾期未完成整改的…行业通报",
		"2010年12月31日前完成历史保单的清理",
		"已承保但仍有未了责任的历史保单",
		"在2010年12月31日前主动修正…将不追究其责任",
		"否则将按照《办法》第二十二条、第二十三条进行处理",
	}},
	{"visit-frequency", nil, []string{
		"重点客户和普通客户",
		"具体标准由销售部门和客户服务部门共同确定，并经过审批",
		"依据客户类型和紧要性订立不同的维护频率和方式",
		"公司基本信息、联系人信息、历史订单信息",
	}},
	{"overdraft-bocom", []string{"摘录"}, []string{
		"必须纳入统一授信额度",
		"用途不得违反国家信贷政策",
		"根据各行不良贷款状况",
		"持《备案回复通知书》（银管备准〔2002〕第0002号）及授权通知，向…人民银行…报告",
		"按照中国人民银行利率管理有关规定",
	}},
	{"investor-classes", nil, []string{
		"根据客户的价值、需求和活跃程度等因素，对客户进行分类",
		"对长期合作和高价值客户给予优先关注和奖励",
		"根据不同客户的投资需求和风险承受能力",
	}},
	{"customer-grades", nil, []string{
		"根据客户的重要程度和需求程度，将客户分为A、B、C等不同等级，并设定相应的服务标准",
		"客户姓名、联系方式、需求",
		"登记→分类→跟进→反馈",
		"加密、备份",
		"要及时报告",
	}},
	{"power-supply", nil, []string{
		"居民用户、工商业用户、政府机关和其他单位组织",
		"提供真实、完整的用电信息",
		"咨询→申请→服务→故障→投诉",
	}},
	{"hair-salon", nil, []string{
		"会员卡和积分卡",
		"生日等纪念日",
		"信息档案系统…每一位客户",
		"相应处罚",
	}},
	{"unified-credit", []string{"摘录"}, []string{
		"控制单一客户的整体信用风险，统一管好银行的本外币信用和表内外信用",
		"公开统一授信的标准（即双优标准）",
		"指定一个信贷部门…不得多头管理",
		"审查报批",
	}},
}

// others are the examples with a policy that teach something else, each tested in its own folder.
var others = []string{"custom-method", "quickstart"}

func TestEveryFolderWithAPolicyIsKnown(t *testing.T) {
	files, err := filepath.Glob("*/policy.yaml")
	require.NoError(t, err)
	var folders []string
	for _, s := range systems {
		folders = append(folders, s.folder)
	}
	folders = append(folders, others...)
	slices.Sort(folders)
	var found []string
	for _, f := range files {
		found = append(found, filepath.Dir(f))
	}
	require.Equal(t, folders, found)
}

func TestEverySystemHolds(t *testing.T) {
	for _, s := range systems {
		t.Run(s.folder, func(t *testing.T) {
			readme := read(t, filepath.Join(s.folder, "README.md"))
			t.Chdir(s.folder)
			command(t, "check", "-strict", "policy.yaml")
			policytest.Run(t, os.DirFS("."), "policy_test.yaml")
			policytest.Covers(t, 100, os.DirFS("."), "policy_test.yaml")
			decided := false
			for line := range strings.Lines(readme) {
				if words := strings.Fields(line); len(words) > 0 && words[0] == "tally" {
					command(t, words[1:]...)
					decided = decided || words[1] == "decide" && strings.HasPrefix(words[len(words)-1], "customers.")
				}
			}
			require.True(t, decided, "its README does not say how the customers are decided")
		})
	}
}

func TestEveryPhraseIsCarriedOut(t *testing.T) {
	for _, s := range systems {
		t.Run(s.folder, func(t *testing.T) {
			for _, words := range s.status {
				require.Contains(t, read(t, filepath.Join(s.folder, "README.md")), words)
			}
			rows := rulesOf(t, s.folder)
			comments := wrapped.ReplaceAllString(read(t, filepath.Join(s.folder, "policy.yaml")), "")
			for _, phrase := range s.phrases {
				require.True(t, slices.ContainsFunc(rows, func(r rule) bool {
					return quotes(r.phrase, phrase) && strings.Contains(r.where, "](") && len(r.cases) > 0
				}), "no rule of %s/README.md quotes 「%s」 with a place and a test case", s.folder, phrase)
				require.True(t, quotes(comments, phrase), "%s/policy.yaml does not quote 「%s」", s.folder, phrase)
			}
		})
	}
}

// wrapped is where a comment goes on in the next line.
var wrapped = regexp.MustCompile(`\n *# *`)

// command runs tally in this folder, which must find nothing wrong.
func command(t *testing.T, args ...string) {
	t.Helper()
	var out bytes.Buffer
	c := tally.Command{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &out}
	require.Equal(t, tally.Done, c.Main(args), "tally %s\n%s", strings.Join(args, " "), &out)
}

func read(t *testing.T, name string) string {
	t.Helper()
	src, err := os.ReadFile(name)
	require.NoError(t, err)
	return string(src)
}
