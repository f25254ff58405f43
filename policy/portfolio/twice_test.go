package portfolio

import (
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestTwoReadTheSameStream(t *testing.T) {
	text := strings.Repeat("0123456789", 10_000)
	tw := &twice{r: strings.NewReader(text)}
	a, b := tw.ends()
	var gotA, gotB bytes.Buffer
	most := 0
	for step := 1; gotA.Len() < len(text) || gotB.Len() < len(text); step++ {
		_, err := io.CopyN(&gotA, a, int64(step%7*100))
		if err != nil {
			require.ErrorIs(t, err, io.EOF)
		}
		if behind := gotA.Len() - gotB.Len(); behind > 0 {
			_, err = io.CopyN(&gotB, b, int64(behind))
			require.NoError(t, err)
		}
		most = max(most, cap(tw.kept))
	}
	require.Equal(t, text, gotA.String())
	require.Equal(t, text, gotB.String())
	require.Less(t, most, 4096, "what both have read is forgotten")
	for _, r := range []io.Reader{a, b} {
		n, err := r.Read(make([]byte, 1))
		require.Zero(t, n)
		require.ErrorIs(t, err, io.EOF)
	}
}
