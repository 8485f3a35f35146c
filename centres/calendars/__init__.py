"""Reads the calendars of others: fetches them, understands three kinds of them, and keeps what was read in step."""
