"""Forms as people fill them in on each channel, and what comes back."""
