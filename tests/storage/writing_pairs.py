"""A process that writes two rows at a time, until it is ended: `python -m tests.storage.writing_pairs URL NAME`."""

from __future__ import annotations

import sys
from itertools import count

from storage.database import Tx, open_database


def main(url: str, name: str) -> None:
    with open_database(url) as database:
        for number in count():

            def work(tx: Tx, number: int = number) -> None:
                for table in ("one", "two"):
                    tx.query(f"insert into {table} (id) values (:id)", {"id": f"{name}-{number}"})

            database.transaction(work)
            if number == 0:
                print("writing", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
