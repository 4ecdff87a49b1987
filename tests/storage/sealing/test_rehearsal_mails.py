"""The rehearsal mailbox is readable for people who may read it, but not from the database alone."""

from collections import Counter

import pytest

from shared.errors import SettingRefused
from shared.events.installation import Installation
from shared.events.opening import open_installation
from shared.mail import rehearsal
from shared.settings import Settings
from shared.storage.database import Database
from shared.storage.models import RehearsalMail
from shared.storage.sealing.key_rotation import count_lost, rotate_keys
from shared.storage.sealing.tokens import Seal

LINK = "http://127.0.0.1:8000/certificate?token=of-the-rehearsal"
CONTENT = f"From: a@example.org\r\nSubject: Thanks\r\n\r\nYour page: {LINK}\r\n".encode()
COUNT = 45


def keep(database: Database, event_id: int, seal: Seal, count: int = 1) -> None:
    """Sealed mails in the mailbox."""
    with database.writing() as session:
        session.add_all(
            RehearsalMail(
                event_id=event_id,
                recipient="ana@example.org",
                subject="Thanks",
                content=seal.seal_mail(CONTENT, "ana@example.org"),
            )
            for _ in range(count)
        )


def links(database: Database, seal: Seal, event_id: int) -> list[str]:
    with database.reading() as session:
        mails = rehearsal.mailbox(session, event_id, page_size=100)
        return [rehearsal.parse(seal, mail).link for mail in mails]


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
