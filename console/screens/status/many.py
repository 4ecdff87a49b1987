"""A window for many: certificates issued anew, withdrawn or given back, people removed."""

import re
from dataclasses import dataclass

import streamlit as st
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from console import downloads
from console.downloads import OFFERS
from console.long_work import long_work
from console.offers import Download
from console.screens.status.people import FILTERS, TICKED, Filters
from console.session import actor, installation, may, reading, say
from console.session_key import SessionKey
from console.text import in_words, sentences, t, tn
from console.widgets.table_download import show_progress
from console.windows import show_window
from shared.access.roles import Permission
from shared.acts.issue_anew import IssueAnew
from shared.acts.remove import Remove
from shared.acts.run import run
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
_FORMATS: dict[str, Format] = {"JPEG": "jpg", "PNG": "png", "PDF": "pdf"}
# More are removed only once their number was typed.
_MOST_UNTYPED = 50
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
        filtered = Scope(filters["search"], statuses, filters["problems_only"], filters["group_id"])
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
    some = filters["search"] or filters["statuses"] or filters["problems_only"]
    return bool(some) or filters["group_id"] is not None


def show_button() -> None:
    if not may(Permission.SEND):
        return
    if st.button(t("Act on many"), icon=":material/checklist:", key="status.many"):
        WINDOW.set("many")
    if WINDOW.get() == "many":
        show_window(t("Act on many"), _show, close_window, width="medium")


def _show() -> None:
    scope = choose_scope("many")
    acts = {
        t("Issue anew in the newest design"): _offer_newest_design,
        t("Issue anew where a mark tears the name apart, as in O’ Brien"): _offer_torn_names,
    }
    if may(Permission.WITHDRAW):
        acts |= {t("Withdraw"): _offer_withdrawal, t("Undo withdrawals"): _offer_undoing}
    if may(Permission.CHANGE_LIST):
        acts[t("Remove from the list")] = _offer_removal
    wanted = st.radio(t("What is to be done"), list(acts), key="status.many.act")
    acts[wanted](scope)


def _offer_newest_design(scope: Scope) -> None:
    with reading() as (session, event):
        people = chosen.in_another_design(event, scope.people(session, event))
        count = chosen.count(session, people)
        event_id, is_known = event.id, event.grouped_until is None
    if not is_known:
        st.info(
            t(
                "It is still being looked up who is in which group, and so whose certificate is "
                "not in the newest design."
            )
        )
        return
    if not count:
        st.info(t("All of their certificates are in the newest design."))
        return
    _ask_whether_mailed(event_id, people, count)


def _offer_torn_names(scope: Scope) -> None:
    with reading() as (session, event):
        people = chosen.with_torn_name(event, scope.people(session, event))
        count, event_id = chosen.count(session, people), event.id
    if not count:
        st.info(t("No mark tears a name apart on any of their certificates."))
        return
    _ask_whether_mailed(event_id, people, count)


def _ask_whether_mailed(event_id: int, people: Select[int], count: int) -> None:
    st.caption(
        t("Names, numbers and dates stay. The earlier certificates no longer count, and say so.")
    )
    mailed = st.toggle(t("Mail them, too"), value=True, key="status.many.mailed")
    if not mailed:
        st.caption(t("People who still wait for the mail get the new certificate with it."))
    label = tn("Yes, issue {count} certificate anew", "Yes, issue {count} certificates anew", count)
    if st.button(label, type="primary", key="status.many.reissue"):
        _issue(event_id, people, mailed)


def _issue(event_id: int, people: Select[int], mailed: bool) -> None:
    with long_work(Permission.SEND, t("Issuing")) as tell:
        act = IssueAnew(people, installation().settings, mailed)
        done = run(installation().database, act, event_id, by=actor(), progress=tell)
        told = [
            tn("{count} certificate was issued.", "{count} certificates were issued.", done.done)
        ]
        if done.refused:
            told.append(
                tn(
                    "{count} name does not fit the new design and is marked: the old one stays.",
                    "{count} names do not fit the new design and are marked: the old ones stay.",
                    done.refused,
                )
            )
        _over(sentences(*told))


def _over(told: str) -> None:
    """Report what was done, and close the window, unless its reader has gone on meanwhile."""
    say(told)
    close_window()


def _offer_withdrawal(scope: Scope) -> None:
    with reading() as (session, event):
        people = chosen.with_certificate(event, scope.people(session, event))
        count = chosen.count(session, people)
        event_id = event.id
    if not count:
        st.info(t("Nobody among them has a certificate yet."))
        return
    reason = st.text_input(t("Reason, which they read"), max_chars=500, key="status.many.reason")
    label = tn("Yes, withdraw {count} certificate", "Yes, withdraw {count} certificates", count)
    if st.button(label, type="primary", key="status.many.withdraw"):
        with long_work(Permission.WITHDRAW, t("Withdrawing")) as tell:
            act = Withdraw(people, reason)
            done = run(installation().database, act, event_id, by=actor(), progress=tell).done
            _over(
                tn(
                    "{count} certificate was withdrawn.",
                    "{count} certificates were withdrawn.",
                    done,
                )
            )


def _offer_undoing(scope: Scope) -> None:
    with reading() as (session, event):
        people = chosen.with_withdrawn(event, scope.people(session, event))
        count = chosen.count(session, people)
        event_id = event.id
    if not count:
        st.info(t("None of their certificates is withdrawn."))
        return
    label = tn(
        "Yes, {count} certificate counts again", "Yes, {count} certificates count again", count
    )
    if st.button(label, type="primary", key="status.many.undo"):
        with long_work(Permission.WITHDRAW, t("Undoing")) as tell:
            act = UndoWithdrawal(people)
            done = run(installation().database, act, event_id, by=actor(), progress=tell).done
            told = tn(
                "{count} certificate counts again.", "{count} certificates count again.", done
            )
            _over(told)


def _offer_removal(scope: Scope) -> None:
    """Of those who have nothing yet; who has something is removed alone, in their own window."""
    with reading() as (session, event):
        people = scope.people(session, event)
        act, event_id = Remove(people), event.id
        count = act.count(session, event)
        others = Listing(session, event).count if people is None else chosen.count(session, people)
    if others > count:
        st.caption(
            tn(
                "{count} person has something already: a mail, a link or a certificate. Their own "
                "window says what they would lose, and removes them.",
                "{count} people have something already: a mail, a link or a certificate. The "
                "window of each says what they would lose, and removes them.",
                others - count,
            )
        )
    if not count:
        st.info(t("Nobody among them can be removed together with others."))
        return
    st.markdown(t("Their lines of the list go. Nothing was sent to any of them."))
    is_sure = count <= _MOST_UNTYPED or _is_typed(count)
    label = tn("Yes, remove {count} person", "Yes, remove {count} people", count)
    if st.button(label, type="primary", disabled=not is_sure, key="status.many.remove"):
        with long_work(Permission.CHANGE_LIST, t("Removing")) as tell:
            done = run(installation().database, act, event_id, by=actor(), progress=tell).done
            _over(tn("{count} person was removed.", "{count} people were removed.", done))


def _is_typed(count: int) -> bool:
    typed = st.text_input(
        t("To remove them, type their number: {count}", count=count), key="status.many.number"
    )
    # However its thousands are parted.
    return re.sub(r"[\s,.’']", "", typed) == str(count)


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
