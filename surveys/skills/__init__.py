"""Skills: the framework people assess themselves by, what they can learn from, and the way from one to the other."""
