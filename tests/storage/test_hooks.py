"""What happens to certificates is told to features in its own transaction, or not done at all."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from api.app import create_app
from console.asgi import create_console
from shared import features
from shared.acts.run import apply
from shared.acts.withdraw import Withdraw
from shared.cli.commands import app
from shared.events.installation import Installation
from shared.storage import hooks
from shared.storage.hooks import Hooks
from shared.storage.models import Certificate
from shared.volunteers.people.listing import ALL
from shared.worker.dispatcher import run_worker
from tests.support.issued_for_real import issue_for_real


def run_a_command(_: Installation) -> None:
    assert CliRunner().invoke(app, ["doctor", "--help"]).exit_code == 0


def run_a_worker(installation: Installation) -> None:
    stop = threading.Event()
    stop.set()
    run_worker(installation, stop)


@pytest.fixture
def unloaded(installation: Installation) -> Iterator[None]:
    """As in a process that has just begun, once the installation is open."""
    hooks._features.clear()
    hooks.features.cache_clear()
    yield
    features.load()


def withdraw(installation: Installation, event_id: int) -> None:
    with installation.database.writing() as session:
        apply(session, Withdraw(ALL, "a mistake"), event_id)


def withdrawn(installation: Installation) -> int:
    with installation.database.reading() as session:
        found = select(Certificate).where(Certificate.withdrawn_at.is_not(None))
        return len(session.scalars(found).all())


@pytest.mark.usefixtures("unloaded")
@pytest.mark.parametrize("begin", [create_app, create_console, run_a_worker, run_a_command])
def test_every_entry_point_loads_the_features(
    installation: Installation, begin: Callable[[Installation], object]
):
    with pytest.raises(RuntimeError, match=r"features\.load"):
        hooks.loaded()
    begin(installation)
    assert hooks.loaded() == features._parts("hooks") != []


def test_nothing_is_done_where_nobody_loaded_them(
    installation: Installation, event_id: int, request: pytest.FixtureRequest
):
    issue_for_real(installation, event_id)
    request.getfixturevalue("unloaded")
    with pytest.raises(RuntimeError, match=r"features\.load"):
        withdraw(installation, event_id)
    assert withdrawn(installation) == 0


def test_features_are_told_in_their_order_and_may_refuse(installation: Installation, event_id: int):
    [issued] = issue_for_real(installation, event_id)
    told: list[tuple[str, int]] = []

    def refuse(*_: object) -> None:
        raise ZeroDivisionError

    def telling(name: str) -> Hooks:
        return Hooks(voided=lambda _, them: told.extend((name, one.id) for one in them))

    try:
        hooks.load(lambda: [telling("first"), telling("second"), Hooks(voided=refuse)])
        with pytest.raises(ZeroDivisionError):
            withdraw(installation, event_id)
        assert withdrawn(installation) == 0
        hooks.load(lambda: [telling("third"), Hooks()])
        withdraw(installation, event_id)
    finally:
        features.load()
    assert told == [("first", issued), ("second", issued), ("third", issued)]
    assert withdrawn(installation) == 1


def test_what_features_say_is_one_answer():
    about: Any = None
    first = Hooks(
        evidence=lambda *_: None,
        read_at=lambda _: "bounces@example.org",
        troubles=lambda *_: [("disk", "full")],
        held_about=lambda *_: {"proof": 1, "list": 1},
    )
    second = Hooks(
        evidence=lambda *_: False,
        read_at=lambda _: "later@example.org",
        troubles=lambda *_: [("mail", "late")],
        held_about=lambda *_: {"list": 2},
        is_given_out=lambda *_: True,
    )
    try:
        hooks.load(lambda: [first, second, Hooks()])
        them = hooks.features()
        assert them.evidence(about, about) is False
        assert them.read_at(about) == "bounces@example.org"
        assert list(them.troubles(about, "en")) == [("disk", "full"), ("mail", "late")]
        assert them.held_about(about, about) == {"proof": 1, "list": 2}
        assert them.is_given_out(about, 1)
        hooks.load(lambda: [Hooks()])
        them = hooks.features()
        assert them.evidence(about, about) is None
        assert not them.is_given_out(about, 1)
        assert list(them.gauges(about)) == []
    finally:
        features.load()
