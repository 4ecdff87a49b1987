"""A press that waits until its person has confirmed who they are is theirs, once, for an hour."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlalchemy import select, update

from shared.access import drafts
from shared.events.installation import Installation
from shared.storage.models import ConsoleDraft, now

BINDING = ("press", "somebody")


def keep(installation: Installation) -> None:
    with installation.database.writing() as session:
        drafts.keep(session, installation.seal, BINDING, "a press")


def test_it_is_sealed_for_its_person(installation: Installation):
    keep(installation)
    stranger = ("press", "stranger")
    with installation.database.writing() as session:
        (row,) = session.scalars(select(ConsoleDraft))
        assert "press" not in row.sealed
        # Somebody who can write to the database gives it to themselves.
        drafts.keep(session, installation.seal, stranger, "another")
        session.flush()
        theirs = ConsoleDraft.place != row.place
        session.execute(update(ConsoleDraft).where(theirs).values(sealed=row.sealed))
        assert drafts.take(session, installation.seal, stranger) == ""
        assert drafts.take(session, installation.seal, BINDING) == "a press"


def test_after_an_hour_nothing_of_it_is_stored(installation: Installation):
    keep(installation)
    with installation.database.writing() as session:
        long_ago = now() - timedelta(seconds=1)
        session.execute(update(ConsoleDraft).values(expires_at=long_ago))
        drafts.keep(session, installation.seal, ("press", "another"), "a press")
    drafts.sweep(installation.database)
    with installation.database.reading() as session:
        assert len(session.scalars(select(ConsoleDraft)).all()) == 1


def test_of_two_who_take_it_at_once_one_gets_it(installation: Installation):
    keep(installation)

    def take(_: int) -> str:
        with installation.database.writing() as session:
            return drafts.take(session, installation.seal, BINDING)

    with ThreadPoolExecutor(4) as readers:
        assert sorted(readers.map(take, range(4))) == ["", "", "", "a press"]
