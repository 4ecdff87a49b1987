"""Which mail a report is about: by its id, else by an address that one mail alone went to."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from shared.events.installation import Installation
from shared.features.returned_mail import decision as decisions
from shared.features.returned_mail.decision import UNPROVEN, Decision, decide
from shared.features.returned_mail.report import read_report
from shared.mail.queue.attempts import Claimed
from shared.mail.queue.opt_outs import opt_out_key
from shared.storage.clock import database_time
from shared.storage.models import Mail
from tests.support.bounce_reports import Dsn, Original, report
from tests.support.examples import examples
from tests.support.odd_bounces import EVERYTHING, OPT_OUTS
from tests.support.reported import invited, original_of

UNKNOWN = Dsn("5.1.1", "smtp; 550 5.1.1 User unknown")
# Without the mail that it is about, and written now.
BARE = replace(UNKNOWN, returned="")


def decision_on(installation: Installation, content: bytes) -> Decision:
    with installation.database.reading() as session:
        return decide(session, installation.seal, read_report(content), database_time(session))


def undated(content: bytes) -> bytes:
    return content.replace(b"Date: Thu, 19 Nov 2026 08:00:00 +0000\r\n", b"")


def test_without_an_id_the_address_of_one_mail_names_it(installation: Installation, listed: int):
    ana, _ = invited(installation, listed)
    decision = decision_on(installation, undated(BARE(Original(recipient=ana.address))))
    assert (decision.email, decision.why[0]) == (ana.address, decisions.BY_ADDRESS)


def test_an_address_that_two_mails_went_to_names_neither(installation: Installation, listed: int):
    ana, bo = invited(installation, listed)
    with installation.database.writing() as session:
        other = session.get_one(Mail, bo.mail_id)
        other.volunteer_id = session.get_one(Mail, ana.mail_id).volunteer_id
        other.version, other.address = 2, ana.address
    decision = decision_on(installation, undated(BARE(Original(recipient=ana.address))))
    assert (decision.verdict.value, decision.email) == ("ignored", "")
    assert decision.why == (decisions.AMBIGUOUS,)


@pytest.mark.parametrize("days", [-8, 1])
def test_an_address_counts_only_in_the_days_after_its_mail(
    installation: Installation, listed: int, days: int
):
    ana, _ = invited(installation, listed)
    with installation.database.writing() as session:
        mail = session.get_one(Mail, ana.mail_id)
        mail.sent_at = database_time(session) + timedelta(days=days)
    decision = decision_on(installation, undated(BARE(Original(recipient=ana.address))))
    assert decision.why == (decisions.NOBODY_NAMED,)


def test_a_report_about_somebody_elses_mail_to_the_same_address_is_left_alone(
    installation: Installation, listed: int
):
    ana, _ = invited(installation, listed)
    other = Original("<CAF+x@mail.example.com>", ana.address)
    decision = decision_on(installation, undated(UNKNOWN(other)))
    assert decision.why == (decisions.NOT_OURS,)


def test_an_id_that_only_looks_like_ours_names_nobody(installation: Installation, listed: int):
    ana, _ = invited(installation, listed)
    guessed = Original(f"<{ana.mail_id}-0123456789abcdef@example.org>", ana.address)
    assert decision_on(installation, UNKNOWN(guessed)).why == (decisions.UNKNOWN_ID,)


def test_an_address_that_mail_was_forwarded_to_stands_for_the_person(
    installation: Installation, listed: int
):
    ana, _ = invited(installation, listed)
    forwarded = Original(ana.message_id, "ana.private@example.com")
    decision = decision_on(installation, UNKNOWN(forwarded))
    assert (decision.verdict.value, decision.email) == ("hard", ana.address)


@pytest.mark.parametrize("build", OPT_OUTS)
def test_a_provider_may_report_that_a_reader_wants_no_more(
    installation: Installation, listed: int, build
):
    ana, _ = invited(installation, listed)
    decision = decision_on(installation, build(original_of(ana)))
    assert (decision.verdict.value, decision.email) == ("opted_out", ana.address)
    assert decision.opt_out_key
    assert decision_on(installation, build(Original())).why == (decisions.NOT_OURS,)


def two_failed(original: Original, *addresses: str) -> bytes:
    groups = "\n".join(
        f"Final-Recipient: rfc822; {one}\nAction: failed\nStatus: 5.1.1\n" for one in addresses
    )
    status = f"Reporting-MTA: dns; mx.example.net\n\n{groups}"
    parts = [("message/delivery-status", status), ("message/rfc822", original.headers + "\n")]
    return report(original, "MAILER-DAEMON@mx.example.net", "Undelivered", parts)


def test_of_several_recipients_only_one_of_ours_is_meant(installation: Installation, listed: int):
    ana, _ = invited(installation, listed)
    named = two_failed(original_of(ana), "bo@example.com", ana.address)
    assert decision_on(installation, named).email == ana.address
    unnamed = two_failed(original_of(ana), "bo@example.com", "cy@example.com")
    assert decision_on(installation, unnamed).why == (decisions.AMBIGUOUS,)


@examples(60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from([row[1] for row in EVERYTHING]),
    st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=8)), max_size=5),
)
def test_no_damage_makes_a_report_name_somebody_else(
    sent_to_two: tuple[Installation, Original, str], build, damages: list[tuple[float, bytes]]
):
    installation, original, other = sent_to_two
    content = bytearray(build(original))
    for place, octets in damages:
        at = int(place * len(content))
        content[at : at + len(octets)] = octets
    assert decision_on(installation, bytes(content)).email != other


@pytest.fixture
def sent_to_two(installation: Installation, listed: int) -> tuple[Installation, Original, str]:
    ana, bo = invited(installation, listed)
    return installation, original_of(ana), bo.address


def test_a_stranger_who_knows_an_address_proves_nothing(installation: Installation, listed: int):
    ana, _ = invited(installation, listed)
    forged = (
        f"From: postmaster@example.net\r\nSubject: Undelivered\r\n\r\n"
        f"<{ana.address}>: 550 5.1.1 no such user\r\n"
    )
    decision = decision_on(installation, forged.encode())
    assert (decision.email, decision.is_proven) == (ana.address, False)
    assert decision.why[-1] == UNPROVEN


def key_of(installation: Installation, task: Claimed) -> str:
    volunteer = task.mail.volunteer
    assert volunteer is not None
    assert volunteer.token is not None
    return opt_out_key(volunteer.id, installation.seal.open_token(volunteer.token))


def with_header(content: bytes, header: str) -> bytes:
    return content.replace(b"Auto-Submitted:", f"{header}\r\nAuto-Submitted:".encode(), 1)


def test_the_key_of_our_list_header_proves_a_report_without_an_id(
    installation: Installation, listed: int
):
    ana, bo = invited(installation, listed)
    own = f"X-Returned: <https://thanks.example/reminders/{key_of(installation, ana)}>"
    report = with_header(undated(BARE(Original(recipient=ana.address))), own)
    decision = decision_on(installation, report)
    assert (decision.email, decision.is_proven) == (ana.address, True)
    assert decision.why[0] == decisions.BY_KEY
    # Somebody's own key flags nobody else.
    of_another = with_header(undated(BARE(Original(recipient=bo.address))), own)
    assert decision_on(installation, of_another).is_proven is False


@pytest.mark.parametrize("at_exchange", [True, False])
def test_the_mark_of_exchange_counts_only_where_exchange_keeps_the_mailbox(
    installation: Installation, listed: int, at_exchange: bool
):
    """Exchange takes it from mails that come from outside; any other server hands it on."""
    ana, _ = invited(installation, listed)
    marked = with_header(
        undated(BARE(Original(recipient=ana.address))),
        "X-MS-Exchange-Organization-AuthAs: Internal",
    )
    with installation.database.reading() as session:
        now = database_time(session)
        decision = decide(
            session, installation.seal, read_report(marked), now, at_exchange=at_exchange
        )
    assert (decision.email, decision.is_proven) == (ana.address, at_exchange)
