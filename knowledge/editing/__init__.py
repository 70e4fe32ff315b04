"""Changing articles by hand: versions, differences, roll-back, proposals and their approval."""
