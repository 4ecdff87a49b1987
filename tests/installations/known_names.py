"""Events whose list knows the names: columns, groups, what was issued, and what became of it."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from shared import events
from shared.acts import send as certificates
from shared.acts.forget import forget
from shared.acts.issue_anew import issue_anew
from shared.acts.remind import Remind, Rules
from shared.acts.run import apply, apply_to
from shared.acts.withdraw import UndoWithdrawal, Withdraw
from shared.certificates.designs import gallery
from shared.certificates.designs.event_copy import copy_event
from shared.certificates.designs.fit_sheet import look_through
from shared.certificates.issuing import links as link_requests
from shared.events import groups
from shared.events.naming import set_naming
from shared.events.settings import EventChange, archive_event, set_wording, update_event
from shared.features.returned_mail.decision import decide
from shared.features.returned_mail.report import read_report
from shared.features.returned_mail.settling import settle_reports
from shared.mail.kinds.certificate import CERTIFICATE
from shared.mail.queue import enqueue, opt_outs
from shared.mail.queue.mailed_keys import key_of
from shared.privacy import erasure, retention
from shared.privacy.deletion import delete_event, remove_deleted
from shared.privacy.erasure import erase_person, find_person
from shared.privacy.own_data import StatementChange, update_statement
from shared.rendering.gallery.catalogue import style_named
from shared.storage.models import Event, Mail, Volunteer, now
from shared.volunteers.people.grouping import go_through
from tests.support import list_columns
from tests.support.acting import of
from tests.support.bounce_reports import Dsn, Original
from tests.support.designing import begin_own_design, change
from tests.support.factories import set_picture
from tests.support.pdf_pages import made

if TYPE_CHECKING:
    from tests.installations.story import Story

CARD = "身份证号"
CARDS = ("110101199003074234", "110105198807150017")
_LIST = f"""email,number,name,role,hours,{CARD},team
ana@lantern.example,L-1,Ana Silva,speaker,12.5,{CARDS[0]},Harbour
bo@lantern.example,L-2,王小明,Helper,8,{CARDS[1]},Old Town
cy@lantern.example,L-3,Cy Young,helper,about 3,,Harbour
di@lantern.example,L-4,Di Marsh,,4,,Harbour
eva@lantern.example,L-5,Eva Gone,helper,1,,Harbour
flo@lantern.example,L-6,Flo Back,,2,,Harbour
gil@lantern.example,L-7,,,2,,Harbour
hal@lantern.example,L-8,,,2,,Harbour"""
_CHECKED = "邮箱,姓名,项目名称\nli@lantern.example,李晓红,引导\nwu@lantern.example,吴大海,补给"


def tell_of_the_list(story: "Story") -> dict[str, Any]:
    """Ids of its events, and what opens or hides something."""
    told = _Lantern(story)
    told.issue()
    told.go_on()
    return {
        "event": told.event_id,
        "checked": _let_check(story),
        "forgotten": _forget(story),
        "archived": _copy_and_archive(story, told.event_id),
        "deleted": _delete(story),
        "cards": list(CARDS),
        "erasure_key": told.erasure_key(),
        "opened": story.opened(told.event_id, "ana@lantern.example"),
    }


class _Lantern:
    """A festival with a list of eight people, two groups and a PDF as template."""

    def __init__(self, story: "Story") -> None:
        self.story, self.installation = story, story.installation
        self.event_id = story.live("Lantern Festival 2026")

    def issue(self) -> None:
        story = self.story
        story.change(self.event_id, self._set_up)
        list_columns.add_sealed(self.installation, self.event_id, _LIST)
        for title, said in ((CARD, {"is_in_full": True}), ("hours", {"is_public": True})):
            list_columns.say(self.installation, self.event_id, title, **said)
        list_columns.print_column(self.installation.database, self.event_id, CARD)
        story.change(self.event_id, self._make_groups)
        go_through(self.installation.database, self.event_id)
        look_through(self.installation.database, self.event_id, 5)
        certificates.send(self.installation, self.event_id)
        story.work(self.event_id)

    def go_on(self) -> None:
        """Withdrawn, given back, issued anew, come back, reminded and erased."""
        story, database = self.story, self.installation.database
        self._with("cy", lambda s, one: apply_to(s, Withdraw(of(one.id), "He was not there."), one))
        self._with(
            "bo", lambda s, one: apply_to(s, Withdraw(of(one.id), "A mistake of ours."), one)
        )
        self._with("bo", lambda s, one: apply_to(s, UndoWithdrawal(of(one.id)), one))
        settings = self.installation.settings
        self._with("di", lambda s, one: issue_anew(s, settings, one, "Diana Marsh", mailed=True))
        self._return("flo")
        story.change(self.event_id, lambda s, e: apply(s, Remind(rules=Rules(3, 0)), e.id).done)
        story.work(self.event_id)
        self._end_reminders("gil")
        self._with("hal", erasure.ask)
        assert link_requests.send_link_to_address(database, self.installation.seal, self._of("hal"))
        story.work(self.event_id)
        with database.reading() as session:
            event = session.get_one(Event, self.event_id)
            eva = find_person(session, self.installation.seal, event, self._of("eva"))
        erase_person(database, self.installation.seal, eva, None)
        story.change(self.event_id, self._queue_test_mail)
        story.work(self.event_id)

    def erasure_key(self) -> str:
        """What Hal's mail carries."""
        with self.installation.database.reading() as session:
            mail = session.scalars(select(Mail).where(Mail.kind == "erasure")).one()
            return key_of(self.installation.seal, mail)

    def _set_up(self, session: Any, event: Event) -> None:
        set_naming(session, event, "issue")
        event.contact_address = "ask@lantern.example"
        set_picture(session, event, made((300, 212)))
        words = {"en": "We keep little."}
        said = StatementChange(
            responsible="Lantern Friends", contact="data@lantern.example", texts=words
        )
        update_statement(session, event, said)
        retention.set_retention(session, event, 3650)

    def _make_groups(self, session: Any, event: Event) -> None:
        """Speakers have a design of the gallery and words of their own, helpers the event's."""
        speakers = groups.add_group(session, event, "role", "speaker")
        groups.add_group(session, event, "role", "helper", name="Helpers & friends")
        begin_own_design(session, event, speakers)
        choice = gallery.choice_for(style_named("minimal"), gallery.Taste("en"), event.list_columns)
        settings = self.installation.settings
        change(session, event, gallery.template_change(settings, choice, speakers.id))
        words = {"subject": "Thank you for your talk, {name}", "body": "{name}\n{page}"}
        set_wording(event, CERTIFICATE.name, **words, group=speakers)

    def _queue_test_mail(self, session: Any, event: Event) -> None:
        group = groups.find_group(event, "speaker")
        enqueue.queue_test_mail(session, event, CERTIFICATE, "me@lantern.example", group)

    def _return(self, who: str) -> None:
        """What the mail server of the address says of the certificate's mail."""
        with self.installation.database.writing() as session:
            mail = session.scalars(select(Mail).where(Mail.address == self._of(who))).one()
            original = Original(mail.message_id, self._of(who))
            report = Dsn("5.1.1", "smtp; 550 5.1.1 User unknown")(original)
            decision = decide(session, self.installation.seal, read_report(report), now())
            assert settle_reports(session, self.installation.seal, [decision]) == 1

    def _end_reminders(self, who: str) -> None:
        seal, person = self.installation.seal, self.story.person(self.event_id, self._of(who))
        token = self.story.opened(self.event_id, self._of(who))
        with self.installation.database.writing() as session:
            opt_outs.end_reminders(session, seal, opt_outs.opt_out_key(person.id, token))

    def _with(self, who: str, change: Any) -> None:
        person = self.story.person(self.event_id, self._of(who))
        self.story.change(self.event_id, lambda s, _: change(s, s.get_one(Volunteer, person.id)))

    @staticmethod
    def _of(who: str) -> str:
        return f"{who}@lantern.example"


def _let_check(story: "Story") -> int:
    """People check the names of the list; one has."""
    event_id = story.live("灯会")

    def set_up(session: Any, event: Event) -> None:
        update_event(event, EventChange(language="zh"))
        set_naming(session, event, "check", date.today() + timedelta(days=3000))

    story.change(event_id, set_up)
    list_columns.add_sealed(story.installation, event_id, _CHECKED)
    certificates.send(story.installation, event_id)
    story.work(event_id)
    story.submit(event_id, "li@lantern.example", "李晓虹")
    return event_id


def _forget(story: "Story") -> int:
    """Addresses of long ago, which became hashes."""
    event_id = story.live("Old Fair")
    story.send(event_id, "email,name\nold@lantern.example,Old Olga")
    story.submit(event_id, "old@lantern.example", "Old Olga")
    database, ago = story.installation.database, timedelta(days=200)
    with database.writing() as session:
        for row in session.scalars(select(Volunteer).where(Volunteer.event_id == event_id)):
            row.created_at -= ago
            row.submitted_at = row.submitted_at and row.submitted_at - ago
        for mail in session.scalars(select(Mail).where(Mail.event_id == event_id)):
            mail.created_at -= ago
            mail.sent_at = mail.sent_at and mail.sent_at - ago
        event = events.event_for_change(session, event_id)
        retention.set_retention(session, event, 100)
    assert forget(database, story.installation.seal, event_id) == 1
    return event_id


def _copy_and_archive(story: "Story", event_id: int) -> int:
    def copy(session: Any, source: Event) -> None:
        copied = copy_event(session, story.installation.seal, source, name="Lanterns 2027")
        archive_event(session, copied.event)
        story.tokens[str(copied.event.id)] = copied.token

    story.change(event_id, copy)
    return int(list(story.tokens)[-1])


def _delete(story: "Story") -> int:
    event_id = story.event("Never mind", "en")
    story.change(event_id, lambda s, e: delete_event(s, e, "Never mind"))
    assert remove_deleted(story.installation.database) == 1
    del story.tokens[str(event_id)]
    return event_id
