"""A button of the console acts once as it was drawn, together with what it does."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from shared.access import presses
from shared.events.installation import Installation
from shared.storage.models import ConsoleDraft, now


def take(installation: Installation, drawn: str) -> bool:
    with installation.database.writing() as session:
        return presses.take(session, drawn)


def test_the_same_button_is_taken_once(installation: Installation) -> None:
    taken = [take(installation, drawn) for drawn in ("stop", "stop", "go on", "stop")]
    assert taken == [True, False, True, False]


def test_a_press_that_did_nothing_may_be_made_again(installation: Installation) -> None:
    def take_in_vain() -> None:
        with installation.database.writing() as session:
            assert presses.take(session, "stop")
            session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        take_in_vain()
    assert take(installation, "stop")


def test_after_an_hour_nothing_of_it_is_stored(installation: Installation) -> None:
    take(installation, "stop")
    with installation.database.writing() as session:
        session.execute(update(ConsoleDraft).values(expires_at=now() - timedelta(seconds=1)))
        presses.take(session, "go on")
    presses.sweep(installation.database)
    with installation.database.reading() as session:
        assert session.scalars(select(ConsoleDraft.place)).all() == ["go on"]
