"""Running a server: health, logs, the clock, checks before a start."""
