"""`certs doctor`: it reports what is wrong, and only that."""

from types import SimpleNamespace

import psutil
from pydantic import SecretStr
from sqlalchemy import update

from shared.cli.doctor import Diagnosis, examine
from shared.events.installation import Installation
from shared.events.settings import create_event
from shared.storage.clock import database_time
from shared.storage.models import (
    Event,
    Mail,
    MailState,
    Status,
    Volunteer,
    Worker,
)
from tests.support import factories
from tests.support.certs_command import certs
from tests.support.mail_identity import MailIdentity
from tests.support.mail_sign_ins import expire, identity, served_identity, signed_in
from tests.support.mailing import invite, send_through
from tests.support.smtp_sink import SmtpSink
from tests.support.unreachable_account import give_account

__all__ = ["identity", "served_identity", "signed_in"]


def bad(installation: Installation) -> list[Diagnosis]:
    return [one for one in examine(installation.settings) if not one.is_fine]


def run_a_worker(installation: Installation) -> None:
    """Its heartbeat, which is all that is seen of it."""
    with installation.database.writing() as session:
        moment = database_time(session)
        session.add(Worker(id="w", host="h", process_id=1, started_at=moment, seen_at=moment))


def make_ready(installation: Installation, event_id: int, sink: SmtpSink) -> None:
    # A name that is reserved (RFC 2606): nothing answers there, and it is not this computer.
    installation.settings.public_url = "http://certificates.invalid"
    with installation.database.writing() as session:
        event = session.get_one(Event, event_id)
        factories.set_picture(session, event, factories.sample_picture())
        send_through(session, event, sink)


def test_all_is_well_when_everybody_was_invited(installation: Installation, event_id: int):
    run_a_worker(installation)
    with SmtpSink() as sink:
        make_ready(installation, event_id, sink)
        invite(installation, event_id)
        with installation.database.writing() as session:
            session.execute(update(Volunteer).values(status=Status.MAILED))
            session.execute(update(Mail).values(state=MailState.SENT))
        assert bad(installation) == []


def test_whoever_listens_no_longer_leaves_no_connection_open(installation: Installation):
    before = len(psutil.Process().net_connections("all"))
    diagnoses = examine(installation.settings)
    assert next(one for one in diagnoses if one.subject == "worker")
    diagnoses.close()
    assert len(psutil.Process().net_connections("all")) == before


def test_an_empty_list_is_not_ready(installation: Installation, event_id: int):
    run_a_worker(installation)
    with SmtpSink() as sink:
        make_ready(installation, event_id, sink)
        assert [one.subject for one in bad(installation)] == ["Harbour Run 2026: List"]


def test_a_key_that_opens_nothing_is_found(installation: Installation, event_id: int):
    run_a_worker(installation)
    invite(installation, event_id)
    installation.settings.secret_keys = SecretStr("another key")
    (one,) = bad(installation)
    assert one.subject == "keys"
    assert "not the key that sealed 0 passwords of mail accounts, 3 personal" in one.text


def test_one_event_that_cannot_be_examined_hides_nothing_of_the_others(
    installation: Installation, event_id: int
):
    run_a_worker(installation)
    with SmtpSink() as sink:
        make_ready(installation, event_id, sink)
        with installation.database.writing() as session:
            session.get_one(Event, event_id).wording = {"invitation": "no subject and no body"}
            other, _ = create_event(session, name="Garden Day", language="en")
            send_through(session, other, sink)
        subjects = [one.subject for one in bad(installation)]
    assert subjects == ["Harbour Run 2026", "Garden Day: Certificate", "Garden Day: List"]


def test_space_on_the_disk_is_told_in_a_unit_that_people_grasp(
    installation: Installation, monkeypatch
):
    def told(free: int) -> str:
        monkeypatch.setattr(
            "shared.cli.doctor.shutil.disk_usage", lambda _: SimpleNamespace(free=free)
        )
        diagnoses = examine(installation.settings, quick=True)
        return next(one.text for one in diagnoses if one.subject == "disk")

    assert told(78183 * 2**20).startswith("76.4 GB free for ")
    assert told(300 * 2**20).startswith("300 MB free for ")


def test_an_address_with_tls_and_no_trusted_proxy_is_worth_a_look(installation: Installation):
    def told(**changes: str) -> list[str]:
        settings = installation.settings.model_copy(update=changes)
        diagnoses = list(examine(settings, quick=True))
        assert all(one.is_fine for one in diagnoses if one.subject == "proxy")
        return [one.text for one in diagnoses if one.subject == "proxy"]

    public = "https://certificates.example.org"
    (words,) = told(public_url=public)
    assert words.startswith("PUBLIC_URL has TLS, and TRUSTED_PROXIES is empty")
    assert words.endswith("(take care)")
    assert told(public_url=public, trusted_proxies="127.0.0.1/32") == []
    assert told() == []


def test_the_command_tells_what_an_account_lacks(installation: Installation, event_id: int):
    give_account(installation, event_id)
    settings = installation.settings
    environment = {
        "DATA_DIR": str(settings.data_dir),
        "DATABASE_URL": settings.database_url,
        "PATH": "",
    }
    told = certs(environment, "doctor")
    assert told.returncode == 1
    assert "BAD  Harbour Run 2026: Links" in told.stdout
    quick = certs(environment, "doctor", "--quick")
    assert "Harbour Run 2026" not in quick.stdout


def test_the_sign_in_of_each_account_is_tried(
    signed_in: tuple[Installation, int], identity: MailIdentity
):
    def found() -> Diagnosis:
        subject = "sign-in of thanks@harbour.example at microsoft"
        lines = examine(signed_in[0].settings)
        return next(line for line in lines if line.subject == subject)

    assert found().is_fine
    expire(signed_in[0])
    identity.end_sign_ins()
    assert (found().is_fine, "sign in again" in found().text) == (False, True)
