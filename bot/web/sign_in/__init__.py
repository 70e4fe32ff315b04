"""Signing in: by a link from the bot, by the city's OpenID provider, by a printed code."""
