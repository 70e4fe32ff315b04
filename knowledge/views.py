"""The views of one revision: the whole, and one for each set of articles that somebody may not see."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence

from knowledge.entry import Entry, merge_entries
from knowledge.finding.encoded import Encodings
from knowledge.finding.piecewise import Readings
from knowledge.library import Library
from knowledge.packs import PackVocabulary
from knowledge.view import Layers, View
from knowledge.visibility import HOST, STRANGER, Restrictions, Viewer, without
from staff.model import Role

MOST_VIEWS = 16
MOST_ENTRIES = 100_000  # of all views together, where they are more than MOST_VIEWS: about 1.5 GB
_MOST_READ_ANEW = 5_000
_USUAL = (STRANGER, *(Viewer(frozenset({Role.STAFF, role})) for role in Role))

Hidden = frozenset[str]


class Views:
    """Viewers to whom the same articles are hidden share a view; where nothing is hidden, the whole is all there is.

    A view is made when its first viewer asks, and kept while it is among the MOST_VIEWS used last, or they all
    have no more than MOST_ENTRIES together.
    """

    def __init__(
        self, revision: int, whole: View, layers: Layers, words: PackVocabulary, held: Views | None = None
    ) -> None:
        """`held` are those of an earlier revision: what is the same was read for them."""
        self.revision = revision
        self.whole = whole
        self.restrictions = Restrictions.among(*layers)
        self._layers = layers
        self._words = words
        self._readings: Readings = Readings(
            whole.entries,
            frozenset(article.id for article in self.restrictions.articles),
            held._readings if held else None,
        )
        self._awaited = [viewer for viewer, _ in held._list()] if held else []
        self._making = threading.Lock()
        self._looking = threading.Lock()
        self._hidden: dict[Viewer, Hidden] = {HOST: frozenset()}
        self._views: OrderedDict[Hidden, tuple[Viewer, View]] = OrderedDict()

    @classmethod
    def of(
        cls,
        revision: int,
        layers: Layers,
        words: PackVocabulary,
        held: Views | None = None,
        encodings: Encodings | None = None,
    ) -> Views:
        """The views of these articles. Those held of another revision are changed to this one, where that is soon done."""
        if held is None:
            library = Library.build(merge_entries(*layers), words, encodings=encodings)
        else:
            entries = merge_entries(*layers, held.whole.library.decider.entry)
            library = held.whole.library.changed_to(entries, encodings)
        views = cls(revision, View(library, layers, words), layers, words, held)
        for viewer, view in held._list() if held else ():
            views._take_over(viewer, view.library)
        return views

    def seen_by(self, viewer: Viewer) -> View:
        """The view that hides from a viewer what they may not see."""
        if not self.restrictions.articles:
            return self.whole
        hidden = self._hidden_from(viewer)
        if not hidden:
            return self.whole
        return self._find(hidden) or self._make(viewer, hidden)

    def held_for(self, viewer: Viewer) -> View | None:
        """As `seen_by`, of the views that are there."""
        if not self.restrictions.articles:
            return self.whole
        hidden = self._hidden.get(viewer)
        return None if hidden is None else self._find(hidden) if hidden else self.whole

    def hides(self, article_id: str, viewer: Viewer) -> bool:
        """Whether an article is there, but not for this viewer."""
        return bool(self.restrictions.articles) and article_id in self._hidden_from(viewer)

    def prepare(self) -> None:
        """Make the usual views, of a stranger and of each role by itself, and once those that the last revision had."""
        awaited, self._awaited = self._awaited, []
        for viewer in (*_USUAL, *awaited):
            self.seen_by(viewer)

    def _hidden_from(self, viewer: Viewer) -> Hidden:
        hidden = self._hidden.get(viewer)
        if hidden is None:
            hidden = self._hidden[viewer] = self.restrictions.hidden_from(viewer)
        return hidden

    def _list(self) -> Sequence[tuple[Viewer, View]]:
        with self._looking:
            return list(self._views.values())

    def _take_over(self, viewer: Viewer, held: Library) -> None:
        hidden = self._hidden_from(viewer)
        layers = self._without(hidden)
        entries = merge_entries(*layers, self.whole.library.decider.entry)
        if hidden and not _must_be_read_anew(held, entries):
            library = held.changed_to(entries, self.whole.library.encodings)
            self._keep(hidden, viewer, View(library, layers, self._words))

    def _make(self, viewer: Viewer, hidden: Hidden) -> View:
        with self._making:
            if view := self._find(hidden):  # another thread was first
                return view
            layers = self._without(hidden)
            whole = self.whole.library
            entries = merge_entries(*layers, whole.decider.entry)
            if _must_be_read_anew(whole, entries):
                library = Library.build(
                    entries, self._words, encodings=whole.encodings, readings=self._readings
                )
            else:
                library = whole.changed_to(entries)
            return self._keep(hidden, viewer, View(library, layers, self._words))

    def _without(self, hidden: Hidden) -> Layers:
        packs, imported = self._layers
        return without(packs, hidden), without(imported, hidden)

    def _find(self, hidden: Hidden) -> View | None:
        with self._looking:
            if hidden not in self._views:
                return None
            self._views.move_to_end(hidden)
            return self._views[hidden][1]

    def _keep(self, hidden: Hidden, viewer: Viewer, view: View) -> View:
        with self._looking:
            self._views[hidden] = (viewer, view)
            while len(self._views) > MOST_VIEWS and len(self._views) * len(self.whole.entries) > MOST_ENTRIES:
                self._views.popitem(last=False)
        return view


def _must_be_read_anew(held: Library, entries: Sequence[Entry]) -> bool:
    """Whether a trace of what is hidden would stay in a changed library, and what is left is few enough to read again.

    Words of an entry that is gone stay in a changed library's vocabulary and mean lengths (see decision 0014).
    """
    if len(entries) > _MOST_READ_ANEW:
        return False
    left = {entry.id for entry in entries}
    return any(entry.id not in left for entry in held.finder.entries)
