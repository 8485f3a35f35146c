"""Who may see what, and what happens when that changes."""
