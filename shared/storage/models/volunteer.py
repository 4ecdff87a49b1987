"""The people on the lists."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    and_,
    func,
    or_,
)
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shared.language import N_
from shared.storage.facts import Ended, Fact, Hides, hidden_by_none, hiding
from shared.storage.models.base import Base, Numbered, now
from shared.storage.models.event import Event
from shared.storage.states import Problem, Status, Suppression
from shared.storage.traits import partial_index, trait, written_out


class Volunteer(Numbered):
    """A person on an event's list: an address, a name once it is known, and a status."""

    __tablename__ = "volunteer"
    __table_args__ = (
        UniqueConstraint("event_id", "email_key"),
        UniqueConstraint("event_id", "number", name="uq_volunteer_number"),
        # For counting, and for paging through the whole list or one status.
        Index("ix_volunteer_counts", "event_id", "status").ddl_if(dialect="postgresql"),
        Index("ix_volunteer_status", "event_id", "status", "id"),
        Index("ix_volunteer_list", "event_id", "id", "status"),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    # Sealed; None until something gives them a personal link.
    token: Mapped[str | None] = mapped_column(unique=True)
    # When they were invited, that is, when an invitation was queued; one taken back counts, too.
    asked_at: Mapped[datetime | None]
    # Their name on the list, and the name that they entered themselves.
    listed_name: Mapped[str] = mapped_column(default="")
    given_name: Mapped[str] = mapped_column(default="")
    email: Mapped[str]
    # The same for every spelling of the address: lower case, domain as punycode.
    email_key: Mapped[str]
    number: Mapped[str]
    status: Mapped[Status] = mapped_column(default=Status.NEW)
    # The further columns of the imported list.
    columns: Mapped[dict[str, str]] = mapped_column(default=dict)
    # title -> sealed value, for the secret ones, of which `columns` has a mask.
    secrets: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))
    # What the list said of them where the stored values differ: see `people.stood`. For the
    # address, it is the `email_key` that it would have.
    stood: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    stood_key: Mapped[str | None]
    # No foreign key: a removed group is gone at once, and its people are updated in turns.
    group_id: Mapped[int | None]
    problem: Mapped[Problem | None]
    problem_text: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default=now)
    submitted_at: Mapped[datetime | None]
    # When an organizer let them enter their name again; corrections are counted from then on.
    reopened_at: Mapped[datetime | None]
    # When an organizer took out their link or certificate other than by mail: see `acts.pass_on`.
    passed_on_at: Mapped[datetime | None]
    # When they thanked back, and in which words, which nobody but the organizers and they read.
    thanked_at: Mapped[datetime | None]
    thanks: Mapped[str | None]
    # Since when they let search engines find the page of their certificate.
    findable_at: Mapped[datetime | None]
    # They want no more invitations and reminders from the account of this event.
    reminders_ended_at: Mapped[datetime | None]
    # They get no mail from it: nobody has the address, or they complained.
    suppressed_at: Mapped[datetime | None]
    suppressed: Mapped[Suppression | None]
    # Erased: the row still counts, says nothing about them, and gets no more mail.
    erased_at: Mapped[datetime | None]
    # Their address was kept long enough and is known only as a hash, in `email_key`, as is the one
    # in `stood_key`.
    address_forgotten_at: Mapped[datetime | None]
    # The event's rule gives them no certificate (`people.grouping`); they keep what they have.
    unqualified_at: Mapped[datetime | None]
    # An organizer decided that they get one, whatever the rule says.
    qualified_by_hand_at: Mapped[datetime | None]

    event: Mapped[Event] = relationship()

    @hybrid_property
    def name(self) -> str:
        """The name to show: the one that they entered, or else the one on the list."""
        return self.given_name or self.listed_name

    @name.inplace.expression
    @classmethod
    def _name_in_sql(cls) -> ColumnElement[str]:
        return func.coalesce(func.nullif(cls.given_name, ""), cls.listed_name)


# Facts. Conditions and indexes name those that hide in this order.

_REHEARSAL, _ADDRESS = {Ended.BEGIN_FOR_REAL}, {Ended.NEW_ADDRESS}
_NO_MAIL = "no-mail", N_("No mail")
_UNQUALIFIED = "unqualified", N_("Does not qualify")
FACTS = (
    Fact(Volunteer.asked_at, ended_by=_REHEARSAL),
    Fact(
        Volunteer.submitted_at,
        loss=N_("the name that they entered"), ended_by=_REHEARSAL, ends_undo=True,
    ),
    Fact(
        Volunteer.reopened_at,
        words={"reopened": N_("Name reopened")}, ended_by=_REHEARSAL, ends_undo=True,
    ),
    Fact(
        Volunteer.passed_on_at,
        words={"passed_on": N_("Link or certificate shared by an organizer")},
        loss=N_("the link or certificate shared with them"), ended_by=_REHEARSAL,
    ),
    Fact(
        Volunteer.thanked_at, text=Volunteer.thanks, words={"thanked": N_("Said: “{text}”")},
        loss=N_("their thanks to you"), ended_by=_REHEARSAL,
        told_as={"thanked_at": "you_thanked_back_at", "thanks": "your_thanks"},
    ),
    Fact(
        Volunteer.findable_at,
        words={"findable": N_("Lets search engines find their certificate")},
        ended_by=_REHEARSAL, told_as={"findable_at": "search_engines_may_find_it_since"},
    ),
    Fact(Volunteer.erased_at, hides=tuple(Hides)),
    Fact(Volunteer.address_forgotten_at, hides=tuple(Hides), ended_by=_ADDRESS),
    Fact(
        Volunteer.suppressed_at, reason=Volunteer.suppressed,
        words={
            Suppression.DEAD: N_("The address bounced and gets no more mail"),
            Suppression.COMPLAINED: N_("Reported a mail as spam and gets no more mail"),
        },
        crowds={
            Suppression.DEAD: (
                N_("dead addresses"),
                N_("no mail, because they bounced. Enter another address."),
            ),
            Suppression.COMPLAINED: (
                N_("who complained"), N_("no mail, because they reported it as spam")
            ),
        },
        told_as={"suppressed_at": "no_more_mail_since", "suppressed": "no_more_mail_because"},
        hides={Hides.ASKED, Hides.NOTIFIED, Hides.MAILED}, filter=_NO_MAIL, ended_by=_ADDRESS,
    ),
    Fact(
        Volunteer.reminders_ended_at,
        words={Suppression.OPTED_OUT: N_("Unsubscribed from invitations and reminders")},
        crowds={
            Suppression.OPTED_OUT: (
                N_("who unsubscribed"),
                N_("no invitations or reminders, only their certificate and what they request"),
            )
        },
        loss=N_("their choice to get no reminders"),
        hides={Hides.ASKED, Hides.NOTIFIED}, filter=_NO_MAIL, ended_by=_ADDRESS,
    ),
    Fact(
        Volunteer.unqualified_at,
        words={"unqualified": N_("Does not qualify for a certificate")},
        crowds={
            "unqualified": (
                N_("who does not qualify"), N_("nothing; certificates already issued do not change")
            )
        },
        told_as={"unqualified_at": "does_not_qualify_since"},
        hides={Hides.ASKED, Hides.ISSUED}, filter=_UNQUALIFIED,
    ),
    Fact(
        Volunteer.qualified_by_hand_at,
        words={"by_hand": N_("Qualifies by an organizer's decision")},
    ),
)  # fmt: skip
# Facts with words that leave people out of what is mailed to many.
LEFT_OUT = [fact for fact in hiding(FACTS, Hides.ASKED) if fact.words]
# Of those, the facts for which they get less mail.
LESS_MAIL = [fact for fact in LEFT_OUT if Hides.NOTIFIED in fact.hides]
FILTERED = {
    fact.filter: or_(*(other.trait for other in FACTS if other.filter == fact.filter))
    for fact in FACTS
    if fact.filter
}

# Traits, and the indexes on who has them. Such an index has all columns of its condition, or SQLite
# takes another index or reads the rows.

# Nothing more is done for them: see `privacy.erasure`.
ERASED = Volunteer.erased_at.is_not(None)
# Hidden by no fact from everything: not erased, and their address is known.
KNOWN = hidden_by_none(hiding(FACTS, *Hides))
# They can be written to, told of what they have, and asked for something.
REACHABLE = hidden_by_none(hiding(FACTS, Hides.MAILED))
MAY_BE_NOTIFIED = hidden_by_none(hiding(FACTS, Hides.NOTIFIED))
MAY_BE_ASKED = hidden_by_none(hiding(FACTS, Hides.ASKED))
# They have a certificate, or get one: they entered their name, or an organizer issued it.
HAS_SUBMITTED = trait(Volunteer.status >= Status.SUBMITTED)
# Asked for nothing, but brought the link to what they have, or had before they were to enter their
# name again.
MAY_GET_LINK = or_(
    MAY_BE_ASKED,
    and_(or_(HAS_SUBMITTED, Volunteer.reopened_at.is_not(None)), MAY_BE_NOTIFIED),
)
# Invited, and can still enter their name.
SILENT = trait(Volunteer.status == Status.INVITED, REACHABLE)
TO_INVITE = trait(Volunteer.status == Status.NEW, Volunteer.asked_at.is_(None), MAY_BE_ASKED)
# Nothing was sent to them, and nobody copied their link: their number is known to nobody.
NOT_WRITTEN_TO = trait(
    Volunteer.status == Status.NEW, Volunteer.asked_at.is_(None), Volunteer.token.is_(None)
)
# On the list and nothing more, as far as their own row says. An invitation may wait for them, which
# fixes their number (NOT_WRITTEN_TO) although nobody has it yet.
UNTOUCHED = trait(
    Volunteer.status == Status.NEW,
    hidden_by_none(fact for fact in FACTS if fact.loss),
    KNOWN,
)
# Nothing has reached them other than by mail: no link that they used or that was passed on.
UNREACHED = trait(Volunteer.submitted_at.is_(None), Volunteer.passed_on_at.is_(None))
# An organizer issued theirs, it is drawn, and it was not passed on other than by mail.
MADE_UNSEEN = trait(Volunteer.status == Status.PICTURE_MADE, UNREACHED, KNOWN)
# Without a name on the list either, so they are asked whoever decides the names.
TO_ASK = trait(TO_INVITE, Volunteer.listed_name == "")
# The list has their name; they neither submitted one nor are to enter it again.
NAMED_BY_LIST = trait(
    ~HAS_SUBMITTED,
    Volunteer.listed_name != "",
    Volunteer.reopened_at.is_(None),
)
TO_ISSUE = trait(
    NAMED_BY_LIST, Volunteer.problem.is_(None), hidden_by_none(hiding(FACTS, Hides.ISSUED))
)
# Their name on the list cannot be drawn, so they get no certificate.
HELD_FOR_NAME = trait(
    ~HAS_SUBMITTED,
    Volunteer.problem.in_([Problem.NAME_DOES_NOT_FIT, Problem.NO_GLYPH]),
)
# Their address is known only as a hash: see `privacy.retention`.
ADDRESS_FORGOTTEN = Volunteer.address_forgotten_at.is_not(None)
HAS_PROBLEM = Volunteer.problem.is_not(None)
UNQUALIFIED = FILTERED[_UNQUALIFIED]
OPTED_OUT = Volunteer.reminders_ended_at.is_not(None)
SUPPRESSED = Volunteer.suppressed_at.is_not(None)
NO_MAIL = FILTERED[_NO_MAIL]
IN_A_GROUP = Volunteer.group_id.is_not(None)
# Of the name that is shown.
NAME_LENGTH = written_out(func.length(Volunteer.name))
# Small and capital letters together.
NAME_ORDER = written_out(func.lower(Volunteer.name))

_EVENT = Volunteer.event_id
_OF_ASKED, _OF_MAILED, _OF_ISSUED = (
    [fact.column for fact in hiding(FACTS, hidden_from)]
    for hidden_from in (Hides.ASKED, Hides.MAILED, Hides.ISSUED)
)
partial_index(
    "ix_volunteer_not_invited",
    *(_EVENT, Volunteer.status, Volunteer.asked_at, *_OF_ASKED),
    where=TO_INVITE,
)
partial_index(
    "ix_volunteer_to_ask",
    *(_EVENT, Volunteer.status, Volunteer.asked_at, *_OF_ASKED, Volunteer.listed_name),
    where=TO_ASK,
)
partial_index(
    "ix_volunteer_silent",
    *(_EVENT, Volunteer.id, Volunteer.status, *_OF_MAILED),
    where=SILENT,
)
partial_index(
    "ix_volunteer_to_issue",
    *(_EVENT, Volunteer.status, Volunteer.problem, Volunteer.reopened_at, *_OF_ISSUED),
    Volunteer.listed_name,
    where=TO_ISSUE,
)
partial_index("ix_volunteer_held", _EVENT, Volunteer.status, Volunteer.problem, where=HELD_FOR_NAME)
partial_index("ix_volunteer_kept", _EVENT, Volunteer.created_at, Volunteer.id, where=KNOWN)
partial_index("ix_volunteer_forgotten", _EVENT, Volunteer.email_key, where=ADDRESS_FORGOTTEN)
partial_index(
    "ix_volunteer_stood", _EVENT, Volunteer.stood_key, where=Volunteer.stood_key.is_not(None)
)
partial_index("ix_volunteer_problem", _EVENT, Volunteer.id, Volunteer.problem, where=HAS_PROBLEM)
partial_index(
    "ix_volunteer_reminders_ended",
    *(_EVENT, Volunteer.id, Volunteer.reminders_ended_at),
    where=OPTED_OUT,
)
partial_index(
    "ix_volunteer_suppressed",
    *(_EVENT, Volunteer.suppressed, Volunteer.suppressed_at),
    where=SUPPRESSED,
)
partial_index(
    "ix_volunteer_unqualified",
    *(_EVENT, Volunteer.id, Volunteer.status, Volunteer.unqualified_at),
    where=UNQUALIFIED,
)
partial_index(
    "ix_volunteer_group",
    *(_EVENT, Volunteer.group_id, Volunteer.id, Volunteer.status),
    where=IN_A_GROUP,
)
partial_index(
    "ix_volunteer_group_status", _EVENT, Volunteer.group_id, Volunteer.status, where=IN_A_GROUP
)
# How many there were on which day.
partial_index(
    "ix_volunteer_asked", _EVENT, Volunteer.asked_at, where=Volunteer.asked_at.is_not(None)
)
partial_index(
    "ix_volunteer_submitted",
    *(_EVENT, Volunteer.submitted_at),
    where=Volunteer.submitted_at.is_not(None),
)
partial_index("ix_volunteer_secrets", Volunteer.id, where=Volunteer.secrets.is_not(None))
partial_index(
    "ix_volunteer_no_mail",
    *(_EVENT, Volunteer.id, Volunteer.suppressed_at, Volunteer.reminders_ended_at),
    where=NO_MAIL,
)
# Who has an address, over all events.
Index("ix_volunteer_address", Volunteer.email_key)
Index("ix_volunteer_name_length", _EVENT, NAME_LENGTH)
Index("ix_volunteer_name", _EVENT, NAME_ORDER, Volunteer.id)


class ErasedAddress(Base):
    """Somebody who was erased from an event, as a hash to compare addresses with."""

    __tablename__ = "erased_address"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True)
    # See `sealing.own_keys`.
    address_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    erased_at: Mapped[datetime] = mapped_column(default=now)
