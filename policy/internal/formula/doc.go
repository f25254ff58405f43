// Package formula turns the expressions of a policy into functions over the slots of a slot.Frame.
package formula
