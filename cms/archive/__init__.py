"""Content in and out as a folder or a ZIP file of plain files: one for each page or snippet."""
