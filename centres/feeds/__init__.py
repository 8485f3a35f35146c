"""What people follow with programs of their own: programmes as Atom, events as iCalendar. See docs/feeds.md."""
