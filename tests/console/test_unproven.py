"""Reports that anybody may have written are listed on *Send*, to believe or to ignore."""

import pytest

from shared.events.installation import Installation
from shared.features.returned_mail.decision import decide
from shared.features.returned_mail.report import read_report
from shared.features.returned_mail.settling import settle_reports
from shared.storage.clock import database_time
from shared.storage.models import Problem
from tests.support.console_screens import Open, press
from tests.support.reported import invited
from tests.support.sending_steps import volunteer_of


def forge_report(installation: Installation, address: str) -> None:
    """What names an address, and carries nothing of a mail to it."""
    forged = (
        "From: postmaster@example.net\r\nSubject: Undelivered\r\n\r\n"
        f"<{address}>: 550 5.1.1 unknown user"
    )
    with installation.database.writing() as session:
        decision = decide(
            session, installation.seal, read_report(forged.encode()), database_time(session)
        )
        assert settle_reports(session, installation.seal, [decision]) == 1


@pytest.mark.parametrize(
    ("button", "problem"), [("Accept it", Problem.CAME_BACK), ("Ignore it", None)]
)
def test_a_report_without_proof_is_believed_or_ignored_by_a_person(
    open_screen: Open, installation: Installation, listed: int, button: str, problem: Problem | None
):
    ana, _ = invited(installation, listed)
    forge_report(installation, ana.address)
    screen = open_screen("send", listed)
    assert "1 unproven report" in [one.value for one in screen.header]
    assert volunteer_of(installation.database, ana).problem is None
    (tick,) = [one for one in screen.checkbox if "unknown user" in one.label]
    screen = press(tick.check().run(), button)
    assert not screen.exception
    assert "1 unproven report" not in [one.value for one in screen.header]
    assert volunteer_of(installation.database, ana).problem is problem


def test_it_says_how_many_there_are_though_it_lists_the_oldest_alone(
    open_screen: Open, installation: Installation, listed: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("console.screens.send.returned_mail._MOST", 1)
    for one in invited(installation, listed):
        forge_report(installation, one.address)
    screen = open_screen("send", listed)
    assert "2 unproven reports" in [one.value for one in screen.header]
    assert len([one for one in screen.checkbox if "unknown" in one.label]) == 1
