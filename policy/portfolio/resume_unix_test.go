//go:build unix

package portfolio_test

import (
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/tallystick-go/tallystick/policy"
	"github.com/tallystick-go/tallystick/policy/portfolio"
)

// roomEnv is how many bytes a file of child may have.
const roomEnv = "PORTFOLIO_TEST_ROOM"

// limitFiles makes files as small as roomEnv says: writing more fails in the midst of it, as on a disk that is full.
func limitFiles() error {
	room, err := strconv.ParseUint(os.Getenv(roomEnv), 10, 64)
	if err != nil {
		return nil // there is no limit
	}
	signal.Ignore(syscall.SIGXFSZ)
	return syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: room, Max: room})
}

func TestARunThatFillsTheDiskGoesOnWhenThereIsRoom(t *testing.T) {
	in, want := given(t, 4000, policy.CSV, portfolio.NDJSON)
	out := filepath.Join(t.TempDir(), "d.ndjson")
	for room := 100_000; room < len(want); room += len(want) / 5 {
		err := run(command(t, in, out, roomEnv+"="+strconv.Itoa(room)))
		require.ErrorContains(t, err, "file too large")
		require.ErrorContains(t, err, out)
		require.EqualValues(t, room, written(out), "it is written to the brim")
	}
	require.FileExists(t, out+portfolio.ResumeSuffix)
	require.NoError(t, run(command(t, in, out)))
	done(t, out, want)
}

// The file that says how far a run is may be what does not fit.
func TestARunThatCannotKeepHowFarItIsStops(t *testing.T) {
	in, want := given(t, 4000, policy.CSV, portfolio.NDJSON)
	out := filepath.Join(t.TempDir(), "d.ndjson")
	require.NoError(t, os.Mkdir(out+portfolio.ResumeSuffix+".new", 0o700))
	require.ErrorContains(t, run(command(t, in, out)), "is a directory")
	require.NoError(t, os.Remove(out+portfolio.ResumeSuffix+".new"))
	require.NoError(t, run(command(t, in, out)))
	done(t, out, want)
}
