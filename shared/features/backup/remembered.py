"""Facts that an earlier state of the database would not know, kept in DATA_DIR beside the mark: who
was erased, and which numbers were given."""

import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from pydantic import TypeAdapter
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shared.events.installation import Installation
from shared.storage.models import ErasedAddress, Event, Owner
from shared.storage.private_files import write_json
from shared.storage.sealing.tokens import Seal

log = logging.getLogger(__name__)

_NAME = "remembered.json"
# What the fingerprints of keys are made of, in this file and in the manifest of a backup.
KEYS = "backup"


@dataclass(frozen=True)
class RememberedBackup:
    """The remembered facts of the installation whose keys have the fingerprints `keys`.

    `erased` are events and hashes of addresses, made with the key in `address_key`, which is
    sealed. `numbers` says the next number of each event.
    """

    keys: list[str]
    address_key: str | None = None
    erased: list[tuple[int, str]] = field(default_factory=list)
    numbers: dict[int, int] = field(default_factory=dict)


def read(folder: Path, keys: Sequence[str]) -> RememberedBackup | None:
    """Return what is remembered of the installation with one of these keys; None if nothing is."""
    with suppress(OSError, ValueError):
        found = TypeAdapter(RememberedBackup).validate_json((folder / _NAME).read_bytes())
        if set(found.keys) & set(keys):
            return found
    return None


class Memory:
    """Keeps the file up to date with the database that is worked on."""

    def __init__(self, folder: Path, seal: Seal) -> None:
        self._folder, self._keys = folder, seal.fingerprints(KEYS)
        self._read_at: tuple[object, object] = (None, None)

    def note(self, session: Session) -> None:
        """Write down what is new; called every few seconds. Raises OSError.

        Nothing is taken back: of an earlier state of the database, this knows more than it says.
        """
        counted = session.execute(select(Event.id, Event.next_number))
        numbers = {event_id: number for event_id, number in counted}
        key = session.scalar(select(Owner.sealed_address_key))
        state = (numbers, key, session.scalar(select(func.max(ErasedAddress.erased_at))))
        if self._read_at == (state, state):
            return
        # Once more the next time: of two transactions, the one that began later may end first.
        self._read_at = (self._read_at[1], state)
        rows = select(ErasedAddress.event_id, ErasedAddress.address_hash)
        erased = {(event_id, known) for event_id, known in session.execute(rows)}
        before = read(self._folder, self._keys)
        if before:
            erased |= set(before.erased)
            numbers = {
                event_id: max(before.numbers.get(event_id, 0), numbers.get(event_id, 0))
                for event_id in before.numbers.keys() | numbers.keys()
            }
        known = RememberedBackup(self._keys, key, sorted(erased), numbers)
        write_json(self._folder / _NAME, asdict(known))


def begin(installation: Installation) -> Callable[[], None]:
    """Return what a worker calls to keep the file up to date."""
    memory = Memory(installation.settings.data_dir, installation.seal)

    def note() -> None:
        try:
            with installation.database.reading() as session:
                memory.note(session)
        except OSError as fault:
            # Mails go on: a restore would leave out more numbers, and erase nobody again.
            log.warning("what a restore has to know cannot be written: %s", fault)

    return note
