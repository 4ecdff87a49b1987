"""Acts on many: the bar below the table and its windows; and their certificates, to download."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import streamlit as st
from sqlalchemy import Select
from sqlalchemy.orm import Session

from console import downloads
from console.downloads import OFFERS
from console.long_work import act_on_people
from console.navigation import show_window
from console.screens.volunteers import windows
from console.screens.volunteers.people import PERSON, Shown, Ticked, selected, tick_nobody
from console.screens.volunteers.windows import close_window
from console.session import installation, may, reading
from console.session_key import SessionKey
from console.text import in_words, t, tn
from console.widgets.actions import told_of_issued
from console.widgets.removing import offer_to_remove
from console.widgets.table import show_progress
from shared.access.roles import Permission
from shared.acts.act import Act, Tally
from shared.acts.issue_anew import IssueAnew
from shared.acts.remove import Remove
from shared.acts.retry import Retry
from shared.acts.withdraw import UndoWithdrawal, Withdraw
from shared.certificates.bundles import order as orders
from shared.certificates.bundles.file_names import FIRST_PATTERN, checked_pattern
from shared.certificates.bundles.order import Kind, Order, expected_bytes
from shared.certificates.issuing import chosen
from shared.certificates.issuing.chosen import People
from shared.certificates.issuing.torn import with_torn_name
from shared.errors import ProductError
from shared.mail.queue import failed_mails
from shared.rendering.design import Format
from shared.storage.models import Event
from shared.volunteers.people.listing import Listing

# Whom the table shows.
SHOWN = SessionKey[Shown]("volunteers.shown")
# What was last ordered here, and its key.
_OFFERED = SessionKey[tuple[object, str]]("volunteers.download")
_REMOVING = SessionKey[str]("volunteers.many.removing")
# How many acts stand in the bar; the others are behind a button, or a phone would be full of them.
_IN_SIGHT = 3
_FORMATS: dict[str, Format] = {"JPEG": "jpg", "PNG": "png", "PDF": "pdf"}
_UNITS = ((10**9, "GB"), (10**6, "MB"), (10**3, "kB"))


def choose_scope(key: str) -> Shown | Ticked:
    """Everybody, unless the reader chooses the filtered or the ticked people."""
    with reading() as (_, event):
        chosen_now, shown = selected(event.id), SHOWN.get(Shown())
    scopes: dict[str, Shown | Ticked] = {t("Everybody"): Shown()}
    if shown != Shown():
        scopes[t("Those whom the table shows now")] = shown
    if isinstance(chosen_now, Ticked):
        count = len(chosen_now.ids)
        label = tn("{count} person who is ticked", "{count} people who are ticked", count)
        scopes[label] = chosen_now
    if len(scopes) == 1:
        return Shown()
    labels = list(scopes)
    chosen = st.radio(t("Of whom"), labels, index=len(labels) - 1, key=f"volunteers.scope.{key}")
    return scopes[chosen]


# The bar below the table: what can be done to all who are ticked, and to some of them


def show_bar(event_id: int, shown: Shown) -> None:
    """What the ticked people allow, with how many it is about; nothing while nobody is ticked."""
    SHOWN.set(shown)
    whom = selected(event_id)
    if whom is None:
        return
    acts = _acts()
    with reading() as (session, event):
        people = whom.people(session, event)
        everybody = _count_all(session, event, people)
        counts = {key: act.count(session, event, people) for key, act in acts.items()}
    # An act that nobody allows is not offered; one that only some allow stands behind the others.
    of_all = [key for key, count in counts.items() if count and count == everybody]
    of_some = [key for key, count in counts.items() if 0 < count < everybody]
    with (
        st.bottom,
        st.container(horizontal=True, vertical_alignment="center", key="volunteers.bar"),
    ):
        told = tn("**{count} ticked**", "**{count} ticked**", everybody)
        st.markdown(told, width="content")
        for key in of_all[:_IN_SIGHT]:
            _offer_act(key, acts[key].label)
        if of_all[_IN_SIGHT:] or of_some:
            with st.popover(t("More")):
                for key in of_all[_IN_SIGHT:]:
                    _offer_act(key, acts[key].label)
                if of_some:
                    st.caption(t("For some of them:"))
                for key in of_some:
                    _offer_act(key, f"{acts[key].label} ({counts[key]:,})")
        if not of_all and not of_some:
            st.caption(t("Nothing can be done to all of them at once."), width="content")
        st.button(
            t("Tick nobody"), key="volunteers.tick_nobody", type="tertiary",
            on_click=tick_nobody, args=(event_id,),
        )  # fmt: skip
    key = windows.open_window().removeprefix("act.")
    if key in acts and not PERSON.get():
        show_window(acts[key].label, partial(_show_act, key), close_window, width="medium")


def _offer_act(key: str, label: str) -> None:
    st.button(label, key=f"volunteers.act.{key}", on_click=windows.show, args=(f"act.{key}",))


def _show_act(key: str) -> None:
    """The window of one act; the ticked people are looked up again, as they are now."""
    with reading() as (_, event):
        whom = selected(event.id)
    if whom and key in (acts := _acts()):
        acts[key].offer(whom)


@dataclass(frozen=True)
class _Act:
    """Something that can be done to many: how many people it is about, and its window."""

    label: str
    count: Callable[[Session, Event, People], int]
    offer: Callable[[Shown | Ticked], None]


def _acts() -> dict[str, _Act]:
    """What the reader's role allows, in the order in which it is offered."""
    acts = {}
    if may(Permission.SEND):
        acts["retry"] = _Act(
            t("Send again what failed"),
            lambda session, event, people: chosen.count(
                session, failed_mails.people_of_failed(event.id, people)
            ),
            _offer_retry,
        )
        for key, act in _acts_on_certificates().items():
            acts[key] = _Act(act.title, act.count, partial(act.offer, key))
    if may(Permission.CHANGE_LIST):
        acts["remove"] = _Act(
            t("Remove from the list"),
            lambda session, event, people: Remove(people).count(session, event),
            _offer_removal,
        )
    return acts


def _count_all(session: Session, event: Event, people: People) -> int:
    return Listing(session, event).count if people is None else chosen.count(session, people)


def _offer_retry(whom: Shown | Ticked) -> None:
    with reading() as (session, event):
        found = failed_mails.people_of_failed(event.id, whom.people(session, event))
        act, event_id = Retry(list(session.scalars(found))), event.id
        count = act.count(session, event)
        refused = failed_mails.count_refused(session, event_id, act.people)
    if refused:
        st.caption(t("An address that was refused is refused again: correct it first."))
    if not count:
        st.info(t("No mail to any of them failed."))
        return
    label = tn("Yes, send {count} mail again", "Yes, send {count} mails again", count)
    if st.button(label, type="primary", key="volunteers.many.retry"):
        act_on_people(
            lambda: act, event_id, Permission.SEND, t("The mails are being queued …"),
            partial(_over, lambda _: t("They are sent again.")),
        )  # fmt: skip


@dataclass(frozen=True)
class _OnMany:
    """What can be done to the certificates of many at once: whom it concerns, what is asked before,
    and what is said then. `ask` draws its fields and gives the act, which may ask for more."""

    title: str
    needed: Permission
    whom: Callable[[Event, People], Select[int]]
    nobody: str
    # What its button, its bar, and its reader afterwards are told of so many.
    confirm: Callable[[int], str]
    label: str
    done: Callable[[Tally], str]
    ask: Callable[[Select[int]], Callable[[], Act]]

    def count(self, session: Session, event: Event, people: People) -> int:
        return chosen.count(session, self.whom(event, people))

    def offer(self, key: str, whom: Shown | Ticked) -> None:
        with reading() as (session, event):
            people = self.whom(event, whom.people(session, event))
            count, event_id = chosen.count(session, people), event.id
            is_known = event.grouped_until is None
        if not is_known and self.whom is chosen.in_another_design:
            st.info(
                t(
                    "It is still being looked up who is in which group, and so whose certificate "
                    "is not in the newest design."
                )
            )
        elif not count:
            st.info(self.nobody)
        else:
            made = self.ask(people)
            if st.button(self.confirm(count), type="primary", key=f"volunteers.many.{key}"):
                act_on_people(made, event_id, self.needed, self.label, partial(_over, self.done))


def _over(done: Callable[[Tally], str], tally: Tally) -> str:
    """What was done; closes the window, unless its reader has gone on meanwhile."""
    if windows.open_window().startswith("act."):
        close_window()
    return done(tally)


def _acts_on_certificates() -> dict[str, _OnMany]:
    """As far as the reader's role goes."""

    def ask_whether_mailed(people: Select[int]) -> Callable[[], Act]:
        st.caption(
            t(
                "Names, numbers and dates stay. The earlier certificates no longer count, and say "
                "so."
            )
        )
        mailed = st.toggle(t("Mail them, too"), value=True, key="volunteers.many.mailed")
        if not mailed:
            st.caption(t("People who still wait for the mail get the new certificate with it."))
        return partial(IssueAnew, people, installation().settings, mailed)

    newest = _OnMany(
        title=t("Issue anew in the newest design"),
        needed=Permission.SEND,
        whom=chosen.in_another_design,
        nobody=t("All of their certificates are in the newest design."),
        confirm=lambda count: tn(
            "Yes, issue {count} certificate anew", "Yes, issue {count} certificates anew", count
        ),
        label=t("Issuing"),
        done=told_of_issued,
        ask=ask_whether_mailed,
    )
    torn = replace(
        newest,
        title=t("Issue anew where a mark tears the name apart, as in O’ Brien"),
        whom=with_torn_name,
        nobody=t("No mark tears a name apart on any of their certificates."),
    )
    if not may(Permission.WITHDRAW):
        return {"reissue": newest, "torn": torn}
    withdraw = _OnMany(
        title=t("Withdraw"),
        needed=Permission.WITHDRAW,
        whom=chosen.with_certificate,
        nobody=t("Nobody among them has a certificate yet."),
        confirm=lambda count: tn(
            "Yes, withdraw {count} certificate", "Yes, withdraw {count} certificates", count
        ),
        label=t("Withdrawing"),
        done=lambda tally: tn(
            "{count} certificate was withdrawn.", "{count} certificates were withdrawn.", tally.done
        ),
        ask=lambda people: partial(
            Withdraw,
            people,
            st.text_input(
                t("Reason, which they read"), max_chars=500, key="volunteers.many.reason"
            ),
        ),
    )
    undo = _OnMany(
        title=t("Undo withdrawals"),
        needed=Permission.WITHDRAW,
        whom=chosen.with_withdrawn,
        nobody=t("None of their certificates is withdrawn."),
        confirm=lambda count: tn(
            "Yes, {count} certificate counts again",
            "Yes, {count} certificates count again",
            count,
        ),
        label=t("Undoing"),
        done=lambda tally: tn(
            "{count} certificate counts again.", "{count} certificates count again.", tally.done
        ),
        ask=lambda people: partial(UndoWithdrawal, people),
    )
    return {"reissue": newest, "torn": torn, "withdraw": withdraw, "undo": undo}


def _offer_removal(whom: Shown | Ticked) -> None:
    """Of those who have nothing yet; who has something is removed alone, in their own window."""
    with reading() as (session, event):
        people = whom.people(session, event)
        count = _count_all(session, event, people)
    above = st.container()

    def nobody_is_ticked() -> None:
        tick_nobody(event.id)
        close_window()

    others = count - offer_to_remove(people, _REMOVING, nobody_is_ticked)
    if others > 0:
        above.caption(
            tn(
                "{count} person has something already: a mail, a link or a certificate. Their own "
                "window says what they would lose, and removes them.",
                "{count} people have something already: a mail, a link or a certificate. The "
                "window of each says what they would lose, and removes them.",
                others,
            )
        )


# A window to download certificates together, with a progress bar


def show_download() -> None:
    scope = choose_scope("download")
    one_pdf, files = t("One PDF for the printer"), t("A ZIP with a file each")
    kind: Kind = "pdf"
    format: Format = "pdf"
    pattern = FIRST_PATTERN
    if st.radio(t("As"), [files, one_pdf], key="volunteers.download.kind") != one_pdf:
        kind = "zip"
        drawn = st.segmented_control(
            t("Files"), list(_FORMATS), default="JPEG", required=True,
            key="volunteers.download.format",
        )  # fmt: skip
        format = _FORMATS[str(drawn)]
        with reading() as (_, event):
            known = " ".join(f"{{{title}}}" for title in orders.known_values(event))
        pattern = st.text_input(
            t("Names of the files"),
            FIRST_PATTERN,
            key="volunteers.download.pattern",
            help=t("From these: {placeholders}", placeholders=known),
        )
    try:
        with reading() as (session, event):
            people = scope.people(session, event)
            order = Order(event.id, people, format, pattern)
            if kind == "zip":
                checked_pattern(pattern, orders.known_values(event))
            total = orders.count(session, order)
            size = expected_bytes(session, installation().settings, order, kind)
    except ProductError as refusal:
        st.error(in_words(refusal))
        return
    if not total:
        st.info(t("Nobody among them has a certificate yet."))
        return
    told = tn("{count} certificate", "{count} certificates", total)
    st.caption(t("{certificates}, about {size}", certificates=told, size=written_size(size)))
    # The same download as before for the same order, so that a running one is followed.
    wanted = (scope, order, kind, total)
    before, key = _OFFERED.get((None, ""))
    download = OFFERS.find(key) if before == wanted else None
    if download is None:
        download = downloads.offer(downloads.Order(f"certificates.{kind}", order.event_id, order))
        _OFFERED.set((wanted, download.key))
    st.link_button(
        t("Download"), download.address, type="primary", icon=":material/download:", width="stretch"
    )

    @st.fragment(run_every=1)
    def show_how_far() -> None:
        if asked := OFFERS.find(download.key):
            show_progress(asked, t("All of them were sent to your browser."))

    show_how_far()


def written_size(size: int) -> str:
    """Bytes as people read them: 1.3 GB."""
    for unit, name in _UNITS:
        if size >= unit:
            return f"{size / unit:.1f} {name}" if size < 10 * unit else f"{size // unit} {name}"
    return "1 kB"
