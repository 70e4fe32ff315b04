"""Measured comparisons: `python -m bench` prints tables and writes JSON into var/bench/."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as in bot.cli: one thread a question
