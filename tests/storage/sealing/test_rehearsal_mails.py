"""The rehearsal mailbox is readable for people who may read it, but not from the database alone."""

from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import select

from shared.errors import SettingRefused
from shared.events.installation import Installation, open_installation
from shared.mail import rehearsal
from shared.settings import Settings
from shared.storage.database import Database
from shared.storage.models import RehearsalMail
from shared.storage.sealing.key_rotation import count_lost, rotate_keys
from shared.storage.sealing.tokens import Seal
from tests.support.processes import in_processes, plain_settings

LINK = "http://127.0.0.1:8000/certificate?token=of-the-rehearsal"
CONTENT = f"From: a@example.org\r\nSubject: Thanks\r\n\r\nYour page: {LINK}\r\n".encode()
COUNT = 45


def keep(database: Database, event_id: int, seal: Seal | None = None, count: int = 1) -> None:
    """Mails in the mailbox: sealed, or as a version left them that knew of no seal."""
    with database.writing() as session:
        session.add_all(
            RehearsalMail(
                event_id=event_id,
                recipient="ana@example.org",
                subject="Thanks",
                content=seal.seal_mail(CONTENT, "ana@example.org") if seal else CONTENT,
                is_sealed=seal is not None,
            )
            for _ in range(count)
        )


def links(database: Database, seal: Seal, event_id: int) -> list[str]:
    with database.reading() as session:
        mails = rehearsal.mailbox(session, event_id, page_size=100)
        return [rehearsal.parse(seal, mail).link for mail in mails]


def start(url: str, data_dir: Path) -> None:
    open_installation(plain_settings(url, data_dir)).database.close()


def test_mails_from_before_are_sealed_at_the_first_start_by_whoever_comes_first(
    installation: Installation, settings: Settings, event_id: int
) -> None:
    keep(installation.database, event_id, count=COUNT)
    in_processes(start, [(settings.database_url, settings.data_dir)] * 3)
    with installation.database.reading() as session:
        contents = session.scalars(select(RehearsalMail.content)).all()
        assert set(session.scalars(select(RehearsalMail.is_sealed))) == {True}
    assert len(contents) == COUNT
    assert not any(b"of-the-rehearsal" in content for content in contents)
    assert links(installation.database, installation.seal, event_id) == [LINK] * COUNT


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_nothing_of_them_is_left_in_the_file(
    installation: Installation, settings: Settings, event_id: int
) -> None:
    keep(installation.database, event_id, count=COUNT)
    start(settings.database_url, settings.data_dir)
    file = Path(str(installation.database.engine.url.database))
    installation.database.close()
    assert b"ana@example.org" in file.read_bytes()
    assert b"of-the-rehearsal" not in file.read_bytes()


def test_a_mail_is_of_no_use_in_the_place_of_another_recipients() -> None:
    seal = Seal(["key"])
    sealed = seal.seal_mail(CONTENT, "ana@example.org")
    assert seal.open_mail(sealed, "ana@example.org") == CONTENT
    with pytest.raises(SettingRefused):
        seal.open_mail(sealed, "bo@example.org")


def test_a_replaced_key_is_needed_no_longer_for_the_mailbox(
    database: Database, event_id: int
) -> None:
    old, both, new = Seal(["old"]), Seal(["new", "old"]), Seal(["new"])
    keep(database, event_id, old, COUNT)
    keep(database, event_id, new)
    assert links(database, both, event_id) == [LINK] * (COUNT + 1)
    assert rotate_keys(database, both) == Counter(mails=COUNT)
    assert rotate_keys(database, both) == Counter()
    assert links(database, new, event_id) == [LINK] * (COUNT + 1)
    assert count_lost(database, new) == 0
    assert count_lost(database, old) == COUNT + 1


def test_a_key_that_only_mails_are_sealed_with_is_not_replaced_without_a_word(
    installation: Installation, settings: Settings, event_id: int
) -> None:
    keep(installation.database, event_id, installation.seal)
    (settings.data_dir / "secret.key").unlink()
    with pytest.raises(SettingRefused, match="SECRET_KEYS"):
        open_installation(settings)
