package yamldoc

import "io"

// Read returns what is in r. Of what is too large it takes no more than Parse needs to say so: a file may be a device that
// never ends.
func Read(r io.Reader) ([]byte, error) { return io.ReadAll(io.LimitReader(r, MaxSize+1)) }

// ReadFile is Read of what an Open returned, and closes it.
func ReadFile[F io.ReadCloser](f F, err error) ([]byte, error) {
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return Read(f)
}
