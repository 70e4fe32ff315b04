"""Two people's changes put together: nothing that one of them changed alone is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from knowledge.editing.fields import EDITABLE, plain
from knowledge.editing.merging import merge_values

VALUES = st.fixed_dictionaries({name: st.sampled_from(["", "あ", "い", "あ\nい"]) for name in EDITABLE})


@given(base=VALUES, theirs=VALUES, ours=VALUES)
def test_every_field_holds_somebodys_text_and_no_change_is_lost(
    base: dict[str, str], theirs: dict[str, str], ours: dict[str, str]
) -> None:
    merged = merge_values(base, theirs, ours)
    for name in EDITABLE:
        if ours[name] == base[name]:
            assert merged.values[name] == theirs[name] and name not in merged.clashing
        elif theirs[name] in (base[name], ours[name]):
            assert merged.values[name] == ours[name] and name not in merged.clashing
        else:
            assert merged.values[name] == ours[name] and name in merged.clashing


@given(theirs=VALUES, ours=VALUES)
def test_without_a_base_every_difference_is_asked_about(theirs: dict[str, str], ours: dict[str, str]) -> None:
    merged = merge_values(None, theirs, ours)
    assert merged.values == ours
    assert set(merged.clashing) == {name for name in EDITABLE if plain(theirs[name]) != plain(ours[name])}


def test_line_ends_of_a_browser_are_no_change() -> None:
    base = {"body": "一\n二"}
    merged = merge_values(base, {"body": "一\n三"}, {"body": "一\r\n二 \r\n"})
    assert merged.values["body"] == "一\n三" and not merged.clashing
