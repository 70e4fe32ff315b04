"""Measured comparisons: `python -m bench` prints tables and writes JSON into var/bench/."""
