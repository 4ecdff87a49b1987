"""The next step that *Overview* names: what helps most now, and the ways there."""

from datetime import UTC, datetime
from typing import Any

import pytest

from console.screens.overview import _Left, next_step, steps
from shared.mail.kinds.invitation import INVITATION
from shared.storage.models import Design, Event, MailState, Naming, Status
from shared.volunteers.people.progress import EventProgress

LIVE = {"live_at": datetime(2026, 5, 1, tzinfo=UTC)}
QUEUED = {(INVITATION.name, MailState.QUEUED): 1}
# The words and the ways that follow from what is so of an event which is ready and rehearses, with
# two people who were invited.
STEPS: list[tuple[dict[str, Any], str, list[tuple[str, str]]]] = [
    (
        {"event": {"design": None, "organization": ""}},
        *("Choose the certificate", [("certificate", "Choose the certificate")]),
    ),
    (
        {"event": {"organization": ""}},
        *("Enter your organization", [("organization", "Enter your organization")]),
    ),
    ({"people": {}}, "Add the volunteers", [("volunteers?window=list", "Add the volunteers")]),
    ({"is_moving": True, "mails": QUEUED}, "Sending 1 mail", [("send", "Watch the sending")]),
    (
        {"problems": 2, "left": {"to_send": 1}},
        "Check 2 volunteers",
        [("volunteers", "Check 2 volunteers"), ("send", "Send to the other 1")],
    ),
    ({"problems": 1}, "Check 1 volunteer", [("volunteers", "Check 1 volunteer")]),
    ({"left": {"to_send": 1}}, "Send to 1 volunteer", [("send", "Open Send")]),
    (
        {},
        "The rehearsal is complete",
        [("account", "Add the mail account"), ("mailbox", "Read the mails")],
    ),
    ({"event": LIVE, "rehearsed": 1}, "Begin for real", [("send", "Open Send")]),
    (
        {"event": LIVE, "left": {"silent": 2, "to_remind": 1}},
        *("2 volunteers have not entered their names yet", [("send", "Remind 1 person")]),
    ),
    (
        {"event": LIVE, "left": {"silent": 1}},
        *("1 volunteer has not entered their name yet", [("send", "Open Send")]),
    ),
    (
        {"event": LIVE, "people": {Status.MAILED: 1}},
        *("1 certificate mailed", [("volunteers", "See the volunteers")]),
    ),
]


@pytest.mark.parametrize(("so", "title", "ways"), STEPS)
def test_the_next_step_is_what_helps_most(
    so: dict[str, Any], title: str, ways: list[tuple[str, str]]
):
    ready = {
        "design": Design(layout={"version": 3, "fields": []}),
        "organization": "Harbour Friends",
        "naming": Naming.ASK,
    }
    event = Event(name="Harbour", **ready | so.get("event", {}))
    by_status = dict.fromkeys(Status, 0) | so.get("people", {Status.INVITED: 2})
    progress = EventProgress(so.get("problems", 0), 0, by_status, so.get("mails", {}))
    nothing = dict.fromkeys(("to_send", "invitations", "certificates", "silent", "to_remind"), 0)
    more = {"rehearsed": so.get("rehearsed", 0), "is_moving": so.get("is_moving", False)}
    left = _Left(**nothing | so.get("left", {}) | more)
    said = next_step(event, progress, steps(event, progress, left), left)
    assert (said.title, said.ways) == (title, ways)
