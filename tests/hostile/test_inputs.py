"""The table of text inputs is whole: a new form, field, typed command or `dxbot` option without a hostile test fails here."""

from __future__ import annotations

from tests.hostile import inputs


def test_every_form_of_the_chat_is_in_the_table() -> None:
    assert inputs.forms_there_are() == set(inputs.FORMS)


def test_every_control_of_a_page_is_in_the_table() -> None:
    assert inputs.controls_there_are() == set(inputs.PAGES)
    assert inputs.controls_there_are(files=True) == set(inputs.UPLOADS)


def test_every_typed_command_is_in_the_table() -> None:
    assert inputs.wordings_there_are() == set(inputs.TYPED)


def test_every_argument_of_the_command_line_is_in_the_table() -> None:
    assert set(inputs.arguments_there_are()) == set(inputs.COMMANDS)
