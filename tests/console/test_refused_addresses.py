"""No retry is offered if all addresses were refused."""

import pytest
from sqlalchemy import update
from streamlit.testing.v1 import AppTest

from shared.events.installation import Installation
from shared.storage.models import MailState, Problem, Volunteer
from tests.support import factories
from tests.support.console_screens import Open, fail_every_mail


@pytest.mark.parametrize(
    ("problem", "kind"),
    [(Problem.REFUSED_ADDRESS, "secondary"), (Problem.MAIL_FAILED, "primary")],
)
def test_the_red_button_is_for_mails_that_another_try_may_help(
    open_screen: Open, installation: Installation, listed: int, problem: Problem, kind: str
):
    factories.invite(installation, listed)
    fail_every_mail(installation.database, listed, MailState.FAILED)
    with installation.database.writing() as session:
        session.execute(update(Volunteer).values(problem=problem))
    screen = open_screen("send", listed)
    button = next(one for one in screen.button if one.label == "Retry 2 failed mails")
    assert button.proto.type == kind
    assert is_told(screen) == (kind == "secondary")


def is_told(screen: AppTest) -> bool:
    return any("refused again" in caption.value for caption in screen.caption)
