"""Somebody whose data is looked for: by what they are known, and how their name is taken out of what others wrote."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bot.texts.ja.privacy import NAMELESS
from staff.model import email_key

# A shorter 職員番号 is too often just a number in what people write.
_LEAST_DISTINCT = 5
# From here on a 職員番号 is found in bytes by itself; a shorter one made of digits stands in times and counts, too.
_LEAST_BYTES = 9
_SPACES = re.compile(r"[ \u3000]+")


@dataclass(frozen=True)
class Subject:
    """One person: 職員番号, names, addresses and users of chats. `namesakes`: somebody else has one of the names."""

    person_id: str
    names: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    chat_users: tuple[str, ...] = ()
    namesakes: bool = False

    @cached_property
    def spellings(self) -> tuple[str, ...]:
        """Each name with every usual space between its parts, the longest first; none when it is somebody else's too."""
        parts = [_SPACES.split(name.strip()) for name in self.names if name.strip() and not self.namesakes]
        found = {between.join(each) for each in parts for between in (" ", "\u3000", "")}
        return tuple(sorted(found, key=lambda one: (-len(one), one)))

    @cached_property
    def addresses(self) -> tuple[str, ...]:
        """Their e-mail addresses as written and as compared."""
        return tuple(dict.fromkeys(one for each in self.emails for one in (each, email_key(each)) if one))

    @cached_property
    def identities(self) -> tuple[str, ...]:
        """Every text that tells who it is."""
        return (self.person_id, *self.spellings, *self.addresses, *self.chat_users)

    @property
    def stands_out(self) -> bool:
        """Whether the 職員番号 is found by its bytes alone."""
        return len(self.person_id) >= _LEAST_BYTES or not self.person_id.isdigit()

    def is_in(self, text: str) -> bool:
        """Whether a text (JSON or plain) tells who it is."""
        return self.nameless(text, "") != text

    def nameless(self, text: str, mark: str) -> str:
        """A text without this person: the 職員番号 becomes `mark`, the rest a word for nobody. JSON stays JSON."""
        try:
            held = json.loads(text) if text[:1] in ("{", "[") else None
        except ValueError:
            held = None
        if held is None:
            return self._plain(text, mark)
        changed = self._walk(held, mark)
        return text if changed == held else json.dumps(changed, ensure_ascii=False, separators=(",", ":"))

    def _walk(self, held: Any, mark: str) -> Any:
        match held:
            case str():
                return self._plain(held, mark)
            case list():
                return [self._walk(one, mark) for one in held]
            case dict():
                return {self._plain(name, mark): self._walk(one, mark) for name, one in held.items()}
        return held

    def _plain(self, text: str, mark: str) -> str:
        if text == self.person_id:
            return mark
        text = self._number.sub(mark, text)
        for one in (*self.addresses, *self.spellings):
            text = text.replace(one, NAMELESS)
        return self._users.sub(mark, text) if self._users else text

    @cached_property
    def _number(self) -> re.Pattern[str]:
        """The 職員番号 where it stands for itself; a short one only where an address or a key has it."""
        free = "" if len(self.person_id) >= _LEAST_DISTINCT else "[/@]"
        before = f"(?<={free})" if free else "(?<![0-9A-Za-z.-])"
        return re.compile(f"{before}{re.escape(self.person_id)}(?![0-9A-Za-z-])")

    @cached_property
    def _users(self) -> re.Pattern[str] | None:
        found = "|".join(re.escape(one) for one in sorted(self.chat_users, key=len, reverse=True))
        return re.compile(f"(?<![0-9A-Za-z])(?:{found})(?![0-9A-Za-z])") if found else None


def words_of(held: Mapping[str, Any]) -> Iterable[str]:
    """What somebody wrote in their own words in a row of theirs: long enough to be looked for."""
    yield from _words(dict(held), own=False)


_OWN_WORDS = ("evidence", "words", "answers", "question", "text")


def _words(value: Any, *, own: bool) -> Iterable[str]:
    match value:
        case str() if own and len(value) >= 8 and not value.isascii():
            yield value
        case list():
            for one in value:
                yield from _words(one, own=own)
        case dict():
            for name, one in value.items():
                yield from _words(one, own=own or name in _OWN_WORDS)
