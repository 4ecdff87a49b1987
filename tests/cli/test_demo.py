"""`certs demo` plays the three stories that organizers come with; it is run once for all tests."""

import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest
from sqlalchemy import select

from shared.events.installation import Installation
from shared.events.opening import open_installation
from shared.settings import Settings
from shared.storage.models import Certificate, Volunteer
from tests.support.certs_command import certs, environment_in
from tests.support.known_names import mails_of

# The events of the demo beside the first one, which every installation has.
ASK, ISSUE, CHECK = 2, 3, 4


@dataclass(frozen=True)
class Played:
    folder: Path
    environment: dict[str, str]
    ended: subprocess.CompletedProcess[str]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    folder = tmp_path_factory.mktemp("demo")
    # The network's proxy has no part in what stays on this machine.
    environment = environment_in(folder) | {"HTTP_PROXY": "http://127.0.0.1:9"}
    return Played(folder, environment, certs(environment, "demo"))


@pytest.fixture
def afterwards(played: Played) -> Iterator[Installation]:
    installation = open_installation(
        Settings(_env_file=None, data_dir=played.folder / "data", database_url="")
    )
    yield installation
    installation.database.close()


def kinds_of(installation: Installation, event_id: int) -> list[list[str]]:
    """What each person was mailed."""
    kinds: dict[str, list[str]] = {}
    for person, kind, state in mails_of(installation.database, event_id):
        assert state == "sent"
        kinds.setdefault(person, []).append(kind)
    return list(kinds.values())


def test_the_demo_brings_every_certificate_into_the_mailbox(played: Played):
    assert played.ended.returncode == 0, played.ended.stdout + played.ended.stderr
    pictures = (played.folder / "data/demo").rglob("*.jpg")
    assert sorted(int(picture.stem) for picture in pictures) == list(range(1, 26))


@pytest.mark.parametrize(
    ("story", "people"),
    [
        ("Ask everybody for their name", 9),
        ("Names known: mail now", 8),
        ("Names known: check first", 8),
    ],
)
def test_the_table_says_which_story_each_line_belongs_to(played: Played, story: str, people: int):
    lines = [line for line in played.ended.stdout.splitlines() if line.startswith(f"│ {story} ")]
    assert len(lines) == people
    assert all("4 " in line and ".jpg" in line for line in lines)


def test_who_is_asked_gets_a_link_and_then_the_certificate(afterwards: Installation):
    assert kinds_of(afterwards, ASK) == [["invitation", "certificate"]] * 9


def test_whose_name_is_known_gets_the_certificate_alone(afterwards: Installation):
    assert kinds_of(afterwards, ISSUE) == [["certificate"]] * 8


def test_who_does_not_correct_a_name_by_the_day_gets_that_of_the_list(afterwards: Installation):
    assert kinds_of(afterwards, CHECK) == [["invitation", "certificate"]] * 8
    issued = (
        select(Certificate.name, Volunteer.listed_name, Volunteer.given_name)
        .join(Volunteer, Volunteer.id == Certificate.volunteer_id)
        .where(Volunteer.event_id == CHECK)
        .order_by(Volunteer.id)
    )
    with afterwards.database.reading() as session:
        *others, last = session.execute(issued).all()
    assert [(name, given) for name, _, given in others] == [(listed, "") for _, listed, _ in others]
    corrected = "Maximiliane Alexandra von und zu Hohenstein-Wallersdorf"
    assert tuple(last) == (corrected, "Maxi Hohenstein", corrected)


def test_its_people_and_certificates_are_exported(played: Played):
    table = played.folder / "statuses.csv"
    assert certs(played.environment, *export(table)).returncode == 0
    rows = table.read_text("utf-8-sig").splitlines()
    assert len(rows) == 10
    assert all(",4," in row for row in rows[1:])

    archive = played.folder / "certificates.zip"
    ended = certs(played.environment, *export(archive), *certificates("zip"), "--names", "{name}")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert archive.stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(archive) as packed:
        assert len(packed.namelist()) == 9
        assert packed.testzip() is None

    document = played.folder / "certificates.pdf"
    assert certs(played.environment, *export(document), *certificates("pdf")).returncode == 0
    with pikepdf.open(document) as printed:
        assert len(printed.pages) == 9


def export(file: Path) -> list[str]:
    return ["export", "--event", str(ASK), "--out", str(file)]


def certificates(form: str) -> list[str]:
    return ["--certificates", "--format", form]
