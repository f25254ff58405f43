package credit_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/tallystick-go/tallystick/credit"
)

func TestARequestIsAllowedUpToWhatIsAvailable(t *testing.T) {
	for _, c := range []struct {
		amount, over string
		want         credit.Verdict
	}{
		{"899.99", "", credit.Allowed}, {"900", "", credit.Allowed}, {"900.01", "", credit.Held}, {"900.001", "", credit.Held}, // not rounded
		{"900", "refuse", credit.Allowed}, {"900.01", "refuse", credit.Refused}, {"900.01", "hold", credit.Held}, {"0", "", credit.Allowed},
	} {
		r := decided(t, &credit.Terms{
			Steps: []credit.Step{{Set: num("1000")}}, Exposures: []credit.Exposure{{Of: num("100")}},
			Requested: &credit.Request{Amount: num(c.amount), Over: c.over},
		}, nil)
		assert.Equal(t, c.want, r.Request.Verdict, "%+v", c)
		assert.Equal(t, c.want != credit.Allowed, r.Request.Over)
		assert.True(t, r.Request.Has)
		assert.Equal(t, c.amount, r.Request.Amount.String())
	}
	r := decided(t, &credit.Terms{Steps: []credit.Step{{Unlimited: true}}, Requested: &credit.Request{Amount: num("1e30")}}, nil)
	assert.Equal(t, credit.Allowed, r.Request.Verdict)
}

func TestRefusedBeatsHeldBeatsUnknownBeatsAllowed(t *testing.T) {
	held, refused := credit.Hold{When: is(true)}, credit.Hold{When: is(true), Over: "refuse"}
	unsure, none := credit.Hold{When: unknown(1)}, credit.Hold{When: is(false)}
	over, within := num("101"), num("100")
	for _, c := range []struct {
		name   string
		amount credit.Operand
		over   string
		holds  []credit.Hold
		want   credit.Verdict
	}{
		{"nothing", within, "", []credit.Hold{none}, credit.Allowed},
		{"held", within, "", []credit.Hold{none, held}, credit.Held},
		{"refused", within, "", []credit.Hold{refused, held}, credit.Refused},
		{"refused after held", within, "", []credit.Hold{held, refused}, credit.Refused},
		{"over and refused", over, "hold", []credit.Hold{refused}, credit.Refused},
		{"over, refused, and held", over, "refuse", []credit.Hold{held}, credit.Refused},
		{"unknown", within, "", []credit.Hold{unsure}, credit.Unsure},
		{"held and unknown", within, "", []credit.Hold{unsure, held}, credit.Held},
		{"refused and unknown", over, "refuse", []credit.Hold{unsure}, credit.Refused},
		{"excepted", within, "", []credit.Hold{{When: is(true), Unless: is(true)}}, credit.Allowed},
		{"not excepted", within, "", []credit.Hold{{When: is(true), Unless: is(false)}}, credit.Held},
		{"excepted for certain", within, "", []credit.Hold{{When: unknown(1), Unless: is(true)}}, credit.Allowed},
		{"not held for certain", within, "", []credit.Hold{{When: is(false), Unless: unknown(1)}}, credit.Allowed},
		{"perhaps excepted", within, "", []credit.Hold{{When: is(true), Unless: unknown(1)}}, credit.Unsure},
		{"perhaps not held", within, "", []credit.Hold{{When: unknown(1), Unless: is(false)}}, credit.Unsure},
		{"nobody knows how much", gone(2), "", []credit.Hold{none}, credit.Unsure},
		{"nobody knows how much, but held", gone(2), "", []credit.Hold{held}, credit.Held},
	} {
		r := decided(t, &credit.Terms{Steps: []credit.Step{{Set: num("100")}}, Requested: &credit.Request{Amount: c.amount, Over: c.over}, Holds: c.holds}, nil)
		assert.Equal(t, c.want, r.Request.Verdict, c.name)
		if c.want == credit.Unsure {
			assert.NotZero(t, r.Request.Missing, c.name)
		}
	}
}

func TestHoldsNeedNoAmount(t *testing.T) {
	r := decided(t, &credit.Terms{Holds: []credit.Hold{{ID: "late", When: is(true)}, {When: is(false)}}}, nil)
	assert.Equal(t, credit.Held, r.Request.Verdict)
	assert.Equal(t, []credit.HoldResult{{Verdict: credit.Held}, {Verdict: credit.Allowed}}, r.Request.Holds)
	assert.False(t, r.Request.Has)
	r = decided(t, &credit.Terms{Holds: []credit.Hold{{When: is(false)}}}, nil)
	assert.Equal(t, credit.Allowed, r.Request.Verdict)
	r = decided(t, &credit.Terms{}, nil)
	assert.Equal(t, credit.NoVerdict, r.Request.Verdict)
}

func TestWhatIsMissingInARequestIsNamed(t *testing.T) {
	f := credit.NewFrame()
	r := decided(t, &credit.Terms{
		Steps: []credit.Step{{Set: gone(1)}}, Exposures: []credit.Exposure{{Of: gone(2)}},
		Requested: &credit.Request{Amount: gone(3)}, Holds: []credit.Hold{{When: unknown(4)}, {When: is(true), Unless: unknown(5)}},
	}, f)
	assert.Equal(t, credit.Unsure, r.Request.Verdict)
	assert.ElementsMatch(t, []int{1, 2, 3, 4, 5}, f.Atoms(nil, r.Request.Missing))
}

func TestAHoldThatFailsIsAnErrorWithItsName(t *testing.T) {
	fails := credit.When(func(f *credit.Frame) (bool, credit.Absence) { return false, f.Fail(errors.New("broken")) })
	var r credit.Result
	terms := checked(t, &credit.Terms{Holds: []credit.Hold{{ID: "late", When: is(true), Unless: fails}}})
	assert.EqualError(t, terms.Request(credit.NewFrame(), &r), "credit: hold late: unless: broken")
	assert.Equal(t, credit.NoVerdict, r.Request.Verdict)
}

func TestVerdictsAndCodesHaveNames(t *testing.T) {
	for v, want := range map[credit.Verdict]string{credit.NoVerdict: "", credit.Allowed: "allowed", credit.Unsure: "unknown", credit.Held: "held", credit.Refused: "refused", 99: "unknown"} {
		assert.Equal(t, want, v.String())
	}
	assert.Equal(t, "over-limit", (&credit.Request{}).ReasonCode())
	assert.Equal(t, "R1", (&credit.Request{Code: "R1"}).ReasonCode())
	assert.Equal(t, "late", (&credit.Hold{ID: "late"}).ReasonCode())
	assert.Equal(t, "H1", (&credit.Hold{ID: "late", Code: "H1"}).ReasonCode())
}
