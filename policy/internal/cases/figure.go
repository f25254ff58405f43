package cases

// figure is something that a case can expect of a decision.
type figure struct {
	section string   // what the policy must have for it; "" for nothing
	parts   []string // one of these keys of that section, too; nil for nothing
	names   string   // what it is expected of, where there are several; see outline.known
	choices string   // what it can be, where that is known; likewise

	got    func(p *printed, name string) any    // what the decision has: a string, a bool, a list, or nil for none
	same   func(w Want, got any) bool           // whether that is as expected; the function same if unsaid
	behind func(p *printed, name string) string // the figures behind it, in lines
}

// figures are all of them, by their key in a test file.
var figures = map[string]figure{
	"outcome":          {got: one((*printed).outcome), behind: (*printed).behindReasons},
	"criteria":         {section: "admission", names: aCriterion, got: (*printed).criterion, behind: (*printed).behindCriterion},
	"points":           {section: "scoring", names: anEarner, got: (*printed).points, behind: (*printed).behindPoints},
	"values":           {section: "values", names: aValue, got: (*printed).value, behind: (*printed).behindValue},
	"score":            {section: "scoring", got: one((*printed).score), same: sameScore, behind: (*printed).behindScore},
	"grade":            {section: "grade", choices: aGrade, got: one((*printed).grade), behind: (*printed).behindGrade},
	"grade_before":     {section: "grade", choices: aGrade, got: one((*printed).gradeBefore), behind: (*printed).behindGrade},
	"attributes":       {section: "grade", names: attribute, got: (*printed).attribute, behind: (*printed).behindGrade},
	"limit":            {section: "credit", got: one((*printed).limit), behind: (*printed).behindLimit},
	"proposed_limit":   {section: "credit", got: one((*printed).proposedLimit), behind: (*printed).behindLimit},
	"calculated_limit": {section: "credit", parts: []string{"override"}, got: one((*printed).calculatedLimit), behind: (*printed).behindLimit},
	"steps":            {section: "credit", parts: []string{"limit"}, names: aStep, got: (*printed).step, behind: (*printed).behindLimit},
	"binding":          {section: "credit", parts: []string{"limit", "override"}, choices: aBinder, got: one((*printed).binding), behind: (*printed).behindLimit},
	"approval":         {section: "credit", parts: []string{"approval"}, choices: anApprover, got: one((*printed).approval), behind: (*printed).behindApproval},
	"exposure":         {section: "credit", got: one((*printed).exposure)},
	"available":        {section: "credit", got: one((*printed).available), behind: (*printed).behindAvailable},
	"request":          {section: "credit", parts: []string{"request", "holds"}, got: one((*printed).request), behind: (*printed).behindRequest},
	"reasons":          {got: (*printed).reasons, same: sameReasons, behind: (*printed).behindReasons},
	"missing":          {got: (*printed).missing, same: sameSet},
	"undefined":        {got: (*printed).undefined, same: sameSet},
	"valid_until":      {got: one((*printed).validUntil)},
	"segments":         {section: "credit", parts: []string{"segments"}, names: aSegment, got: (*printed).segment, same: sameSegment, behind: (*printed).behindSegment},
	"next_review":      {section: "grade", got: one((*printed).nextReview)},
}
