"""A person at a terminal in front of a strict fake platform and the real bot: `make playground`."""
