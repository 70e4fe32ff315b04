"""The schema's history: each function is a migration, named by its function and applied in this order.

A step that has been released is never changed: a new one is added at the end.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from storage.session import Tx


def change(tx: Tx, statements: str) -> None:
    """Run statements that define tables and indexes, separated by `;`."""
    for statement in filter(None, map(str.strip, statements.split(";"))):
        tx.query(_sorted_alike(statement) if tx.dialect == "postgresql" else statement)


def _sorted_alike(statement: str) -> str:
    # PostgreSQL sorts text by the language of the database, SQLite by code point: make it code points on both.
    return re.sub(r"\btext\b", 'text collate "C"', statement)


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


def directory(tx: Tx) -> None:
    """Departments, people, and which chat user is whom."""
    change(
        tx,
        """
        create table departments (
          id text primary key,
          position bigint not null,
          body text not null
        );
        create table people (
          id text primary key,
          email_key text unique,
          body text not null
        );
        create table chat_users (
          channel text not null,
          chat_user text not null,
          person_id text not null references people (id) on delete cascade,
          primary key (channel, chat_user)
        );
        create index chat_users_person on chat_users (person_id)
        """,
    )


def audit(tx: Tx) -> None:
    """The chain of audit events, and its head: the one row that appending locks."""
    change(
        tx,
        """
        create table audit_events (
          position bigint primary key,
          at text not null,
          actor text not null,
          action text not null,
          target text not null,
          detail text not null,
          hash text not null
        );
        create table audit_head (name text primary key, length bigint not null, hash text not null);
        insert into audit_head (name, length, hash) values ('audit', 0, '')
        """,
    )


def outbox(tx: Tx) -> None:
    """Messages waiting to be sent, under lease, or settled."""
    change(
        tx,
        """
        create table outbox (
          key text primary key,
          channel text not null,
          body text not null,
          state text not null,
          due_at text not null,
          attempts bigint not null,
          first_attempt_at text,
          doubtful bigint not null,
          worker text,
          lease_until text,
          reference text,
          reason text,
          settled_at text
        );
        create index outbox_due on outbox (state, due_at)
        """,
    )


def inbox(tx: Tx) -> None:
    """Messages delivered to people in the web channel."""
    change(
        tx,
        """
        create table inbox (
          key text primary key,
          person_id text not null,
          delivered_at text not null,
          body text not null
        );
        create index inbox_person on inbox (person_id, delivered_at)
        """,
    )


def receipts(tx: Tx) -> None:
    """What the platforms delivered: each key once, under lease until it is answered, kept for a day."""
    change(
        tx,
        """
        create table receipts (
          key text primary key,
          channel text not null,
          worker text not null,
          lease_until text,
          attempts bigint not null,
          received_at text not null,
          body text not null
        );
        create index receipts_open on receipts (channel, lease_until);
        create index receipts_age on receipts (received_at)
        """,
    )


def conversations(tx: Tx) -> None:
    """How each channel's users are reached, as plain JSON."""
    change(
        tx,
        """
        create table conversations (
          channel text not null,
          chat_user text not null,
          person_id text references people (id) on delete cascade,
          reference text not null,
          updated_at text not null,
          primary key (channel, chat_user)
        );
        create index conversations_person on conversations (person_id)
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


def synthetic_roles(tx: Tx) -> None:
    """The main role of synthetic people, so that the local chat's switch reads the few it shows."""
    change(
        tx,
        """
        alter table people add column synthetic_role text;
        create index people_synthetic on people (synthetic_role, id)
        """,
    )
    by_weight = ("staff", "leader", "manager", "hr", "operator")
    for row in tx.query("select id, body from people"):
        person = json.loads(row["body"])
        held = [role for post in person["posts"] for role in post["roles"]]
        if person["synthetic"]:
            role = max(held, key=by_weight.index, default="staff")
            tx.query(
                "update people set synthetic_role = :role where id = :id", {"id": row["id"], "role": role}
            )


STEPS: tuple[Callable[[Tx], None], ...] = (
    articles,
    directory,
    audit,
    outbox,
    inbox,
    receipts,
    conversations,
    editing,
    learning,
    subjects,
    synthetic_roles,
)
