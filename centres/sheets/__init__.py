"""What the spreadsheets of the domain hold; `cms.sheets` reads and writes them."""
