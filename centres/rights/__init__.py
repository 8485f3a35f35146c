"""Who may do what in the admin: `rules` says it, the other modules carry it out with Wagtail's own means."""
