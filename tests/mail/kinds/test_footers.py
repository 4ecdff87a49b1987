"""What is at the end of a mail, with and without an organization."""

from shared.mail.kinds import texts
from shared.mail.kinds.invitation import INVITATION
from tests.support.composed import event_of


def under_the_invitation(**changes: str) -> str:
    text = texts.preview(event_of(**changes), INVITATION).text
    return text.partition("-- \n")[2]


def test_an_event_without_organization_is_named_once() -> None:
    footer = under_the_invitation(organization="", website="")
    assert footer == (
        "You receive this mail because you are on the list for Harbour Run 2026.\n"
        "To get no more invitations and reminders: https://example.org/reminders/sample\n"
    )


def test_an_organization_says_that_it_has_the_list() -> None:
    footer = under_the_invitation()
    assert footer.startswith("Harbour Friends\n")
    assert "because Harbour Friends has you on its list for Harbour Run 2026." in footer
