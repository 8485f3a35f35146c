"""Reports of the admin that any multilingual site needs. `cms.reports.report` has what all reports share."""
