"""Rounds of surveys, whom they ask, and what was answered."""

from __future__ import annotations

from storage.schema.changing import change
from storage.session import Tx


def survey_rounds(tx: Tx) -> None:
    """Rounds, their audience with a mark for who has answered, who is away, and who wants no reminder."""
    change(
        tx,
        """
        create table survey_rounds (
          id text primary key,
          survey_id text not null,
          state text not null,
          opens_at text not null,
          closes_at text not null,
          body text not null
        );
        create table survey_people (
          round_id text not null references survey_rounds (id) on delete cascade,
          person_id text not null,
          section_id text not null,
          division_id text not null,
          role text not null,
          answered bigint not null,
          primary key (round_id, person_id)
        );
        create index survey_people_person on survey_people (person_id);
        create table survey_absences (person_id text primary key);
        create table survey_mutes (
          person_id text not null,
          round_id text not null,
          primary key (person_id, round_id)
        )
        """,
    )


def survey_answers(tx: Tx) -> None:
    """Submissions under a person or pseudonym, anonymous ones in sorted heaps, drafts, links and pseudonyms' secrets."""
    change(
        tx,
        """
        create table survey_submissions (
          round_id text not null references survey_rounds (id) on delete cascade,
          respondent text not null,
          revision bigint not null,
          sent_at text,
          body text not null,
          primary key (round_id, respondent)
        );
        create table survey_heaps (
          round_id text not null references survey_rounds (id) on delete cascade,
          heap bigint not null,
          body text not null,
          primary key (round_id, heap)
        );
        create table survey_drafts (
          round_id text not null references survey_rounds (id) on delete cascade,
          person_id text not null,
          revision bigint not null,
          body text not null,
          primary key (round_id, person_id)
        );
        create table survey_links (
          digest text primary key,
          round_id text not null references survey_rounds (id) on delete cascade,
          person_id text not null,
          expires_at text not null
        );
        create table survey_keys (
          round_id text primary key references survey_rounds (id) on delete cascade,
          secret text not null
        )
        """,
    )


def survey_marks(tx: Tx) -> None:
    """What was done for a round once and for all: reminders sent."""
    change(
        tx,
        """
        create table survey_marks (
          round_id text not null references survey_rounds (id) on delete cascade,
          mark text not null,
          primary key (round_id, mark)
        )
        """,
    )
