"""Initiatives with their reports, what is asked of 課, and the weekly digest."""

from __future__ import annotations

from storage.schema.changing import change
from storage.session import Tx


def initiatives(tx: Tx) -> None:
    """Versions of initiatives, progress reports, requests to 課."""
    change(
        tx,
        """
        create table initiative_versions (
          initiative_id text not null,
          number bigint not null,
          body text not null,
          primary key (initiative_id, number)
        );
        create table progress_reports (
          initiative_id text not null,
          number bigint not null,
          body text not null,
          primary key (initiative_id, number)
        );
        create table assignments (
          id text primary key,
          due_on text not null,
          body text not null
        );
        create index assignments_due on assignments (due_on);
        create table assignments_done (
          assignment_id text not null references assignments (id) on delete cascade,
          department_id text not null,
          done_by text not null,
          done_at text not null,
          primary key (assignment_id, department_id)
        )
        """,
    )


def digests(tx: Tx) -> None:
    """Each week's issue as it was sent, the part of each reader, and how readers want it."""
    change(
        tx,
        """
        create table digest_issues (
          week text primary key,
          body text not null
        );
        create table digest_copies (
          week text not null,
          person_id text not null references people (id) on delete cascade,
          body text not null,
          primary key (week, person_id)
        );
        create index digest_copies_person on digest_copies (person_id);
        create table digest_subscriptions (
          person_id text primary key references people (id) on delete cascade,
          body text not null
        )
        """,
    )
