"""Meaning without a model at question time: static word vectors, documents as vectors, scores put together."""
