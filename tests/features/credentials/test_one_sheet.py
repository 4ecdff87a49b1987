"""One sheet of paper through the life of an event: at each step, whoever is asked about what people
hold tells the truth, and nobody contradicts another.

Another step is a function that does something to the story, and its line in `LIFE`: what is true
from then on of the files that people hold. `held` are those that somebody downloads then.
"""

import json
import os
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from api.app import create_app
from shared.acts.remove import remove
from shared.acts.run import apply_to
from shared.acts.withdraw import UndoWithdrawal, Withdraw
from shared.events import event_for_change
from shared.events.installation import Installation
from shared.events.opening import open_installation
from shared.events.settings import EventChange, archive_event, update_event
from shared.features.credentials import issuers, renewal, stored
from shared.features.credentials.publishing import publish
from shared.log.actor import AT_THE_MACHINE
from shared.privacy.deletion import delete_event, remove_deleted
from shared.privacy.erasure import erase_person
from shared.storage.models import Certificate, Volunteer
from shared.storage.models.certificate import CURRENT
from tests.support.at_url import settings_of
from tests.support.certs_command import certs
from tests.support.foreign_verifiers import ARE_THERE, Internet
from tests.support.issued_for_real import PUBLIC, issue_for_real, made_public
from tests.support.moved import restored, written
from tests.support.one_database import database_url
from tests.support.submitting import submit_name
from tests.support.upgraded import empty_database

# It goes to the other kind on the way, and tests/features/backup restores both ways.
__all__ = ["database_url"]

PEOPLE = ("ana", "bo", "cy", "di", "ed")


class Told(NamedTuple):
    """What is said about a file that somebody holds."""

    # The heading of its page; `state` in both calls for programs; what `….json` answers.
    page: str
    state: str
    file: int
    # `certs verify`: good, revoked, or bad. Others' verifiers tell good from the rest.
    verified: str


COUNTS = Told("This certificate was issued here", "valid", 200, "good")
CORRECTED = Told("This certificate was replaced", "replaced", 410, "revoked")
WITHDRAWN = Told("This certificate was withdrawn", "withdrawn", 200, "revoked")
# It counts again, by another file than this one.
HAS_ANOTHER = COUNTS._replace(verified="revoked")
REMOVED = Told("This certificate was withdrawn", "withdrawn", 410, "revoked")
ERASED = Told("This certificate was withdrawn", "erased", 410, "revoked")


class Held(NamedTuple):
    public_id: str
    content: bytes


@dataclass
class Story:
    installation: Installation
    api: TestClient
    event_id: int
    folder: Path
    # An empty place on the other kind of database.
    elsewhere: str
    ends: ExitStack
    held: dict[str, Held] = field(default_factory=dict)

    def of(self, who: str) -> Certificate:
        """The certificate that somebody has now."""
        theirs = select(Certificate).join(Volunteer, Volunteer.id == Certificate.volunteer_id)
        theirs = theirs.where(Volunteer.email == f"{who}@example.org", CURRENT)
        with self.installation.database.reading() as session:
            return session.scalars(theirs).one()

    def download(self, label: str) -> None:
        """Somebody downloads their file; what they hold begins with their name."""
        current = self.of(label.partition(" ")[0])
        answer = self.api.get(f"/verify/{current.public_id}.json")
        self.held[label] = Held(current.public_id, answer.raise_for_status().content)

    def told(self) -> dict[str, Told]:
        """What everybody says about each of the files that are held."""
        verified = self._verified()
        if ARE_THERE:
            good = {label: verdict == "good" for label, verdict in verified.items()}
            assert self._verified_by_others() == {label: (one, one) for label, one in good.items()}
        ids = [one.public_id for one in self.held.values()]
        states = self.api.post("/verify", json={"ids": ids}).json()["states"]
        answered = {id: self._answered(id) for id in set(ids)}
        assert {id: state for id, (_, state, _) in answered.items()} == states
        return {
            label: Told(*answered[one.public_id], verified[label])
            for label, one in self.held.items()
        }

    def _answered(self, public_id: str) -> tuple[str, str, int]:
        page = self.api.get(f"/verify/{public_id}", params={"lang": "en"})
        [heading] = re.findall(r"<h1>(.*?)</h1>", page.text)
        # What they did says as much, whoever it was and whatever the event is called by then.
        heading = re.sub(r"^Ana .* helped for .* at .*$", COUNTS.page, heading)
        told = self.api.get(f"/verify/{public_id}", headers={"Accept": "application/json"}).json()
        file = self.api.get(f"/verify/{public_id}.json").status_code
        # Nobody is told a name by one who does not hand out the file.
        assert bool(told["facts"].get("name")) == (file == 200)
        assert (told["credential"] is not None) == (file == 200)
        return heading, told["state"], file

    def _verified(self, *options: str) -> dict[str, str]:
        """What `certs verify` says of each."""
        files = {label: self.folder / f"{label}.json" for label in self.held}
        for label, file in files.items():
            file.write_bytes(self.held[label].content)
        settings = self.installation.settings
        environment = os.environ | {
            "DATA_DIR": str(settings.data_dir),
            "DATABASE_URL": settings.database_url,
            "PUBLIC_URL": settings.public_url,
        }
        ended = certs(environment, "verify", *map(str, files.values()), "--json", *options)
        said = {one["file"]: one for one in map(json.loads, ended.stdout.splitlines())}
        assert len(said) == len(files), ended.stderr
        told = {label: said[str(file)] for label, file in files.items()}
        return {label: _short(one["result"], one["state"]) for label, one in told.items()}

    def by_what_is_published(self) -> tuple[dict[str, str], dict[str, tuple[bool, bool]]]:
        """What `certs verify` and others' verifiers say of each, with the server off."""
        folder = self.folder / "published"
        publish(self.installation, folder)
        internet = Internet(self.api, self.installation)
        internet.answers |= {
            f"{PUBLIC}/{file.relative_to(folder)}": json.loads(file.read_bytes())
            for file in folder.rglob("*.json")
        }
        verified = self._verified("--issuer", str(folder))
        if not ARE_THERE:
            return verified, {label: (one == "good",) * 2 for label, one in verified.items()}
        documents = {label: json.loads(one.content) for label, one in self.held.items()}
        told = internet.told(*documents.values())
        return verified, dict(zip(documents, told, strict=True))

    def _verified_by_others(self) -> dict[str, tuple[bool, bool]]:
        internet = Internet(self.api, self.installation)
        documents = {label: json.loads(one.content) for label, one in self.held.items()}
        for document in documents.values():
            internet.read(document)
        return dict(zip(documents, internet.told(*documents.values()), strict=True))


def _short(result: str, state: str) -> str:
    return state if state == "revoked" else result


def issue(story: Story) -> None:
    lines = "\n".join(f"{who}@example.org,{who.upper()},39,-" for who in PEOPLE)
    issue_for_real(story.installation, story.event_id, f"email,number,Hours,Badge\n{lines}")
    stored.sign_due(story.installation, 30)


def rename(story: Story) -> None:
    with story.installation.database.writing() as session:
        update_event(event_for_change(session, story.event_id), EventChange(name="Night Run"))


def correct(story: Story) -> None:
    with story.installation.database.writing() as session:
        person = session.get_one(Volunteer, story.of("ana").volunteer_id)
        token = story.installation.seal.open_token(person.token or "")
        of = session, story.installation.settings, story.installation.seal
        submit_name(*of, token, "Ana Souza")


def rotate(story: Story, *, leaked: bool = False) -> None:
    with story.installation.database.writing(by=AT_THE_MACHINE) as session:
        issuer = issuers.find(session, issuers.INSTALLATION)
        issuers.rotate(session, story.installation.seal, issuer, leaked=leaked)


def leak(story: Story) -> None:
    rotate(story, leaked=True)
    renewal.renew_leaked(story.installation)
    stored.sign_due(story.installation, 30)


def act_on(story: Story, who: str, act: type, *more: object) -> None:
    with story.installation.database.writing(by=AT_THE_MACHINE) as session:
        person = session.get_one(Volunteer, story.of(who).volunteer_id)
        apply_to(session, act([person.id], *more), person)


def withdraw(story: Story) -> None:
    act_on(story, "bo", Withdraw, "Was not there")


def give_back(story: Story) -> None:
    act_on(story, "bo", UndoWithdrawal)
    stored.sign_due(story.installation, 30)


def take_off_the_list(story: Story) -> None:
    with story.installation.database.writing(by=AT_THE_MACHINE) as session:
        remove(session, session.get_one(Volunteer, story.of("cy").volunteer_id), with_all=True)


def erase(story: Story) -> None:
    with story.installation.database.reading() as session:
        person = session.get_one(Volunteer, story.of("di").volunteer_id)
    erase_person(story.installation.database, story.installation.seal, person, AT_THE_MACHINE)


def archive(story: Story) -> None:
    with story.installation.database.writing(by=AT_THE_MACHINE) as session:
        archive_event(session, event_for_change(session, story.event_id))


def delete(story: Story) -> None:
    with story.installation.database.writing(by=AT_THE_MACHINE) as session:
        event = event_for_change(session, story.event_id)
        delete_event(session, event, event.name)


def sweep(story: Story) -> None:
    assert remove_deleted(story.installation.database) == 1


def restore_elsewhere(story: Story) -> None:
    """On the other kind of database, with the keys that the backup has."""
    written(story.installation.settings, story.folder / "backup.zip")
    place = settings_of(story.elsewhere, story.folder / "elsewhere", public_url=PUBLIC)
    restored(place, story.folder / "backup.zip")
    story.installation = open_installation(place)
    story.ends.callback(story.installation.database.close)
    story.api = story.ends.enter_context(TestClient(create_app(story.installation)))


def move(story: Story) -> None:
    """To another name; the old one goes on leading to the same server, with its Host."""
    moved = made_public(story.installation, "https://thanks.example.com")
    story.installation = moved
    at_old_name = TestClient(create_app(moved), base_url=PUBLIC.removesuffix("/certs"))
    story.api = story.ends.enter_context(at_old_name)


Step = tuple[Callable[[Story], None], tuple[str, ...], dict[str, Told]]
# After the leak everybody has downloaded their file again.
_FIRST = ("ana", "bo", "cy", "di", "ed")
_AGAIN = ("ana again", "bo again", "cy again", "di again", "ed again")
_LEAKED = {label: COUNTS._replace(verified="bad") for label in (*_FIRST[1:], "ana corrected")}
LIFE: tuple[Step, ...] = (
    (issue, _FIRST, dict.fromkeys(_FIRST, COUNTS)),
    (rename, (), {}),
    (correct, ("ana corrected",), {"ana": CORRECTED, "ana corrected": COUNTS}),
    (rotate, (), {}),
    (
        leak,
        _AGAIN,
        _LEAKED | {"ana": CORRECTED._replace(verified="bad")} | dict.fromkeys(_AGAIN, COUNTS),
    ),
    (withdraw, (), {"bo": WITHDRAWN._replace(verified="bad"), "bo again": WITHDRAWN}),
    (
        give_back,
        ("bo once more",),
        {"bo": _LEAKED["bo"], "bo again": HAS_ANOTHER, "bo once more": COUNTS},
    ),
    (take_off_the_list, (), {"cy": REMOVED._replace(verified="bad"), "cy again": REMOVED}),
    (erase, (), {"di": ERASED._replace(verified="bad"), "di again": ERASED}),
    (archive, (), {}),
    # From here on nobody hands out files, whatever is said of them.
    (delete, (), {"*": Told("", "", 410, "")}),
    (sweep, (), {}),
    (restore_elsewhere, (), {}),
    (move, (), {}),
)


@pytest.fixture
def story(
    request: pytest.FixtureRequest, installation: Installation, event_id: int, tmp_path: Path
) -> Iterator[Story]:
    is_sqlite = installation.settings.database_url.startswith("sqlite")
    kind = "postgresql" if is_sqlite else "sqlite"
    (tmp_path / "files").mkdir()
    with ExitStack() as ends:
        elsewhere = ends.enter_context(empty_database(request, kind, tmp_path / "other"))
        public = made_public(installation)
        api = ends.enter_context(TestClient(create_app(public)))
        yield Story(public, api, event_id, tmp_path / "files", elsewhere, ends)


def test_at_each_step_all_that_is_said_of_a_sheet_is_true(story: Story) -> None:
    expected: dict[str, Told] = {}
    for act, downloaded, changed in LIFE:
        act(story)
        for label in downloaded:
            story.download(label)
        if everything := changed.get("*"):
            expected = {one: told._replace(file=everything.file) for one, told in expected.items()}
        else:
            expected |= changed
        assert story.told() == expected, act.__name__
        if act is restore_elsewhere:
            verified, by_others = story.by_what_is_published()
            assert verified == {one: told.verified for one, told in expected.items()}
            assert by_others == {one: (told == "good",) * 2 for one, told in verified.items()}
