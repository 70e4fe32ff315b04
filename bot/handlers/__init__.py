"""One file a job: (Request, Services) → Reply."""
