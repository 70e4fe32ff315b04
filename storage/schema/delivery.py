"""What is sent, received, and to whom."""

from __future__ import annotations

from storage.schema.changing import change
from storage.session import Tx


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


def send_turns(tx: Tx) -> None:
    """When the next message may go out on a channel, and to each of its recipients (a hash; seconds since 1970)."""
    change(
        tx,
        """
        create table send_turns (
          channel text not null,
          place text not null,
          next_at double precision not null,
          primary key (channel, place)
        )
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


def outbox_trouble(tx: Tx) -> None:
    """Whether the operator was told of a message that did not go out, and an index for claiming by channel."""
    change(
        tx,
        """
        alter table outbox add column told_at text;
        create index outbox_channel_due on outbox (channel, state, due_at)
        """,
    )


def messages_by_age(tx: Tx) -> None:
    """Indexes to find what is old enough to be emptied or removed."""
    change(
        tx,
        """
        create index outbox_settled on outbox (settled_at);
        create index inbox_delivered on inbox (delivered_at)
        """,
    )


def sealed_files(tx: Tx) -> None:
    """Exported files for ten minutes, sealed under keys that are not here; under the hash of their id."""
    change(
        tx,
        """
        create table sealed_files (
          key text primary key,
          person_id text not null,
          told_at text not null,
          done integer not null,
          total integer not null,
          body text not null
        )
        """,
    )
