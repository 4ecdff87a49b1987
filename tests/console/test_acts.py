"""Everything that a person does on a screen is logged, with their name and the act."""

import ast
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update
from streamlit.testing.v1 import AppTest

from shared.access.roles import Role
from shared.events.installation import Installation
from shared.mail.queue import hold
from shared.storage.clock import database_time
from shared.storage.models import (
    Action,
    Event,
    Mail,
    MailState,
    Status,
    Volunteer,
)
from tests.support import factories
from tests.support.acting import queue_invitations
from tests.support.audited import acts
from tests.support.colleagues import join
from tests.support.console_screens import (
    Open,
    fail_every_mail,
    fill,
    give_account,
    leave,
    press,
    undisturbed,
)
from tests.support.editing import change_a_layout
from tests.support.one_database import database_url
from tests.support.sending_steps import SENT, claim, settle

__all__ = ["database_url"]

ROOT = Path(__file__).parents[2]
Prepare = Callable[[Installation, int], object]
Do = Callable[[AppTest], object]

# What volunteers do, which their certificate and their row tell; what the program does for itself;
# and acts whose person is known only in the transaction itself.
OF_NO_ACTOR = {
    "api/calls/volunteer.py store_name",
    "api/pages/my_data.py end",
    "shared/cli/demo.py _set_up",
    "shared/cli/demo.py _play",
}


def functions() -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for folder in ("api/calls", "console/screens", "console/widgets", "shared/cli"):
        for file in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    yield f"{file.relative_to(ROOT).as_posix()} {node.name}", node


def calls_in(function: ast.AST, name: str) -> list[ast.Call]:
    calls = (node for node in ast.walk(function) if isinstance(node, ast.Call))
    return [call for call in calls if ast.unparse(call.func).rpartition(".")[2] == name]


def test_nobody_writes_without_saying_for_whom():
    found = {
        place
        for place, function in functions()
        for call in calls_in(function, "writing")
        if ast.unparse(call.func).endswith("database.writing") and not call.keywords
    }
    assert found - OF_NO_ACTOR == set()


def invited(installation: Installation, event_id: int) -> None:
    factories.invite(installation, event_id)


def ended(state: MailState) -> Prepare:
    def prepare(installation: Installation, event_id: int) -> None:
        invited(installation, event_id)
        fail_every_mail(installation.database, event_id, state)

    return prepare


def silent(installation: Installation, event_id: int) -> None:
    invited(installation, event_id)
    with installation.database.writing() as session:
        week_ago = database_time(session) - timedelta(days=7)
        session.execute(update(Mail).values(state=MailState.SENT, sent_at=week_ago))
        session.execute(update(Volunteer).values(status=Status.INVITED))


def held(installation: Installation, event_id: int) -> None:
    factories.add(installation.database, event_id, "\n".join(f"v{n}@x.org" for n in range(5)))
    with installation.database.writing() as session:
        event = session.get_one(Event, event_id)
        queue_invitations(session, installation.seal, event, first_few=True)


def stopped(installation: Installation, event_id: int) -> None:
    invited(installation, event_id)
    with installation.database.writing() as session:
        hold.pause(session.get_one(Event, event_id))


def rehearsed(installation: Installation, event_id: int) -> None:
    invited(installation, event_id)
    for claimed in claim(installation.database):
        settle(installation.database, claimed, SENT)
    give_account(installation, event_id)


def submitted(installation: Installation, event_id: int) -> None:
    with installation.database.writing() as session:
        session.execute(update(Volunteer).values(status=Status.SUBMITTED, given_name="Ana"))


def mailbox(installation: Installation, event_id: int) -> None:
    factories.rehearsed(installation, event_id, "ana@example.org", "Hi")


def nothing(_: Installation, __: int) -> None:
    """As it is."""


def pressing(*labels: str, **fields: object) -> Do:
    """Fill in the fields (a space in a name is written as `_`), and press one button after the
    other."""

    def do(screen: AppTest) -> None:
        for name, value in fields.items():
            fill(screen, name.replace("_", " "), value)
        for label in labels:
            screen = press(screen, label)

    return do


def leaving(**fields: object) -> Do:
    """Fill in fields that store themselves, and go on from them."""

    def do(screen: AppTest) -> None:
        for name, value in fields.items():
            screen = leave(screen, name.replace("_", " "), value)

    return do


def of_first_person(do: Do) -> Do:
    def chosen(screen: AppTest) -> None:
        screen.session_state["volunteers.person"] = 1
        do(undisturbed(screen.run()))

    return chosen


def adding(screen: AppTest) -> None:
    press(screen, "Add or update a list")
    fill(screen, screen.text_area[0].label, "cy@example.org")
    press(press(undisturbed(screen.run()), "Check the list"), "Add 1 volunteer")


def inviting(screen: AppTest) -> None:
    press(press(screen, "Send 2 invitations"), "Yes, send their personal links to 2 people")


def placing(screen: AppTest) -> None:
    change_a_layout(screen)
    undisturbed(screen.run())


def uploading(screen: AppTest) -> None:
    (seal,) = (one for one in screen.file_uploader if one.key.startswith("certificate.inset"))
    seal.set_value(("c.png", factories.small_picture("blue"), "image/png"))
    undisturbed(screen.run())


def looking(_: AppTest) -> None:
    """What is shown is enough."""


SCENES: dict[str, tuple[str, Prepare, Do, Action]] = {
    "settings": ("settings", nothing, leaving(Name="Night Run"), Action.SETTINGS_CHANGED),
    "organization": (
        "organization",
        nothing,
        leaving(Name_of_the_organization="Harbour Club"),
        Action.ORGANIZATION_CHANGED,
    ),
    "text": (
        "messages",
        nothing,
        pressing("Use this text", Subject="Your name, please"),
        Action.TEXTS_CHANGED,
    ),
    "placement": ("certificate", nothing, placing, Action.DESIGN_CHANGED),
    "seal": ("certificate", nothing, uploading, Action.FILE_UPLOADED),
    "list": ("volunteers", nothing, adding, Action.LIST_ADDED),
    "invitations": ("send", nothing, inviting, Action.QUEUED),
    "stop": ("send", invited, pressing("Stop sending"), Action.STOPPED),
    "go on": ("send", stopped, pressing("Continue"), Action.RESUMED),
    "first few": (
        "send",
        held,
        pressing("See what they got", "Send to the other 2"),
        Action.RELEASED,
    ),
    "take back": ("send", invited, pressing("Yes, take back 2 invitations"), Action.TAKEN_BACK),
    "retry": (
        "send",
        ended(MailState.FAILED),
        pressing("Retry 2 failed mails"),
        Action.RETRIED,
    ),
    "remind": ("send", silent, pressing("Remind 2 people"), Action.QUEUED),
    "begin for real": (
        "send",
        rehearsed,
        pressing("Begin for real", "Delete rehearsal and begin"),
        Action.BEGUN_FOR_REAL,
    ),
    "address": (
        "volunteers",
        nothing,
        of_first_person(pressing("Change the address", Address="ana@elsewhere.example")),
        Action.VOLUNTEER_CHANGED,
    ),
    "link again": (
        "volunteers",
        invited,
        of_first_person(pressing("Send the link again")),
        Action.QUEUED,
    ),
    "enter again": (
        "volunteers",
        submitted,
        of_first_person(pressing("Reopen the name")),
        Action.VOLUNTEER_REOPENED,
    ),
    "remove": (
        "volunteers",
        nothing,
        of_first_person(pressing("Yes, remove this person")),
        Action.VOLUNTEER_REMOVED,
    ),
    "mailbox": ("mailbox", mailbox, looking, Action.MAILBOX_SEEN),
}


@pytest.mark.parametrize("scene", SCENES)
def test_an_act_on_a_screen_is_in_the_log(
    open_screen: Open, installation: Installation, listed: int, scene: str
):
    name, prepare, do, action = SCENES[scene]
    prepare(installation, listed)
    key = join(installation.database, listed, "Mei", Role.ORGANIZER)
    do(open_screen(name, listed, token=key))
    entries = acts(installation.database)
    assert action in {one.action for one in entries}
    entry = entries[0]
    assert {(one.by_name, one.by_role) for one in entries} == {("Mei", Role.ORGANIZER)}
    assert (entry.event_id, entry.by_key_id) == (listed, 1)
    assert not {"Night Run", "Harbour Club", "elsewhere"} & set(map(str, entry.fields))


@pytest.mark.parametrize("name", ["certificate", "account", "messages", "team", "log"])
def test_whoever_tries_a_screen_that_is_not_theirs_is_in_the_log(
    open_screen: Open, installation: Installation, listed: int, name: str
):
    key = join(installation.database, listed, "Hal", Role.HELPER)
    for _ in range(2):
        open_screen(name, listed, token=key)
    (entry,) = acts(installation.database)
    assert (entry.action, entry.by_name) == (Action.ROLE_REFUSED, "Hal")
