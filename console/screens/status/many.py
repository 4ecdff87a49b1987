"""A window for many: certificates issued anew, withdrawn or given back, people removed."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import streamlit as st
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from console import downloads
from console.downloads import OFFERS
from console.long_work import act_on_people
from console.navigation import show_window
from console.offers import Download
from console.screens.status.people import FILTERS, TICKED, Filters
from console.session import installation, may, reading
from console.session_key import SessionKey
from console.text import in_words, t, tn
from console.widgets.actions import told_of_issued
from console.widgets.removing import offer_to_remove
from console.widgets.table import show_progress
from shared.access.roles import Permission
from shared.acts.act import Act, Tally
from shared.acts.issue_anew import IssueAnew
from shared.acts.withdraw import UndoWithdrawal, Withdraw
from shared.certificates.bundles import order as orders
from shared.certificates.bundles.file_names import FIRST_PATTERN, checked_pattern
from shared.certificates.bundles.order import Kind, Order, expected_bytes
from shared.certificates.issuing import chosen
from shared.errors import ProductError
from shared.rendering.design import Format
from shared.storage.models import Event, Volunteer
from shared.volunteers.people.listing import Listing

# Which window for many is open; it stays open while something is chosen in it.
WINDOW = SessionKey[str]("status.window")
# What was last ordered here, and its key.
_OFFERED = SessionKey[tuple[object, str]]("status.download")
_REMOVING = SessionKey[str]("status.many.removing")
_FORMATS: dict[str, Format] = {"JPEG": "jpg", "PNG": "png", "PDF": "pdf"}
_UNITS = ((10**9, "GB"), (10**6, "MB"), (10**3, "kB"))


def close_window() -> None:
    WINDOW.take()


@dataclass(frozen=True)
class Scope:
    """Some people of an event, selected by the table's filters; without filters, all of them."""

    search: str = ""
    statuses: tuple[int, ...] = ()
    problems_only: bool = False
    group_id: int | None = None
    ticked: tuple[int, ...] = ()

    def people(self, session: Session, event: Event) -> Select[int] | None:
        """Their ids; None: everybody."""
        if self.ticked:
            of_event = [Volunteer.event_id == event.id, Volunteer.id.in_(self.ticked)]
            return select(Volunteer.id).where(*of_event)
        if self == EVERYBODY:
            return None
        filters = FILTERS.get()
        return Listing(session, event, **filters).people if filters else None


EVERYBODY = Scope()


def choose_scope(key: str) -> Scope:
    """Everybody, unless the reader chooses the filtered or the ticked people."""
    scopes = {t("Everybody"): EVERYBODY}
    filters = FILTERS.get()
    if filters and _narrow(filters):
        statuses = tuple(int(status) for status in filters["statuses"])
        filtered = Scope(
            filters["search"], statuses, bool(filters["trait"] is not None), filters["group_id"]
        )
        scopes[t("Those whom the table shows now")] = filtered
    if ticked := (TICKED.get() or ()):
        label = tn("{count} person who is ticked", "{count} people who are ticked", len(ticked))
        scopes[label] = Scope(ticked=tuple(ticked))
    if len(scopes) == 1:
        return EVERYBODY
    labels = list(scopes)
    return scopes[st.radio(t("Of whom"), labels, index=len(labels) - 1, key=f"status.scope.{key}")]


def _narrow(filters: Filters) -> bool:
    """Whether the filters leave anybody out."""
    some = filters["search"] or filters["statuses"] or filters["trait"] is not None
    return bool(some) or filters["group_id"] is not None


def show_button() -> None:
    if not may(Permission.SEND):
        return
    if st.button(t("Act on many"), icon=":material/checklist:", key="status.many"):
        WINDOW.set("many")
    if WINDOW.get() == "many":
        show_window(t("Act on many"), _show, close_window, width="medium")


@dataclass(frozen=True)
class _OnMany:
    """What can be done to the certificates of many at once: whom it concerns, what is asked before,
    and what is said then. `ask` draws its fields and gives the act, which may ask for more."""

    needed: Permission
    whom: Callable[[Event, Select[int] | None], Select[int]]
    nobody: str
    key: str
    # What its button, its bar, and its reader afterwards are told of so many.
    confirm: Callable[[int], str]
    label: str
    done: Callable[[Tally], str]
    ask: Callable[[Select[int]], Callable[[], Act]]


def _show() -> None:
    scope = choose_scope("many")
    acts: dict[str, Callable[[Scope], None]] = {
        label: partial(_offer, act) for label, act in _acts_on_certificates().items()
    }
    if may(Permission.CHANGE_LIST):
        acts[t("Remove from the list")] = _offer_removal
    wanted = st.radio(t("What is to be done"), list(acts), key="status.many.act")
    acts[wanted](scope)


def _offer(act: "_OnMany", scope: Scope) -> None:
    with reading() as (session, event):
        people = act.whom(event, scope.people(session, event))
        count, event_id = chosen.count(session, people), event.id
        is_known = event.grouped_until is None
    if not is_known and act.whom is chosen.in_another_design:
        st.info(
            t(
                "It is still being looked up who is in which group, and so whose certificate is "
                "not in the newest design."
            )
        )
    elif not count:
        st.info(act.nobody)
    else:
        made = act.ask(people)
        if st.button(act.confirm(count), type="primary", key=f"status.many.{act.key}"):
            act_on_people(made, event_id, act.needed, act.label, partial(_over, act.done))


def _over(done: Callable[[Tally], str], tally: Tally) -> str:
    """What was done; closes the window, unless its reader has gone on meanwhile."""
    close_window()
    return done(tally)


def _acts_on_certificates() -> dict[str, _OnMany]:
    """By what the reader calls them, as far as their role goes."""
    newest = _OnMany(
        needed=Permission.SEND,
        whom=chosen.in_another_design,
        nobody=t("All of their certificates are in the newest design."),
        key="reissue",
        confirm=lambda count: tn(
            "Yes, issue {count} certificate anew", "Yes, issue {count} certificates anew", count
        ),
        label=t("Issuing"),
        done=told_of_issued,
        ask=_ask_whether_mailed,
    )
    torn = replace(
        newest,
        whom=chosen.with_torn_name,
        nobody=t("No mark tears a name apart on any of their certificates."),
    )
    acts = {
        t("Issue anew in the newest design"): newest,
        t("Issue anew where a mark tears the name apart, as in O’ Brien"): torn,
    }
    if not may(Permission.WITHDRAW):
        return acts
    acts[t("Withdraw")] = _OnMany(
        needed=Permission.WITHDRAW,
        whom=chosen.with_certificate,
        nobody=t("Nobody among them has a certificate yet."),
        key="withdraw",
        confirm=lambda count: tn(
            "Yes, withdraw {count} certificate", "Yes, withdraw {count} certificates", count
        ),
        label=t("Withdrawing"),
        done=lambda tally: tn(
            "{count} certificate was withdrawn.", "{count} certificates were withdrawn.", tally.done
        ),
        ask=_ask_for_reason,
    )
    acts[t("Undo withdrawals")] = _OnMany(
        needed=Permission.WITHDRAW,
        whom=chosen.with_withdrawn,
        nobody=t("None of their certificates is withdrawn."),
        key="undo",
        confirm=lambda count: tn(
            "Yes, {count} certificate counts again",
            "Yes, {count} certificates count again",
            count,
        ),
        label=t("Undoing"),
        done=lambda tally: tn(
            "{count} certificate counts again.", "{count} certificates count again.", tally.done
        ),
        ask=lambda people: lambda: UndoWithdrawal(people),
    )
    return acts


def _ask_whether_mailed(people: Select[int]) -> Callable[[], Act]:
    st.caption(
        t("Names, numbers and dates stay. The earlier certificates no longer count, and say so.")
    )
    mailed = st.toggle(t("Mail them, too"), value=True, key="status.many.mailed")
    if not mailed:
        st.caption(t("People who still wait for the mail get the new certificate with it."))
    return lambda: IssueAnew(people, installation().settings, mailed)


def _ask_for_reason(people: Select[int]) -> Callable[[], Act]:
    reason = st.text_input(t("Reason, which they read"), max_chars=500, key="status.many.reason")
    return lambda: Withdraw(people, reason)


def _offer_removal(scope: Scope) -> None:
    """Of those who have nothing yet; who has something is removed alone, in their own window."""
    with reading() as (session, event):
        people = scope.people(session, event)
        count = Listing(session, event).count if people is None else chosen.count(session, people)
    above = st.container()
    others = count - offer_to_remove(people, _REMOVING, close_window)
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


def show_download_button() -> None:
    if st.button(t("Certificates"), icon=":material/folder_zip:", key="status.certificates"):
        WINDOW.set("download")
    if WINDOW.get() == "download":
        show_window(t("Download certificates"), _show_download, close_window, width="medium")


def _show_download() -> None:
    scope = choose_scope("download")
    kind, format, pattern = _choose_files()
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
    download = _offered_download(scope, order, kind, total)
    st.link_button(
        t("Download"), download.address, type="primary", icon=":material/download:", width="stretch"
    )
    _show_progress(download.key)


def _choose_files() -> tuple[Kind, Format, str]:
    one_pdf, files = t("One PDF for the printer"), t("A ZIP with a file each")
    chosen = st.radio(t("As"), [files, one_pdf], key="status.download.kind")
    if chosen == one_pdf:
        return "pdf", "pdf", FIRST_PATTERN
    format = st.segmented_control(
        t("Files"), list(_FORMATS), default="JPEG", required=True, key="status.download.format"
    )
    with reading() as (_, event):
        known = " ".join(f"{{{title}}}" for title in orders.known_values(event))
    pattern = st.text_input(
        t("Names of the files"),
        FIRST_PATTERN,
        key="status.download.pattern",
        help=t("From these: {placeholders}", placeholders=known),
    )
    return "zip", _FORMATS[str(format)], pattern


def _offered_download(
    scope: Scope, order: Order, kind: Kind, total: int
) -> Download[downloads.Order]:
    """The same download as before for the same order, so that a running one is followed."""
    wanted = (scope, order, kind, total)
    if (before := _OFFERED.get()) and before[0] == wanted and (kept := OFFERS.find(before[1])):
        return kept
    download = downloads.offer(downloads.Order(f"certificates.{kind}", order.event_id, order))
    _OFFERED.set((wanted, download.key))
    return download


@st.fragment(run_every=1)
def _show_progress(key: str) -> None:
    if download := OFFERS.find(key):
        show_progress(download, t("All of them were sent to your browser."))


def written_size(size: int) -> str:
    """Bytes as people read them: 1.3 GB."""
    for unit, name in _UNITS:
        if size >= unit:
            return f"{size / unit:.1f} {name}" if size < 10 * unit else f"{size // unit} {name}"
    return "1 kB"
