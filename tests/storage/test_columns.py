"""Times and models as columns hold them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages import Paragraph
from storage.columns import from_iso, to_iso, to_json
from storage.session import UnstorableText

AWARE = st.datetimes(
    min_value=datetime(1900, 1, 2),  # noqa: DTZ001
    timezones=st.builds(timezone, st.timedeltas(timedelta(hours=-14), timedelta(hours=14))),
)


@given(AWARE, AWARE)
def test_text_order_is_time_order(one: datetime, other: datetime) -> None:
    assert (to_iso(one) < to_iso(other)) == (one < other)
    assert from_iso(to_iso(one)) == one
    assert len(to_iso(one)) == len("2026-11-24T08:45:00.000000+00:00")


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        to_iso(datetime.now(UTC).replace(tzinfo=None))


@given(st.text(st.characters(exclude_categories=[])))
def test_exactly_the_text_that_cannot_be_kept_is_refused(text: str) -> None:
    bad = "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text)
    if bad:
        with pytest.raises(UnstorableText):
            to_json(Paragraph(text=text))
    else:
        assert Paragraph.model_validate_json(to_json(Paragraph(text=text))).text == text


@pytest.mark.parametrize("text", ["\\u0000", "\\\\u0000", "\\\\\\u0000", "\\"])
def test_a_written_escape_is_no_nul(text: str) -> None:
    assert Paragraph.model_validate_json(to_json(Paragraph(text=text))).text == text
    with pytest.raises(UnstorableText):
        to_json(Paragraph(text=text + "\x00"))
