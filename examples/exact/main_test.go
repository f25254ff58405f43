package main

func Example() {
	main()
	// Output:
	// float64:    74.99999999999999 C
	// tallystick: 75.00 B
}
