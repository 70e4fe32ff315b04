"""Who sees which articles. What somebody may not see is left out before anything is indexed for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge.article import Article, Audience
from staff.model import Department, Person, Role
from staff.succession import names_in_charge


@dataclass(frozen=True)
class Viewer:
    """Somebody who asks, as far as it matters to what they see: their roles, and the names of their 課.

    No roles: a guest, or somebody the directory does not know. `on_host` is whoever runs the program, who sees all.
    """

    roles: frozenset[Role] = frozenset()
    departments: frozenset[str] = frozenset()
    on_host: bool = False

    @classmethod
    def of(cls, person: Person | None, departments: Iterable[Department] = ()) -> Viewer:
        """A person, or a stranger; `departments` are all there are, and needed only where an owner's 課 matters."""
        if person is None:
            return STRANGER
        own = {post.department_id for post in person.posts}
        return cls(person.roles | {Role.STAFF}, names_in_charge(own, tuple(departments)))

    def sees(self, article: Article) -> bool:
        """Whether an article may be found by, or shown to, this viewer."""
        if self.on_host or not article.visible_to:
            return True
        return any(self._is_of(audience, article.owner) for audience in article.visible_to)

    def _is_of(self, audience: Audience, owner: str) -> bool:
        return owner in self.departments if audience is Audience.OWNER else Role(audience) in self.roles


STRANGER = Viewer()
ANY_STAFF = Viewer(frozenset({Role.STAFF}))  # what every member of staff sees, whatever else they are
HOST = Viewer(on_host=True)


@dataclass(frozen=True)
class Restrictions:
    """The articles that not everybody sees, of one revision."""

    articles: tuple[Article, ...]

    @classmethod
    def among(cls, *articles: Iterable[Article]) -> Restrictions:
        """Those of several lists."""
        return cls(tuple(article for each in articles for article in each if article.visible_to))

    @property
    def name_owners(self) -> bool:
        """Whether it matters of which 課 somebody is."""
        return any(Audience.OWNER in article.visible_to for article in self.articles)

    def hidden_from(self, viewer: Viewer) -> frozenset[str]:
        """The ids that are nothing to a viewer: one restricted layer, or edition, hides all of its id."""
        return frozenset(article.id for article in self.articles if not viewer.sees(article))


def without(articles: Sequence[Article], hidden: frozenset[str]) -> Sequence[Article]:
    """The articles as if those of the hidden ids had never been written."""
    return [article for article in articles if article.id not in hidden] if hidden else articles


def narrowest(articles: Iterable[Article]) -> tuple[Audience, ...]:
    """Who sees something made of several articles: those whom each restricted one names, else all that are named."""
    named = [frozenset(article.visible_to) for article in articles if article.visible_to]
    every: frozenset[Audience] = frozenset().union(*named)
    shown = every.intersection(*named) or every
    return tuple(audience for audience in Audience if audience in shown)
