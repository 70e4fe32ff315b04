"""From a question to an answer: read, find, choose passages, decide."""
