"""Signing in: links, codes, sessions and attempts. Hashes of secrets only."""

from __future__ import annotations

from storage.schema.changing import change
from storage.session import Tx


def signing_in(tx: Tx) -> None:
    """Sign-in links, printed codes, sessions, and how often somebody tried."""
    change(
        tx,
        """
        create table sign_in_links (
          token_hash text primary key,
          person_id text not null references people (id) on delete cascade,
          expires_at text not null
        );
        create index sign_in_links_person on sign_in_links (person_id);
        create table sign_in_codes (
          person_id text not null references people (id) on delete cascade,
          code_hash text not null,
          expires_at text not null,
          primary key (person_id, code_hash)
        );
        create table web_sessions (
          token_hash text primary key,
          person_id text not null references people (id) on delete cascade,
          method text not null,
          opened_at text not null,
          seen_at text not null
        );
        create index web_sessions_person on web_sessions (person_id);
        create table sign_in_attempts (key text not null, at text not null);
        create index sign_in_attempts_key on sign_in_attempts (key, at)
        """,
    )
