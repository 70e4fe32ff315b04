"""Articles, their versions, and what is learned from questions."""

from __future__ import annotations

from storage.schema.changing import change
from storage.session import Tx


def articles(tx: Tx) -> None:
    """Imported articles, and the revision numbers that tell processes to reload."""
    change(
        tx,
        """
        create table revisions (name text primary key, number bigint not null);
        create table articles (
          source text not null,
          position bigint not null,
          id text not null,
          body text not null,
          primary key (source, position)
        );
        insert into revisions (name, number) values ('articles', 0)
        """,
    )


def editing(tx: Tx) -> None:
    """Versions of articles that people edited, and proposals."""
    change(
        tx,
        """
        create table article_versions (
          article_id text not null,
          number bigint not null,
          body text not null,
          primary key (article_id, number)
        );
        create table proposals (
          id text primary key,
          state text not null,
          proposed_at text not null,
          body text not null
        );
        create index proposals_state on proposals (state, proposed_at);
        create index articles_id on articles (id)
        """,
    )


def subjects(tx: Tx) -> None:
    """What each conversation is about, for a while."""
    change(
        tx,
        """
        create table subjects (
          conversation text primary key,
          articles text not null,
          until text not null
        );
        create index subjects_until on subjects (until)
        """,
    )


def learning(tx: Tx) -> None:
    """Feedback, unanswered questions and inquiries: nowhere beside a name, but for whoever waits for an answer."""
    change(
        tx,
        """
        create table asker_keys (period text primary key, secret text not null);
        create table feedback (
          code text primary key,
          article_id text not null,
          verdict text not null,
          given_on text not null
        );
        create index feedback_day on feedback (given_on);
        create table unanswered_questions (
          id text primary key,
          question text not null,
          reason text not null,
          owner text not null,
          asker text not null,
          period text not null,
          asked_on text not null
        );
        create index unanswered_questions_day on unanswered_questions (asked_on);
        create table inquiries (
          id text primary key,
          state text not null,
          asked_at text not null,
          body text not null
        );
        create index inquiries_state on inquiries (state, asked_at);
        create table inquiry_askers (
          inquiry_id text primary key references inquiries (id) on delete cascade,
          person_id text not null references people (id) on delete cascade,
          channel text not null,
          recipient text not null
        );
        create index inquiry_askers_person on inquiry_askers (person_id)
        """,
    )


def cases(tx: Tx) -> None:
    """AI・RPA事例, each version beside the proposal it waits in."""
    change(
        tx,
        """
        create table cases (
          id text not null,
          number bigint not null,
          proposal_id text not null,
          registered_at text not null,
          body text not null,
          primary key (id, number)
        );
        create index cases_proposal on cases (proposal_id)
        """,
    )


def told_questions(tx: Tx) -> None:
    """Who judged an article, as a code of the quarter; and which questions the digest may tell."""
    change(
        tx,
        """
        alter table feedback add column asker text not null default '';
        alter table feedback add column period text not null default '';
        alter table unanswered_questions add column approved bigint not null default 0
        """,
    )


def encodings(tx: Tx) -> None:
    """What a model made of the articles' texts, by the key of each text."""
    change(
        tx,
        """
        create table encodings (
          encoder text not null,
          key text not null,
          vector text not null,
          primary key (encoder, key)
        )
        """,
    )
