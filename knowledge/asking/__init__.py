"""What a question asks: its text made safe, the kind of fact it wants, what it is about."""
