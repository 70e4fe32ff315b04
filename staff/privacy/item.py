"""What the register of personal data is written in: items, and the places where each of them lies."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from staff.permissions import Permission


class Under(StrEnum):
    """By what somebody's rows are found where no column says it plainly."""

    RESPONDENT = (
        "respondent"  # a survey's name for them: 職員番号, a keyed hash while the round is open, or none
    )
    ASKER_CODE = "asker_code"  # a keyed hash of this quarter
    JUDGE_CODE = "judge_code"  # another one for each article
    ASKING = "asking"  # the question that they still wait for an answer to
    RECIPIENT = "recipient"  # their address on a channel, or a key that ends with their 職員番号
    MENTION = "mention"  # wherever they are mentioned: the row goes
    ANY = "any"  # possibly in every row: all of them go
    PSEUDONYM = "pseudonym"  # whose key is a row of its own
    NOBODY = "nobody"  # nobody can tell any more


@dataclass(frozen=True)
class Place:
    """A table that holds something on people.

    `owned`: columns that say whose a row is; erasing that person removes it. `named`: columns that hold a 職員番号 of
    somebody who did something; it is replaced. `told`: texts and JSON in which people may be named; they are made nameless.
    A `frozen` place stays as it is, whoever is erased.
    """

    table: str
    owned: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    under: Under | None = None
    frozen: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that has to do with people."""
        return (*self.owned, *self.named, *self.told)


@dataclass(frozen=True)
class Item:
    """One kind of data on people. What it is called, how long it stays and who sees it is told in bot.texts.ja.personal_data.

    `kind` is what a hold of the city's record rules names. `seen_by`: who may see it by the table of permissions, besides the
    person. `own`: whether people may delete theirs themselves.
    """

    id: str
    kind: str
    places: tuple[Place, ...] = ()
    seen_by: tuple[Permission, ...] = ()
    own: bool = False
