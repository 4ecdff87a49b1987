"""The story of an installation that has everything: people in every status, mails in every state.

It is told with the program as it is, to be stored for later versions.
"""

from collections.abc import Callable
from datetime import timedelta

import httpx
from sqlalchemy import exists, select, update

from shared import events
from shared.acts import go_live
from shared.acts.remind import Remind, Rules
from shared.acts.run import apply
from shared.certificates.designs.designs import store_font
from shared.destinations import ANYWHERE
from shared.events.installation import Installation
from shared.events.settings import create_event, update_organization
from shared.mail.accounts import sending_account
from shared.mail.kinds.invitation import INVITATION
from shared.mail.queue import claim, enqueue, hold, transitions
from shared.rendering.layout import Box, Field, Layout, standard_layout
from shared.rendering.text.own_fonts import accept_font
from shared.storage.models import Event, Mail, MailState, SendingAccount, Status, Volunteer
from shared.volunteers.people import roster
from tests.installations.by_token import sign_in_by_token
from tests.installations.earlier import tell_of_earlier_versions
from tests.installations.known_names import tell_of_the_list
from tests.installations.signed import tell_of_credentials
from tests.installations.staff import tell_of_staff
from tests.support import designing
from tests.support.acting import queue_invitations
from tests.support.factories import set_picture, small_picture
from tests.support.lists import read_call
from tests.support.mailing import wait_until, working
from tests.support.organizers_fonts import block_font
from tests.support.sending_steps import IDS
from tests.support.smtp_sink import Fault, SmtpSink, Step

OWNER_TOKEN = "owner-token-of-the-stored-installation"
_LISTED = """email,number,name,task
ana@example.org,HR-7,Ana Silva,water
bo@example.org,,,finish
cy@example.org
dee@example.org
refused@example.org
grey@example.org
lost@example.org
quiet@example.org"""
USER, PASSWORD = "thanks@example.org", "a-password-that-nobody-may-see"


def script(step: Step) -> str | Fault | None:
    """A server that refuses, delays and loses what the names of addresses say."""
    if step.phase == "rcpt" and step.recipient.startswith("refused"):
        return "550 5.1.1 User unknown"
    if step.phase == "rcpt" and step.recipient.startswith("grey"):
        return "451 4.7.1 Greylisted, try again later"
    if step.phase == "content" and step.recipient.startswith("lost"):
        return Fault.LOSE_THE_ANSWER
    return None


class Story:
    """Tells it to one installation, whose mails leave through `sink`."""

    def __init__(self, installation: Installation, sink: SmtpSink, api: httpx.Client) -> None:
        self.installation, self.sink, self.api = installation, sink, api
        self.tokens: dict[str, str] = {}

    def tell(self) -> dict[str, object]:
        """Returns ids and organizers' tokens of the events, by what they are for."""
        default = self._begin_over_the_api()
        rehearsed = self._rehearse()
        first = self.live("Harbour Run 2026")
        self._send_the_first(first)
        second = self.live("Harbour Run 2027")
        self.send(second, "eva@example.org\nfin@example.org")
        named = self._name_the_account_only(first)
        thanked = tell_of_the_list(self)
        staff = tell_of_staff(self.installation, int(thanked["event"]))
        signed = tell_of_credentials(self)
        earlier = tell_of_earlier_versions(self, first)
        self._leave_the_first_in_the_middle(first)
        by_token = sign_in_by_token(self)
        ids = {
            "default": default, "rehearsed": rehearsed, "first": first, "second": second,
            "named": named, "thanked": thanked["event"], "earlier": earlier,
        }  # fmt: skip
        told = {"organizers": self.tokens, "owner": OWNER_TOKEN, "user": USER}
        more = {"thanked": thanked, "staff": staff, "by_token": by_token, "signed": signed}
        return {"events": ids, **told, **more}

    def _begin_over_the_api(self) -> int:
        """Settings that arrived before there is a picture or a user name."""
        early = {"token": OWNER_TOKEN, "password": PASSWORD, "name_horizontal_pos": 300,
                 "name_vertical_pos": 120}  # fmt: skip
        assert self.api.post("/api/updateOrgConfig", json=early).json()["code"] == 0
        return 1

    def _rehearse(self) -> int:
        event_id = self.event("Rehearsal in May", "zh")
        self.change(event_id, lambda s, e: set_picture(s, e, small_picture()))
        self.send(event_id, "邮箱,姓名,岗位\nan@example.org,王小明,引导\nbo@example.org,,")
        self.submit(event_id, "bo@example.org", "欧阳娜娜")
        return event_id

    def live(self, name: str) -> int:
        event_id = self.event(name, "en")

        def enter(session, event: Event) -> None:
            update_organization(event, name="Harbour Friends", website="https://example.org")
            set_picture(session, event, small_picture("#fdf6e3"))
            sending_account.set_account(
                session, self.installation.seal, event, username=USER, password=PASSWORD,
                server_address=self.sink.host, smtp_port=self.sink.port, smtp_ssl=True,
                reach=ANYWHERE,
            )  # fmt: skip
            go_live.go_live(session, event)

        self.change(event_id, enter)
        return event_id

    def _send_the_first(self, event_id: int) -> None:
        self.change(event_id, lambda s, e: setattr(e, "ask_when_unsure", True))
        self.send(event_id, _LISTED)
        self.submit(event_id, "ana@example.org", "Ana María Núñez")
        self.submit(event_id, "bo@example.org", "Maximiliane Alexandra von und zu Hohenstein-W.")
        self.submit(event_id, "cy@example.org", "Cy Young")
        self.submit(event_id, "cy@example.org", "王小明 of the Harbour", correct=True)
        self.change(event_id, _give_second_design)
        self.submit(event_id, "dee@example.org", "Dee ณัฐวุฒิ")

    def _leave_the_first_in_the_middle(self, event_id: int) -> None:
        """Held, cancelled, waiting and in hand; a name that waits for its mail, one drawn."""
        database = self.installation.database
        self.submit(event_id, "grey@example.org", "Grey Ghost", is_taken=False)
        self.change(event_id, lambda s, e: hold.pause(e))
        self.put(event_id, "\n".join(f"later{number}@example.org" for number in range(8)))
        self.change(
            event_id,
            lambda s, e: queue_invitations(s, self.installation.seal, e, first_few=True),
        )
        self.change(event_id, _take_one_back)
        self.put(event_id, "new@example.org")
        self.change(event_id, lambda s, e: apply(s, Remind(rules=Rules(3, 0)), e.id).done)
        self.change(
            event_id,
            lambda s, e: enqueue.queue_test_mail(s, e, INVITATION, "me@example.org"),
        )
        self._post(event_id, "quiet@example.org", "Quiet Quinn")
        self.change(event_id, lambda s, e: hold.resume(e))
        with database.writing() as session:
            assert claim.claim(session, 1, timedelta(minutes=1), IDS)

    def _name_the_account_only(self, other: int) -> int:
        """An event that names another one's account without having its password."""
        event_id = self.event("Somebody else", "en")

        def enter(session, event: Event) -> None:
            sending_account.set_account(
                session, self.installation.seal, event, username=USER, skip_auth=True,
                server_address=self.sink.host, smtp_port=self.sink.port, smtp_ssl=True,
                reach=ANYWHERE,
            )  # fmt: skip
            go_live.go_live(session, event)
            account = session.get_one(Event, other).account
            assert account
            assert event.account
            named = event.account
            assert (named.username, named.host) == (account.username, account.host)
            assert named.port == account.port

        self.change(event_id, enter)
        return event_id

    def event(self, name: str, language: str) -> int:
        with self.installation.database.writing() as session:
            event, token = create_event(session, name=name, language=language)
            self.tokens[str(event.id)] = token
            return event.id

    def change(self, event_id: int, change: Callable) -> None:
        with self.installation.database.writing() as session:
            change(session, events.event_for_change(session, event_id))

    def put(self, event_id: int, text: str) -> None:
        self.change(event_id, lambda s, e: roster.add_volunteers(s, e, read_call(text)))

    def send(self, event_id: int, text: str) -> None:
        self.put(event_id, text)
        self.change(event_id, lambda s, e: queue_invitations(s, self.installation.seal, e))
        self.work(event_id)

    def work(self, event_id: int) -> None:
        """A worker runs until every mail of the event was tried."""
        with working(self.installation):
            wait_until(lambda: self._is_each_tried(event_id))

    def _is_each_tried(self, event_id: int) -> bool:
        if not self._is_any_untried(event_id):
            return True
        # An account rests after a mail whose outcome is unknown: the minute is over at once.
        with self.installation.database.writing() as session:
            session.execute(update(SendingAccount).values(paused_until=None))
        return False

    def submit(
        self, event_id: int, email: str, name: str, *, correct: bool = False, is_taken: bool = True
    ) -> None:
        self._post(event_id, email, name, correct=correct)
        self.work(event_id)
        assert self.person(event_id, email).status == (
            Status.MAILED if is_taken else Status.PICTURE_MADE
        )

    def _post(self, event_id: int, email: str, name: str, *, correct: bool = False) -> None:
        token = self.opened(event_id, email)
        body = {"token": token, "name": name, "correct": correct}
        assert self.api.post("/api/submitUserInfo", json=body).json()["code"] == 0

    def opened(self, event_id: int, email: str) -> str:
        """The token of somebody's link."""
        sealed = self.person(event_id, email).token
        assert sealed
        return self.installation.seal.open_token(sealed)

    def person(self, event_id: int, email: str) -> Volunteer:
        with self.installation.database.reading() as session:
            whose = Volunteer.event_id == event_id, Volunteer.email == email
            return session.scalars(select(Volunteer).where(*whose)).one()

    def _is_any_untried(self, event_id: int) -> bool:
        untried = exists().where(
            Mail.event_id == event_id,
            ((Mail.state == MailState.QUEUED) & (Mail.tries == 0))
            | (Mail.state == MailState.SENDING),
        )
        with self.installation.database.reading() as session:
            return bool(session.scalar(select(untried)))


def _give_second_design(session, event: Event) -> None:
    """A typeface of the organizer's own, letters apart, a QR code, a column and a fixed text."""
    font = accept_font(block_font())
    store_font(session, event, font)
    [name, *others] = standard_layout().fields
    narrow = Box(left=0.2, top=0.35, width=0.6, height=0.25)
    apart = {"face": font.sha256, "letter_spacing": 0.2, "box": narrow}
    more = [
        Field(id="qr", kind="qr", box=Box(left=0.02, top=0.7, width=0.12, height=0.17)),
        Field(id="task", kind="column", content="task",
              box=Box(left=0.2, top=0.65, width=0.6, height=0.08)),
        Field(id="thanks", kind="text", content="With thanks · 感谢您", letter_spacing=0.1,
              box=Box(left=0.1, top=0.1, width=0.8, height=0.15)),
    ]  # fmt: skip
    layout = Layout(fields=(name.model_copy(update=apart), *others, *more))
    designing.set_layout(session, event, layout)


def _take_one_back(session, event: Event) -> None:
    whose = select(Volunteer.id).where(Volunteer.email == "later7@example.org")
    assert transitions.taken_back(session, Mail.volunteer_id.in_(whose)) == 1
