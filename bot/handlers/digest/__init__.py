"""The weekly digest: what is gathered, composed into one screen, sent once to each reader, and kept."""
