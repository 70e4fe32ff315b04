"""Microsoft Teams: activities in, Adaptive Cards out. Nothing of the Bot Framework leaves this folder."""
