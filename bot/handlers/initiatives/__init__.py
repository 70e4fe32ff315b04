"""Initiatives: how they stand and went, their owners' reports, and what デジタル推進室 does with them."""
