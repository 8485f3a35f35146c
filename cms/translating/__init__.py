"""Offering translations to editors and showing their state."""
