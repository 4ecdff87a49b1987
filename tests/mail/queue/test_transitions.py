"""States change in one place: nobody else in the program writes these columns."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from shared.events.installation import Installation
from shared.mail.queue import transitions
from shared.storage.models import Mail, MailState
from tests.support.mailing import invite

ROOT = Path(__file__).parents[3]
TRANSITIONS = "shared/mail/queue/transitions.py"
# A message that enters the queue has its first state there, which changes nobody's.
ENQUEUE = "shared/mail/queue/enqueue.py"
# A download has a state of its own, a job has tries, what people and browsers are told has fields
# of these names, and a plan of a design is called so.
NAMESAKES = (
    "api/calls/verification.py",
    "console/downloads.py",
    "console/screens/certificate/editing.py",
    "shared/jobs/carrying.py",
    "shared/privacy/own_data.py",
    "shared/rendering/gallery/plans.py",
)
# Of a message, and of a volunteer.
COLUMNS = {
    "state",
    "due_at",
    "tries",
    "urgent",
    "sent_at",
    "maybe_duplicate",
    "problem",
    "problem_text",
}


def changes(code: str, columns: set[str] = COLUMNS) -> list[str]:
    """What in this code changes one of the columns, by its line."""
    nodes = ast.walk(ast.parse(code))
    found = {change for node in nodes for change in _changes(node, columns)}
    return [f"{line}: {what}" for line, what in sorted(found)]


def _changes(node: ast.AST, columns: set[str]) -> Iterator[tuple[int, str]]:
    if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store | ast.Del):
        if node.attr in columns:
            yield node.lineno, f".{node.attr} is assigned"
    elif isinstance(node, ast.Dict):
        # Whatever it is handed to afterwards.
        keys = {key.value for key in node.keys if isinstance(key, ast.Constant)}
        if hidden := columns & keys:
            yield node.lineno, f"values of {', '.join(sorted(hidden))}"
    elif isinstance(node, ast.Call):
        yield from _calls(node, columns)


def _calls(call: ast.Call, columns: set[str]) -> Iterator[tuple[int, str]]:
    called = _name(call)
    named = {str(word.arg) for word in call.keywords}
    if called == "values" and (hidden := columns & named):
        yield call.lineno, f"values of {', '.join(sorted(hidden))}"
    if called == "setattr" and _names_a_column(call, columns):
        yield call.lineno, "setattr"
    if called in ("update", "bulk_update_mappings") and _is_of(call, "Mail"):
        yield call.lineno, "update(Mail)"


def _name(call: ast.Call) -> str:
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def _names_a_column(call: ast.Call, columns: set[str]) -> bool:
    name = call.args[1] if len(call.args) > 1 else None
    return isinstance(name, ast.Constant) and name.value in columns


def _is_of(call: ast.Call, model: str) -> bool:
    named = (name.id for arg in call.args for name in ast.walk(arg) if isinstance(name, ast.Name))
    return model in named


def product() -> dict[str, str]:
    """The code of each module but the migrations, by its path."""
    paths = (path for room in ("shared", "api", "console") for path in (ROOT / room).rglob("*.py"))
    named = {path.relative_to(ROOT).as_posix(): path.read_text() for path in paths}
    return {name: code for name, code in named.items() if "/migrations/" not in name}


def makes_mails(code: str) -> bool:
    calls = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)]
    return any(
        _name(call) == "Mail" or (_name(call) == "insert" and _is_of(call, "Mail"))
        for call in calls
    )


def test_nobody_else_changes_the_state_of_a_message_or_the_problem_of_a_volunteer():
    found = {
        name: written
        for name, code in product().items()
        if name not in (TRANSITIONS, ENQUEUE, *NAMESAKES) and (written := changes(code))
    }
    assert found == {}


def test_messages_enter_the_queue_in_one_place():
    assert [name for name, code in product().items() if makes_mails(code)] == [ENQUEUE]


def test_what_enters_the_queue_changes_nothing_that_is_there():
    [inserted] = changes((ROOT / ENQUEUE).read_text())
    assert "values of" in inserted


@pytest.mark.parametrize(
    "code",
    [
        "mail.state = MailState.SENT",
        "mail.state, mail.due_at = MailState.QUEUED, now",
        "mail.tries += 1",
        "volunteer.problem: Problem = Problem.MAIL_FAILED",
        "update(Volunteer).where(which).values(status=2, problem=None)",
        'cleared = {"problem": None}; everybody.values(**cleared)',
        'setattr(mail, "state", MailState.SENT)',
        "session.execute(update(Mail).values(**what))",
        "update(Mail.__table__)",
        "del volunteer.problem",
    ],
)
def test_it_is_seen_however_it_is_written(code: str):
    assert changes(code)


def test_the_transitions_are_written_where_they_are_looked_for():
    assert len(changes((ROOT / TRANSITIONS).read_text())) > len(COLUMNS)


@pytest.mark.parametrize(
    "code",
    [
        "waiting = Mail.state == MailState.HELD",
        "outcome = Outcome(problem=str(problem))",
        "update(Volunteer).values(status=2)",
        "select(Mail).where(Mail.due_at > now)",
    ],
)
def test_to_look_is_no_change(code: str):
    assert changes(code) == []


def test_the_states_of_a_mail_and_what_follows_them_are_one_table() -> None:
    assert set(transitions.EDGES) == set(MailState)
    edges = transitions.EDGES.items()
    rows = [f"| {state} | {', '.join(after)} |" for state, after in edges]
    table = "\n".join(["| from | to |", "| --- | --- |", *rows])
    assert table in (ROOT / "docs/architecture.md").read_text("utf-8")
    mail = Mail(state=MailState.SENT)
    with pytest.raises(ValueError, match="cannot follow"):
        transitions.overtaken(mail)
    assert mail.state is MailState.SENT


def test_whatever_writes_a_state_asks_the_table() -> None:
    code = ast.parse((ROOT / TRANSITIONS).read_text()).body
    # At the top of the file, too: statements that are prepared.
    writers = {
        getattr(node, "name", "")
        for node in code
        for written in changes(ast.unparse(node), {"state"})
        if not written.endswith("update(Mail)")
    }
    assert writers == {"_to", "_into"}


def test_no_statement_writes_an_edge_that_is_not_in_the_table(
    installation: Installation, event_id: int
) -> None:
    invite(installation, event_id, len(MailState))
    with installation.database.writing() as session:
        for mail, state in zip(session.scalars(select(Mail)), MailState, strict=True):
            mail.state = state
        session.flush()
        for state in MailState:
            allowed = select(Mail.state).where(transitions.may_become(state))
            before = {one for one, after in transitions.EDGES.items() if state in after}
            assert set(session.scalars(allowed)) == before
        assert transitions.held(session, Mail.event_id == event_id) == 3
        session.expire_all()
        states = Counter(session.scalars(select(Mail.state)))
    others = MailState.SENT, MailState.FAILED, MailState.UNSURE
    assert states == {MailState.HELD: 4} | dict.fromkeys(others, 1)


@pytest.mark.parametrize("module", ["attempts", "claim", "settle", "transitions"])
def test_what_a_mail_is_about_is_for_its_kind(module: str) -> None:
    # What import-linter does not see: all models are imported from one package.
    code = ast.parse((ROOT / "shared/mail/queue" / f"{module}.py").read_text())
    imports = [node for node in ast.walk(code) if isinstance(node, ast.ImportFrom)]
    assert "Certificate" not in {one.name for node in imports for one in node.names}
