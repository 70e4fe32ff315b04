"""Every sentence the bot says, by language; Japanese is the first."""
