"""Articles, plan ingest, Japanese normalising, finding and answering. Knows nothing of chat."""
