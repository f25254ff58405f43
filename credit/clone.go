package credit

import "slices"

// Clone returns a copy that lives on when r is overwritten.
func (r *Result) Clone() Result {
	c := *r
	c.Limit = r.Limit.clone()
	c.Exposure = r.Exposure.clone()
	c.Group.Exposure = r.Group.Exposure.clone()
	c.Request.Holds = slices.Clone(r.Request.Holds)
	c.Segments = slices.Clone(r.Segments)
	for i := range c.Segments {
		s := &c.Segments[i]
		s.Limit, s.Exposure = s.Limit.clone(), s.Exposure.clone()
	}
	return c
}

func (r LimitResult) clone() LimitResult {
	r.Steps = slices.Clone(r.Steps)
	return r
}

func (r ExposureResult) clone() ExposureResult {
	r.Items = slices.Clone(r.Items)
	return r
}
