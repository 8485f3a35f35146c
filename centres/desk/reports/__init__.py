"""Reports about centres, reviews and editions. What counts as due, full or closed is the rule of `centres.status`."""
