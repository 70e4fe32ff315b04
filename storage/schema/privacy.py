"""The end of data: leavers whose term runs, holds of the city's record rules, what was deleted, and the key of the list of erased people."""

from __future__ import annotations

from secrets import token_hex

from storage.schema.changing import change
from storage.session import Tx


def life_of_data(tx: Tx) -> None:
    """Leavers as they were, holds, proofs of deletion, and the key under which erased people are remembered elsewhere."""
    change(
        tx,
        """
        create table leavers (
          person_id text primary key,
          left_on text not null,
          body text not null
        );
        create index leavers_day on leavers (left_on);
        create table record_holds (
          id text primary key,
          kind text not null,
          round_id text not null,
          reason text not null,
          placed_by text not null,
          placed_at text not null,
          lifted_by text,
          lifted_at text
        );
        create table deletions (
          id text primary key,
          at text not null,
          kind text not null,
          cause text not null,
          removed bigint not null,
          remaining bigint not null,
          cleaned_at text
        );
        create index deletions_at on deletions (at);
        create table erasure_keys (name text primary key, secret text not null)
        """,
    )
    tx.query("insert into erasure_keys (name, secret) values ('people', :secret)", {"secret": token_hex(32)})
