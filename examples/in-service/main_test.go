package main

func Example() {
	main()
	// Output:
	// 2026-12-31 version 2026 admitted 200000.00
	// 2027-01-01 version 2027 rejected 0.00
	// 2 decisions, 2 of them the same to the last byte
}
