"""Encoding the articles' texts: after an import on the command line, and by the worker after edits in chat or on the web."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from bot.services import Services
from knowledge.editing.standing import lay_edits
from knowledge.encoding.encoding import Batch, Encoding, Progress, encode_missing
from knowledge.encoding.loading import load_encoder
from knowledge.entry import merge_entries


@contextmanager
def unseen(batches: Sequence[Batch]) -> Iterator[Iterable[Batch]]:
    """Show no progress."""
    yield batches


def encode_articles(services: Services, progress: Progress = unseen) -> int:
    """Encode every text that the city's encoder has not seen, and return how many; 0 where no encoder is set.

    Raises EncoderError when the model cannot be read.
    """
    encoder = load_encoder(services.settings.encoder)
    if encoder is None:
        return 0
    articles = services.stores.articles
    layers = lay_edits(services.knowledge.pack_articles, articles.list_articles(), articles.list_edits())
    return encode_missing(merge_entries(*layers), Encoding(encoder, services.stores.encodings), progress)
