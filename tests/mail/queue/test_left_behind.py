"""What dead workers and lost answers leave behind."""

from datetime import timedelta

import pytest

from shared.events.installation import Installation
from shared.mail.queue import failed_mails
from shared.storage.models import Mail, MailState, Problem
from tests.support.mailing import invite, pass_time
from tests.support.sending_steps import (
    LEASE,
    LOST,
    MINUTE,
    begin,
    change,
    claim,
    mail_of,
    settle,
    volunteer_of,
)


def test_an_unknown_outcome_is_tried_again_and_marked(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    invite(installation, event_id, 1)
    (claimed,) = claim(database)
    settle(database, claimed, LOST)
    mail = mail_of(database, claimed)
    assert (mail.state, mail.maybe_duplicate) == (MailState.QUEUED, True)


def test_an_unknown_outcome_is_left_to_a_person_who_asked_for_that(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    change(database, event_id, lambda event: setattr(event, "ask_when_unsure", True))
    invite(installation, event_id, 1)
    (claimed,) = claim(database)
    settle(database, claimed, LOST)
    assert mail_of(database, claimed).state is MailState.UNSURE
    assert volunteer_of(database, claimed).problem is Problem.UNKNOWN_OUTCOME
    pass_time(database, timedelta(days=1))
    assert claim(database) == []


def test_who_asks_to_be_asked_is_asked_of_unsure_mails_that_wait_already(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    invite(installation, event_id, 1)
    (claimed,) = claim(database)
    begin(database, claimed)
    settle(database, claimed, LOST)
    change(database, event_id, lambda event: setattr(event, "ask_when_unsure", True))
    pass_time(database, MINUTE)
    assert claim(database) == []
    assert mail_of(database, claimed).state is MailState.UNSURE
    assert volunteer_of(database, claimed).problem is Problem.UNKNOWN_OUTCOME
    with database.writing() as session:
        failed_mails.send_unsure_again(session, session.get_one(Mail, claimed.mail_id))
    assert len(claim(database)) == 1


@pytest.mark.parametrize("ask", [False, True])
def test_what_a_dead_worker_had_not_handed_over_is_simply_sent(
    installation: Installation, event_id: int, ask: bool
) -> None:
    database = installation.database
    change(database, event_id, lambda event: setattr(event, "ask_when_unsure", ask))
    invite(installation, event_id, 1)
    claim(database)
    assert claim(database) == []
    pass_time(database, LEASE)
    (again,) = claim(database)
    assert not mail_of(database, again).maybe_duplicate


@pytest.mark.parametrize("ask", [False, True])
def test_what_a_dead_worker_may_have_handed_over_is_known(
    installation: Installation, event_id: int, ask: bool
) -> None:
    database = installation.database
    change(database, event_id, lambda event: setattr(event, "ask_when_unsure", ask))
    invite(installation, event_id, 1)
    (claimed,) = claim(database)
    assert begin(database, claimed)
    pass_time(database, LEASE)
    again = claim(database)
    mail = mail_of(database, claimed)
    assert mail.maybe_duplicate
    if ask:
        assert again == []
        assert mail.state is MailState.UNSURE
        assert volunteer_of(database, claimed).problem is Problem.UNKNOWN_OUTCOME
    else:
        assert [c.message_id for c in again] == [claimed.message_id]


def test_a_mail_that_is_lost_sight_of_again_and_again_is_left_to_a_person(
    installation: Installation, event_id: int
) -> None:
    database = installation.database
    invite(installation, event_id, 1)
    for _ in range(3):
        (claimed,) = claim(database)
        assert begin(database, claimed)
        pass_time(database, LEASE)
    assert claim(database) == []
    assert mail_of(database, claimed).state is MailState.UNSURE
