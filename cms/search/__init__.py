"""Search that knows the languages of the content."""
