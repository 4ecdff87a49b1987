"""What an earlier state of the database would not know, kept in DATA_DIR beside the mark: who was
erased, and which numbers were given."""

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.storage.models import ErasedAddress, Event, Owner

_NAME = "remembered.json"


@dataclass(frozen=True)
class Remembered:
    """`keys` are fingerprints of the keys of the installation that it is about.

    `erased` are events and hashes of addresses, made with the key in `address_key`, which is
    sealed. `numbers` says the next number of each event.
    """

    keys: list[str]
    address_key: str | None = None
    erased: list[tuple[int, str]] = field(default_factory=list)
    numbers: dict[int, int] = field(default_factory=dict)


def read(folder: Path, keys: Sequence[str]) -> Remembered | None:
    """What is remembered of the installation with one of these keys; None if nothing is."""
    with suppress(OSError, ValueError, TypeError, KeyError):
        said = json.loads((folder / _NAME).read_text(encoding="utf-8"))
        found = Remembered(
            keys=said["keys"],
            address_key=said["address_key"],
            erased=[(int(event_id), str(known)) for event_id, known in said["erased"]],
            numbers={int(event_id): int(number) for event_id, number in said["numbers"].items()},
        )
        if set(found.keys) & set(keys):
            return found
    return None


class Memory:
    """Keeps the file up to date with the database that is worked on."""

    def __init__(self, folder: Path, keys: list[str]) -> None:
        self._folder, self._keys = folder, keys
        self._written: Remembered | None = None
        self._erased: list[tuple[int, str]] = []

    def note(self, session: Session) -> None:
        """Write down what is new. Raises OSError.

        Never what an earlier state says: who was erased once stays so.
        """
        numbers = dict(session.execute(select(Event.id, Event.next_number)).tuples().all())
        before = self._written or read(self._folder, self._keys)
        rows = select(ErasedAddress.event_id, ErasedAddress.address_hash)
        erased = {*session.execute(rows).tuples(), *(before.erased if before else [])}
        now = Remembered(
            self._keys, session.scalar(select(Owner.sealed_address_key)), sorted(erased), numbers
        )
        if now == self._written:
            return
        draft = (self._folder / _NAME).with_suffix(f".{os.getpid()}")
        with draft.open("w", encoding="utf-8") as file:
            json.dump(asdict(now), file)
            file.flush()
            os.fsync(file.fileno())
        draft.chmod(0o600)
        draft.replace(self._folder / _NAME)
        self._written = now
