"""Signing in on the web without a password of our own: links, printed codes, sessions, and limits on trying."""
