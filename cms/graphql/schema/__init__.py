"""Building the served schema from declarations."""
