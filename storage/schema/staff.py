"""Departments, people, and the audit chain."""

from __future__ import annotations

import json

from storage.schema.changing import change
from storage.session import Tx


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


def audit_of_pseudonyms(tx: Tx) -> None:
    """Where things were done from; people under pseudonyms; where a pruned chain begins; daily anchors."""
    change(
        tx,
        """
        alter table audit_events add column channel text not null default '';
        create index audit_events_actor on audit_events (actor, position);
        create table audit_people (person_id text primary key, pseudonym text not null unique);
        create table audit_base (position bigint not null, hash text not null);
        insert into audit_base (position, hash) values (0, '');
        create table audit_anchors (
          day text primary key,
          first bigint not null,
          last bigint not null,
          hash text not null
        )
        """,
    )


def role_grants(tx: Tx) -> None:
    """Roles given beside the directory, and beside each person those that count now."""
    change(
        tx,
        """
        create table role_grants (
          id text primary key,
          person_id text not null references people (id) on delete cascade,
          granted_at text not null,
          body text not null
        );
        create index role_grants_person on role_grants (person_id);
        alter table people add column grants text
        """,
    )


def personnel(tx: Tx) -> None:
    """人事異動 that waits for its day, and who was in which 課 from when until when."""
    change(
        tx,
        """
        create table planned_changes (
          effective_on text not null,
          person_id text not null,
          body text not null,
          primary key (person_id, effective_on)
        );
        create table post_periods (
          person_id text not null,
          department_id text not null,
          valid_from text not null,
          valid_until text not null,
          primary key (person_id, department_id, valid_from)
        );
        create index post_periods_day on post_periods (valid_from, valid_until)
        """,
    )


def directory_drafts(tx: Tx) -> None:
    """Uploaded directory files, between being looked at and being applied."""
    change(
        tx,
        """
        create table directory_drafts (
          id text primary key,
          uploaded_by text not null,
          uploaded_at text not null,
          body text not null
        )
        """,
    )
