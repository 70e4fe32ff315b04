"""Databases, migrations and one class for each domain protocol."""
