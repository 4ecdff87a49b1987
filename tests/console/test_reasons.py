"""Why mails did not arrive can be read without hovering over a cell that cuts it."""

from sqlalchemy import select, update

from shared.events.installation import Installation
from shared.storage.models import Mail, MailState
from tests.support import factories
from tests.support.console_screens import Open, fail_every_mail

ANSWER = "5.1.1 <ana@example.org>: Recipient address rejected: User unknown in local table"


def test_each_reason_stands_below_the_table_as_text_with_how_many_it_concerns(
    open_screen: Open, installation: Installation, listed: int
):
    factories.invite(installation, listed)
    fail_every_mail(installation.database, listed, MailState.FAILED)
    with installation.database.writing() as session:
        session.execute(update(Mail).values(code=550, answer=ANSWER))
    screen = open_screen("send", listed)
    [reason] = [text.value for text in screen.markdown if "User unknown" in text.value]
    assert "2 mails" in reason
    # The cell shows its beginning only; the text has it to the end.
    assert "local table" in reason.replace("\\", "")


def test_answers_that_differ_by_the_address_they_repeat_are_one_reason(
    open_screen: Open, installation: Installation, listed: int
):
    factories.invite(installation, listed)
    fail_every_mail(installation.database, listed, MailState.FAILED)
    with installation.database.writing() as session:
        for mail in session.scalars(select(Mail)):
            mail.code, mail.answer = 550, f"5.1.1 <{mail.address}>: User unknown"
    screen = open_screen("send", listed)
    [reason] = [text.value for text in screen.markdown if "User unknown" in text.value]
    assert "2 mails" in reason
    assert "example.org" not in reason


def test_a_reason_that_needs_no_advice_ends_without_a_loose_mark(
    open_screen: Open, installation: Installation, listed: int
):
    factories.invite(installation, listed)
    fail_every_mail(installation.database, listed, MailState.UNSURE)
    with installation.database.writing() as session:
        session.execute(update(Mail).values(code=None, answer="the line went silent"))
    screen = open_screen("send", listed)
    [reason] = [text.value for text in screen.markdown if "went silent" in text.value]
    assert reason.splitlines()[0].rstrip() == "**2 mails**"
