"""The desk of the people who work in the admin: their start page, reports, help, and mails before a term ends."""
