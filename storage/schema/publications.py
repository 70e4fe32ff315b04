"""Published survey results, and the answers of closing they were made from."""

from __future__ import annotations

from storage.schema.changing import change
from storage.session import Tx


def publications(tx: Tx) -> None:
    """Publications outlive their round; the answers of closing have an end of their own."""
    change(
        tx,
        """
        create table survey_publications (
          round_id text not null,
          number bigint not null,
          at text not null,
          body text not null,
          primary key (round_id, number)
        );
        create table survey_snapshots (
          round_id text primary key,
          body text not null
        )
        """,
    )


def survey_setbacks(tx: Tx) -> None:
    """Closed rounds whose results could not be made so far. The mark that stood for it before told neither why nor until when."""
    change(
        tx,
        """
        create table survey_setbacks (
          round_id text primary key references survey_rounds (id) on delete cascade,
          body text not null
        );
        delete from survey_marks where mark = 'results/stuck'
        """,
    )


def drawings(tx: Tx) -> None:
    """Charts of what is published, drawn ahead; the owner is a round."""
    change(
        tx,
        """
        create table drawings (
          key text not null,
          owner text not null,
          svg text not null,
          primary key (key, owner)
        );
        create table drawing_marks (
          owner text primary key,
          mark text not null
        )
        """,
    )
