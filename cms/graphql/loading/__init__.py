"""Loading rows in a constant number of statements."""
