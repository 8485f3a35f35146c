"""Random operations of editors, and what must hold after each of them."""
