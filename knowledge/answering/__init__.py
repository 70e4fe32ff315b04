"""From what was found to an answer: judge, choose passages, decide, compose."""
