"""The staff console: one page module for each section, hung in by one line of the registry."""
