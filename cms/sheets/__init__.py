"""Content in and out by spreadsheets: what is exported can be edited in Excel and imported again (ADR 0195)."""
