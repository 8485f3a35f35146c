"""What the domain tells the search: texts and facets of its pages, and which rows lend them words."""
