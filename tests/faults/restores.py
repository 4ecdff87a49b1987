"""An older database is put back, at any moment: nobody is mailed twice unasked."""

import random
import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import Connection
from sqlalchemy import URL, make_url, select

from shared.storage.models import NOT_SENT, Base, Mail, Owner
from tests.faults.experiments import slow_script
from tests.faults.scene import Scene
from tests.support.begun import end, wait
from tests.support.mailing import wait_until
from tests.support.smtp_sink import SmtpSink

# Each call gives the address of an empty database.
NewDatabase = Callable[[], str]
# A file, or the rows of all tables and the last numbers that were given.
Copy = Path | tuple[dict[str, bytes], dict[str, int | None]]
_MAILS = 40
_SECONDS = 30.0


@dataclass
class Restores:
    """What came of them: `older` counts copies in which a mail waits that had left, `unheld` those
    of them that were not held, `twice` mails that left again, `wrongly` holds after an end alone.
    """

    rounds: int = 0
    older: int = 0
    twice: int = 0
    unheld: int = 0
    wrongly: int = 0


def put_back_copies(
    folder: Path, new_database: NewDatabase, rounds: int, seed: int = 1
) -> Restores:
    """A worker is killed or ended in the middle, goes on, is killed or ended again, and then a copy
    of any moment is put back; all of that `rounds` times, each with a database of its own."""
    rng, found = random.Random(seed), Restores()
    for number in range(rounds):
        one = folder / f"restore {number}"
        one.mkdir()
        _one_round(one, new_database(), rng, found)
    return found


def _one_round(folder: Path, url: str, rng: random.Random, found: Restores) -> None:
    with SmtpSink(slow_script(rng)) as sink:
        # Who may have got a mail whose outcome a kill lost is asked about, and not mailed again.
        scene = Scene(folder, url, sink, _MAILS, ask_when_unsure=True)
        moments = sorted(rng.sample(range(1, _MAILS), 2))
        copied_at, copy = rng.randrange(moments[1]), None
        for moment in moments:
            worker = scene.start_worker()
            if copy is None and copied_at < moment:
                _wait(scene, copied_at, rng)
                copy = _copy(scene, folder / "copy")
            _wait(scene, moment, rng)
            if rng.random() < 0.5:
                worker.kill()
                wait(worker)
            else:
                end(worker)
            found.wrongly += _is_held(scene)
        assert copy is not None
        scene.database.close()
        _put_back(url, copy, is_overwritten=rng.random() < 0.7)
        left = set(sink.recipients())
        is_older = bool(_waiting(scene) & left)
        # What a kill left in hand waits for the end of its lease, which is nothing to wait for.
        with scene.worker(), suppress(AssertionError):
            wait_until(lambda: _is_held(scene) or not scene.open_mails(), _SECONDS / 3)
        found.rounds += 1
        found.older += is_older
        found.unheld += is_older and not _is_held(scene)
        found.twice += len(sink.received) - len(set(sink.recipients()))
        scene.database.close()


def _wait(scene: Scene, mails: int, rng: random.Random) -> None:
    """Until so many mails were begun, and then for as long as one takes at most."""
    wait_until(lambda: scene.sink.mails_begun >= mails, _SECONDS)
    time.sleep(rng.uniform(0, 0.03))


def _is_held(scene: Scene) -> bool:
    with scene.database.reading() as session:
        return session.scalar(select(Owner.held_at)) is not None


def _waiting(scene: Scene) -> set[str]:
    with scene.database.reading() as session:
        return set(session.scalars(select(Mail.address).where(Mail.state.in_(NOT_SENT))))


def _copy(scene: Scene, to: Path) -> Copy:
    url = make_url(scene.settings.database_url)
    if url.drivername == "sqlite":
        with closing(sqlite3.connect(str(url.database))) as now, closing(sqlite3.connect(to)) as it:
            now.backup(it)
        return to
    with _postgresql(url) as session:
        session.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        rows = {name: _rows(session, name) for name in Base.metadata.tables}
        sequences = session.execute("SELECT sequencename, last_value FROM pg_sequences").fetchall()
        return rows, dict(sequences)


def _put_back(url: str, copy: Copy, *, is_overwritten: bool) -> None:
    """SQLite's file is overwritten, or another one takes its place; PostgreSQL's rows are put back
    into the tables that are there, which is harder to notice than a dump."""
    parsed = make_url(url)
    if not isinstance(copy, Path):
        rows, sequences = copy
        with _postgresql(parsed) as session:
            session.execute("SET session_replication_role = replica")
            session.execute("TRUNCATE " + ", ".join(f'"{name}"' for name in rows) + " CASCADE")
            for name, said in rows.items():
                with session.cursor().copy(f'COPY "{name}" FROM STDIN') as copied:
                    copied.write(said)
            for name, last in sequences.items():
                session.execute("SELECT setval(%s, %s, %s)", [name, last or 1, last is not None])
        return
    file = Path(parsed.database or "")
    for beside in ("-wal", "-shm"):
        Path(f"{file}{beside}").unlink(missing_ok=True)
    if is_overwritten:
        file.write_bytes(copy.read_bytes())
    else:
        shutil.move(copy, file)


def _rows(session: Connection, table: str) -> bytes:
    with session.cursor().copy(f'COPY "{table}" TO STDOUT') as copied:
        return b"".join(bytes(part) for part in copied)


def _postgresql(url: URL) -> Connection:
    """A transaction, when it is used as a context manager."""
    return psycopg.connect(url.set(drivername="postgresql").render_as_string(hide_password=False))
