"""Acts on many people: the bar below the table and its windows; and downloading certificates."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import streamlit as st
from sqlalchemy import Select
from sqlalchemy.orm import Session

from console.downloads import DownloadRequest
from console.jobs import acts_button
from console.navigation import go_to_window, leave_window, open_window, show_window
from console.screens.volunteers.people import PERSON, selected, tick_nobody
from console.session import installation, may, reading
from console.session_key import SessionKey
from console.text import in_words, t, tn, written_size
from console.widgets.confirming import offer_to_remove
from console.widgets.spoken import show_caption, show_info
from console.widgets.table import link_to_file, show_asked
from shared.access.roles import Permission
from shared.acts import Act
from shared.acts.issue_anew import Due, IssueAnew
from shared.acts.remove import Remove
from shared.acts.retry import Retry
from shared.acts.withdraw import UndoWithdrawal, Withdraw
from shared.certificates import bundles
from shared.certificates.bundles import FIRST_PATTERN, Kind, checked_pattern, expected_bytes
from shared.certificates.issuing import chosen
from shared.certificates.issuing.chosen import People
from shared.certificates.issuing.outdated import with_torn_name
from shared.errors import ProductError
from shared.mail.queue import failed_mails
from shared.rendering.design import Format
from shared.storage.models import Event
from shared.storage.rows import count_rows
from shared.volunteers.people.listing import ALL, Listing, Selection

# The people whom the table shows.
SHOWN = SessionKey[Selection]("volunteers.shown")
_REMOVING = SessionKey[str]("volunteers.many.removing")
_MAILED = SessionKey[bool]("volunteers.many.mailed")
_WHY = SessionKey[str]("volunteers.many.reason")
# A function that makes an act of what is typed, and the fields.
_Asked = tuple[Callable[..., Act], tuple[SessionKey[Any], ...]]
_FORMATS: dict[str, Format] = {"JPEG": "jpg", "PNG": "png", "PDF": "pdf"}


def _choose_scope() -> Selection:
    """Ask for whom the certificates are: everybody, the filtered or the ticked people; return
    them."""
    with reading() as (_, event):
        chosen_now, shown = selected(event.id), SHOWN.get(ALL)
    scopes = {t("Everybody"): ALL}
    if shown != ALL:
        scopes[t("People shown in the table")] = shown
    if chosen_now and (count := len(chosen_now.ids or ())):
        label = tn("{count} ticked person", "{count} ticked people", count)
        scopes[label] = chosen_now
    if len(scopes) == 1:
        return ALL
    last = len(scopes) - 1
    which = st.radio(t("Person"), list(scopes), index=last, key="volunteers.scope.download")
    return scopes[which]


def show_bar(event_id: int, shown: Selection) -> None:
    """Show the bar of acts on the ticked people, and the window of one; nothing if nobody is
    ticked."""
    SHOWN.set(shown)
    whom = selected(event_id)
    if whom is None:
        return
    acts = _acts()
    with reading() as (session, event):
        everybody = _count_all(session, event, whom)
        counts = {key: act.count(session, event, whom) for key, act in acts.items()}
    # Acts for all of the ticked people come first, then those for some, with their number.
    of_all = [(key, acts[key].title) for key, count in counts.items() if 0 < count == everybody]
    of_some = [
        (key, f"{acts[key].title} ({count:,})")
        for key, count in counts.items()
        if 0 < count < everybody
    ]
    with (
        st.bottom,
        st.container(horizontal=True, vertical_alignment="center", key="volunteers.bar"),
    ):
        said = tn("**{count} ticked**", "**{count} ticked**", everybody)
        st.markdown(said, width="content")
        for key, label in [*of_all, *of_some]:
            st.button(
                label, key=f"volunteers.act.{key}", on_click=go_to_window, args=(f"act.{key}",)
            )
        if not of_all and not of_some:
            st.caption(t("No action fits all of them."), width="content")
        st.button(
            t("Untick all"), key="volunteers.tick_nobody", type="tertiary",
            on_click=tick_nobody, args=(event_id,),
        )  # fmt: skip
    key = open_window().removeprefix("act.")

    def show_act() -> None:
        # The ticked people are looked up again, as they are now.
        if now := selected(event_id):
            acts[key].offer(key, now)

    if key in acts and not PERSON.get():
        show_window(acts[key].title, show_act, width="medium")


def _count_all(session: Session, event: Event, whom: Selection) -> int:
    people = whom.people(session, event)
    return Listing(session, event).count if people is None else count_rows(session, people)


@dataclass(frozen=True)
class _OnMany:
    """An act on many people: whom it concerns, and its window. `ask` draws the fields, and returns
    them with a function that makes the act of what is typed."""

    title: str
    needed: Permission
    whom: Callable[[Event, People], Select[int]]
    nobody: str
    ask: Callable[[Selection], _Asked]
    # The label of the button for so many.
    confirm: Callable[[int], str]
    # The number on the button, if it is not that of people.
    counted: Callable[[Session, Event, Selection], int] | None = None

    def count(self, session: Session, event: Event, whom: Selection) -> int:
        return count_rows(session, self.whom(event, whom.people(session, event)))

    def offer(self, key: str, whom: Selection) -> None:
        with reading() as (session, event):
            whom = whom.as_of_now(session, event)
            count = self.count(session, event, whom)
            if self.counted:
                count = self.counted(session, event, whom)
        if event.grouped_until is not None and self.whom is chosen.in_another_design:
            show_info(
                "People are still being sorted into groups, so we cannot tell yet "
                "whose certificate has an older design."
            )
        elif not count:
            st.info(self.nobody)
        else:
            made, typed = self.ask(whom)
            acts_button(
                self.confirm(count), f"volunteers.many.{key}",
                lambda _, __, *said: [made(*said)], self.needed, typed=typed, then=_close,
                type="primary",
            )  # fmt: skip


class _Removal:
    """Removes people to whom nothing was sent; others are removed one by one in their own
    windows."""

    needed = Permission.CHANGE_LIST

    @property
    def title(self) -> str:
        return t("Remove from the list")

    def count(self, session: Session, event: Event, whom: Selection) -> int:
        return Remove(whom).count(session, event)

    def offer(self, key: str, whom: Selection) -> None:
        with reading() as (session, event):
            count = _count_all(session, event, whom)
        above = st.container()

        def nobody_is_ticked() -> None:
            tick_nobody(event.id)
            leave_window()

        others = count - offer_to_remove(whom, _REMOVING, nobody_is_ticked)
        if others > 0:
            above.caption(
                tn(
                    "{count} person already has a mail, link or certificate. Open the "
                    "person to remove them.",
                    "{count} people already have a mail, link or certificate. Open each "
                    "person to remove them.",
                    others,
                )
            )


def _close() -> None:
    """Close the act's window, unless its reader has opened another one."""
    if open_window().startswith("act."):
        leave_window()


def _acts() -> dict[str, "_OnMany | _Removal"]:
    """Return the acts that the reader's role allows, in their order."""

    def ask_to_retry(whom: Selection) -> _Asked:
        with reading() as (session, event):
            people = whom.people(session, event)
            refused = failed_mails.count_refused(session, event.id, people)
        if refused:
            show_caption("A refused address is refused again. Correct it first.")
        return partial(Retry, whom), ()

    def ask_whether_mailed(only: Due, whom: Selection) -> _Asked:
        show_caption(
            "Names, numbers and dates stay. The earlier certificates become invalid, and say so."
        )
        mailed = st.toggle(t("Mail them, too"), value=True, key=_MAILED.name)
        if not mailed:
            show_caption("People who are still waiting get the new certificate in their mail.")
        return lambda mailed: IssueAnew(whom, mailed, only), (_MAILED,)

    def ask_for_reason(whom: Selection) -> _Asked:
        st.text_input(t("Reason (shown to them)"), max_chars=500, key=_WHY.name)
        return partial(Withdraw, whom), (_WHY,)

    newest = _OnMany(
        title=t("Reissue in newest design"),
        needed=Permission.SEND,
        whom=chosen.in_another_design,
        nobody=t("All of their certificates are in the newest design."),
        ask=partial(ask_whether_mailed, Due.ANOTHER_DESIGN),
        confirm=lambda count: tn(
            "Yes, reissue {count} certificate", "Yes, reissue {count} certificates", count
        ),
    )
    acts: dict[str, _OnMany | _Removal] = {
        "retry": _OnMany(
            title=t("Resend failed mails"),
            needed=Permission.SEND,
            whom=lambda event, people: failed_mails.people_of_failed(event.id, people),
            nobody=t("No mail to any of them failed."),
            ask=ask_to_retry,
            counted=lambda session, event, whom: Retry(whom).count(session, event),
            confirm=lambda count: tn(
                "Yes, send {count} mail again", "Yes, send {count} mails again", count
            ),
        ),
        "reissue": newest,
        "torn": replace(
            newest,
            title=t("Reissue split names"),
            whom=with_torn_name,
            ask=partial(ask_whether_mailed, Due.TORN_NAME),
            nobody=t("None of their certificates has a name split by a mark."),
        ),
        "withdraw": _OnMany(
            title=t("Withdraw"),
            needed=Permission.WITHDRAW,
            whom=chosen.with_certificate,
            nobody=t("None of them has a certificate yet."),
            ask=ask_for_reason,
            confirm=lambda count: tn(
                "Yes, withdraw {count} certificate", "Yes, withdraw {count} certificates", count
            ),
        ),
        "undo": _OnMany(
            title=t("Undo withdrawals"),
            needed=Permission.WITHDRAW,
            whom=chosen.with_withdrawn,
            nobody=t("None of their certificates is withdrawn."),
            ask=lambda whom: (partial(UndoWithdrawal, whom), ()),
            confirm=lambda count: tn(
                "Yes, restore {count} certificate",
                "Yes, restore {count} certificates",
                count,
            ),
        ),
        "remove": _Removal(),
    }
    return {key: act for key, act in acts.items() if may(act.needed)}


def show_download() -> None:
    """Fill the window for downloading certificates together, with their progress."""
    scope = _choose_scope()
    one_pdf, files = t("One PDF for printing"), t("ZIP, one file each")
    kind: Kind = "pdf"
    format: Format = "pdf"
    pattern = FIRST_PATTERN
    if st.radio(t("Format"), [files, one_pdf], key="volunteers.download.kind") != one_pdf:
        kind = "zip"
        drawn = st.segmented_control(
            t("Files"), list(_FORMATS), default="JPEG", required=True,
            key="volunteers.download.format",
        )  # fmt: skip
        format = _FORMATS[str(drawn)]
        with reading() as (_, event):
            known = " ".join(f"{{{title}}}" for title in bundles.known_values(event))
        pattern = st.text_input(
            t("Names of the files"),
            FIRST_PATTERN,
            key="volunteers.download.pattern",
            help=t("Placeholders: {placeholders}", placeholders=known),
        )
    try:
        with reading() as (session, event):
            order = bundles.BundleOrder(event.id, scope.people(session, event), format, pattern)
            if kind == "zip":
                checked_pattern(pattern, bundles.known_values(event))
            total = bundles.count(session, order)
            size = expected_bytes(session, installation().settings, order, kind)
    except ProductError as refusal:
        st.error(in_words(refusal))
        return
    if not total:
        show_info("None of them has a certificate yet.")
        return
    counted = tn("{count} certificate", "{count} certificates", total)
    show_caption("{certificates}, about {size}", certificates=counted, size=written_size(size))
    choice = scope, format, pattern, total
    place, ordered = (
        f"volunteers.download.{hash(choice)}",
        DownloadRequest(f"certificates.{kind}", event.id, order),
    )
    link_to_file(place, t("Download"), ordered, choice, is_first=True)
    show_asked(place, t("All files were sent to your browser."))
