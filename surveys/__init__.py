"""Survey definitions, answering and results. Knows nothing of chat."""
