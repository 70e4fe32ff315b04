"""Japanese: folding, words, the vocabulary of the knowledge base, and spelling put right."""
