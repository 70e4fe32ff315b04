"""From a question to entries and passages: indexes over words and meaning, and one score for each signal."""
