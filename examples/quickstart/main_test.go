package main

func Example() {
	main()
	// Output:
	// admitted 98.75 A 200000.00 committee
	// volume            1200000  40.00 of 40 points
	// punctuality  0.979166666667  58.75 of 60 points
}
