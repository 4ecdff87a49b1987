"""All certificates of an event in a ZIP, or those of some people, as they were issued."""

import io
import zipfile

import pytest
from sqlalchemy import select

from shared.acts.run import apply
from shared.acts.withdraw import Withdraw
from shared.certificates import bundles
from shared.certificates.bundles import BundleOrder, expected_bytes
from shared.certificates.issuing import drawing
from shared.errors import PlaceholderUnknown
from shared.events.installation import Installation
from shared.storage.models import Certificate, Event, Status, Volunteer
from shared.volunteers.people.listing import Listing
from tests.support.acting import of
from tests.support.factories import set_picture, small_picture
from tests.support.issued import issue

NAMES = ["Bo", "王小明", "Ana/Maria", "Bo", "Ed"]


@pytest.fixture
def five(installation: Installation, event_id: int) -> int:
    issue(installation, event_id, NAMES)
    return event_id


def unpacked(installation: Installation, order: BundleOrder, told: list[int]) -> dict[str, bytes]:
    content = b"".join(bundles.zipped(installation, order, told.append))
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert archive.testzip() is None
    return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("format", ["jpg", "png", "pdf"])
def test_every_file_is_the_one_that_its_owner_has(
    installation: Installation, five: int, format: str
) -> None:
    told: list[int] = []
    files = unpacked(installation, BundleOrder(five, format=format), told)  # type: ignore[arg-type]
    with installation.database.reading() as session:
        for issued in session.scalars(select(Certificate)):
            name = f"{issued.number} {issued.name.replace('/', ' ')}.{format}"
            own = drawing.render(session, installation.settings, issued, format)  # type: ignore[arg-type]
            assert files.pop(name) == own
    assert files == {}
    assert told == [1, 2, 3, 4, 5]


def test_those_of_a_filter_alone_and_none_that_does_not_count(
    installation: Installation, five: int
) -> None:
    with installation.database.writing() as session:
        first = select(Volunteer.id).where(Volunteer.email == "v0@example.org")
        apply(session, Withdraw(of(*session.scalars(first)), "Was not there"), five)
    with installation.database.reading() as session:
        event = session.get_one(Event, five)
        bos = BundleOrder(
            five, Listing(session, event, search="Bo").people, pattern="{name} {email}"
        )
        assert bundles.count(session, bos) == 1
        mailed = BundleOrder(five, Listing(session, event, statuses=[Status.MAILED]).people)
        assert bundles.count(session, mailed) == 0
    assert list(unpacked(installation, bos, [])) == ["Bo v3@example.org.jpg"]


def test_names_that_are_the_same_are_numbered(installation: Installation, five: int) -> None:
    assert sorted(unpacked(installation, BundleOrder(five, pattern="{name}"), [])) == [
        "Ana Maria.jpg",
        "Bo (2).jpg",
        "Bo.jpg",
        "Ed.jpg",
        "王小明.jpg",
    ]


def test_a_list_is_asked_for_in_pages_and_each_design_after_the_other(
    installation: Installation, five: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from shared.events import event_for_change

    with installation.database.writing() as session:
        event = event_for_change(session, five)
        set_picture(session, event, small_picture("#336699"))
        newest = session.scalars(select(Certificate).order_by(Certificate.id)).first()
        assert newest
        newest.design_id = event.design_id or 0
    monkeypatch.setattr(bundles, "_FETCHED_AT_ONCE", 2)
    listed = [one.facts.name for one in bundles.entries(
        installation, BundleOrder(five)
    )]  # fmt: skip
    assert listed == ["王小明", "Ana/Maria", "Bo", "Ed", "Bo"]


def test_who_stops_waiting_stops_the_drawing(
    installation: Installation, five: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[int] = []
    monkeypatch.setattr(bundles, "_FETCHED_AT_ONCE", 1)
    pieces = bundles.zipped(installation, BundleOrder(five), told.append)
    next(pieces)
    pieces.close()
    assert told == []
    with pytest.raises(StopIteration):
        next(pieces)


def test_a_pattern_that_cannot_be_used_is_said_before_anything_is_sent(
    installation: Installation, five: int
) -> None:
    with pytest.raises(PlaceholderUnknown):
        bundles.zipped(installation, BundleOrder(five, pattern="{role}"), [].append)


@pytest.mark.parametrize("kind", ["zip", "pdf"])
def test_the_size_is_known_beforehand(installation: Installation, five: int, kind: str) -> None:
    make = {"zip": bundles.zipped, "pdf": bundles.printed}[kind]
    real = len(b"".join(make(installation, BundleOrder(five), lambda _: None)))
    with installation.database.reading() as session:
        expected = expected_bytes(session, installation.settings, BundleOrder(five), kind)  # type: ignore[arg-type]
        nobody = BundleOrder(five, select(Volunteer.id).where(Volunteer.id < 0))
        assert expected_bytes(session, installation.settings, nobody, "zip") == 0
    assert 0.7 < expected / real < 1.4
