"""What a button does is carried out in its callback, and looks at nothing of Streamlit's."""

import ast
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update
from streamlit.util import calc_hash

import console
from console import announcements
from shared.access.roles import Role
from shared.events.installation import Installation
from shared.storage.models import AccessKey, Action, AuditEntry, ConsoleSession, Sending, now
from tests.support import factories
from tests.support.colleagues import join
from tests.support.console_screens import Open, press, read, told
from tests.support.one_database import database_url
from tests.support.stored_while_drawn import note_what_is_stored

__all__ = ["database_url"]

CONSOLE = Path(console.__file__).parent
# Each of them asks Streamlit, or draws.
OF_STREAMLIT = {
    *("st", "say", "refuse", "refusing", "reading", "writing", "in_hand"),
    *("may", "require", "reader", "actor", "reach", "network", "chosen_event", "EVENT_ID"),
}

# What binds what is done to what was shown, and which of its arguments are done.
BINDING = {"partial": 1, "acting_on_person": 2}
# Which of the arguments of what draws a button are done when it is pressed.
DRAWING = {
    **dict.fromkeys(("act_button", "acts_button", "_owner_button"), (2, "first")),
    **{"_person_button": (3, "first"), "offer_to_confirm": (2, ""), "submit_button": (1, "first")},
}


def acts() -> Iterator[tuple[str, ast.AST, set[str]]]:
    """Whatever a button is given to do, where it stands, and the places in Streamlit's state that
    its module names."""
    for path in sorted(CONSOLE.rglob("*.py")):
        tree = ast.parse(path.read_text())
        defined = {one.name: one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)}
        places = {
            target.id
            for one in tree.body
            if isinstance(one, ast.Assign) and "SessionKey" in ast.dump(one.value)
            for target in one.targets
            if isinstance(target, ast.Name)
        }
        for outer in defined.values():
            for call in ast.walk(outer):
                place, first = DRAWING.get(_called(call), (0, ""))
                if place and outer.name not in DRAWING:
                    assert isinstance(call, ast.Call)
                    more = [k.value for k in call.keywords if k.arg in (first, "carry_out")]
                    given = [call.args[place], *more]
                    for one in given:
                        for act in _followed(one, outer, defined):
                            yield f"{path.relative_to(CONSOLE)}:{call.lineno}", act, places


def _called(call: ast.AST) -> str:
    func = call.func if isinstance(call, ast.Call) else None
    return getattr(func, "id", getattr(func, "attr", ""))


def _followed(
    act: ast.AST, outer: ast.AST, defined: dict[str, ast.FunctionDef]
) -> Iterator[ast.AST]:
    """The functions themselves, through what they were called and what binds them."""
    given = {
        target.id: one.value
        for one in ast.walk(outer)
        if isinstance(one, ast.Assign)
        for target in one.targets
        if isinstance(target, ast.Name)
    }
    while (name := getattr(act, "id", "")) in given:
        act = given.pop(name)
    if not isinstance(act, ast.Call):
        yield defined.get(name, act)
    # What is done to people is an act, no function.
    elif not _called(act)[:1].isupper():
        assert _called(act) in BINDING, ast.unparse(act)
        for one in act.args[: BINDING[_called(act)]]:
            yield from _followed(one, outer, defined)


def test_no_act_of_a_button_looks_at_streamlit():
    assert len(list(acts())) >= 40
    for where, act, places in acts():
        assert not set(_names(act)) & (OF_STREAMLIT | places), where


def _names(act: ast.AST) -> Iterator[str]:
    """What it names, without what is left to do once it is stored."""
    for one in ast.iter_child_nodes(act):
        if isinstance(one, ast.Name):
            yield one.id
        if not isinstance(one, ast.FunctionDef | ast.Lambda):
            yield from _names(one)


# What stores something otherwise, in the order of its reasons.
BESIDE = {
    # Fields that store themselves, in a callback, unless others have stored something else.
    *("screens/wording/__init__ decide", "widgets/saving_fields _keep"),
    # The certificate's own steps, which say of which version they are.
    *("screens/certificate/gallery _use", "screens/certificate/placing _take_picture"),
    *("screens/certificate/saving save", "screens/certificate/saving go"),
    *("screens/certificate/template _take_template", "screens/certificate/template _take_font"),
    *("screens/certificate/template describe", "screens/certificate/template print_in"),
    *("screens/certificate/template show_size_limit", "screens/certificate/template limit_to"),
    # The table's own cells, and files that somebody downloads or looks into.
    *("screens/volunteers/people carry_out", "screens/volunteers/person _file"),
    *("screens/volunteers/person _record_on_paper", "screens/mailbox/__init__ _show_mailbox"),
    "downloads _begun",
    # Sign-ins, which are addresses and not buttons.
    *("mail_signin _finish", "signin/invited join", "signin/oidc _confirm", "signin/oidc take"),
    *("signin/session let_in", "signin/session let_out"),
}
_STORING = {"writing", "change_design", "store_change"}


def test_whatever_else_stores_something_has_a_reason():
    found = set()
    for path in sorted(CONSOLE.rglob("*.py")):
        place = path.relative_to(CONSOLE).with_suffix("").as_posix()
        for one in ast.walk(ast.parse(path.read_text())):
            if isinstance(one, ast.FunctionDef) and place not in ("session", "design_changes"):
                called = {
                    ast.unparse(call.func).rpartition(".")[2]
                    for call in ast.walk(one)
                    if isinstance(call, ast.Call)
                }
                found |= {f"{place} {one.name}"} if called & _STORING else set()
    # A feature may be taken out, and its screens with it.
    there = {one for one in BESIDE if (CONSOLE / one.split()[0]).with_suffix(".py").exists()}
    assert found == there


def test_what_is_stored_while_a_screen_is_drawn_is_noted_by_whatever_name(
    open_screen: Open, installation: Installation, stops: int, monkeypatch: pytest.MonkeyPatch
):
    stored, screen = note_what_is_stored(monkeypatch), open_screen("send", stops)
    with installation.database.writing() as session:
        session.execute(update(ConsoleSession).values(seen_at=now() - timedelta(minutes=5)))
    # That its reader is there is noted by a function of `shared`; what they press is an act.
    press(screen, "Stop sending")
    assert "app main" in stored
    assert "widgets/pressed carried_out" not in stored


@pytest.fixture
def stops(installation: Installation, listed: int) -> int:
    factories.invite(installation, listed)
    return listed


def test_what_is_refused_stands_at_the_button_and_in_the_log(
    open_screen: Open, installation: Installation, stops: int
):
    database = installation.database
    key = join(database, stops, "Ana", Role.HELPER)
    screen = open_screen("send", stops, token=key)
    with database.writing() as session:
        colleague = session.scalars(select(AccessKey)).one()
        colleague.role = Role.VIEWER
    screen = next(b for b in screen.button if b.label == "Stop sending").click().run()
    assert read(database, stops).sending is Sending.RUNNING
    refused = select(func.count()).where(AuditEntry.action == Action.ROLE_REFUSED)
    with database.reading() as session:
        assert session.scalars(refused).one() >= 1


def test_a_press_says_what_it_did_until_the_next_one_or_another_screen(
    open_screen: Open, installation: Installation, stops: int, monkeypatch: pytest.MonkeyPatch
):
    screen = press(open_screen("send", stops), "Stop sending")
    assert told(screen) == told(screen.run()) == ["Sending is stopped."]
    assert read(installation.database, stops).sending is Sending.STOPPED
    assert told(press(screen, "Continue")) == ["Sending continues."]
    monkeypatch.setattr(announcements, "TO_READ", -1.0)
    screen._page_hash = calc_hash("log")
    assert told(screen.run()) == []


def test_what_was_done_stands_at_its_button_while_that_is_there(open_screen: Open, event_id: int):
    screen = press(open_screen("ending", event_id), "Archive the event")
    shown = [*screen.main.children.values()]
    (button,) = [one for one in shown if getattr(one, "label", "") == "Restore"]
    at = shown[shown.index(button) - 1]
    assert [one.value for one in at.children.values()] == ["The event is archived."]
