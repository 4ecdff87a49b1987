"""The end of an event: archiving it, downloading its data, deleting it."""

from collections.abc import Callable

import streamlit as st
from sqlalchemy.orm import Session

from console.confirmation import comes_first
from console.downloads import ARCHIVE, OFFERS, DownloadRequest, DownloadState
from console.event_choice import names_of
from console.foot import foot_to_overview
from console.session import (
    EVENT_ID,
    event_names,
    may,
    reading,
)
from console.session_key import SessionKey
from console.text import language, plain, t
from console.widgets.pressed import act_button
from console.widgets.spoken import show_caption, show_info, show_paragraph
from console.widgets.table import show_progress
from shared.access.roles import Permission
from shared.errors import ProductError
from shared.events import event_for_change
from shared.events.installation import choose_default, first_event_id
from shared.events.settings import archive_event, bring_back
from shared.language import N_, translate
from shared.log import audit
from shared.privacy.deletion import delete_event
from shared.storage import hooks
from shared.storage.models import Action, Event

# Whether the reader has just deleted an event: `app` then opens the list of the others.
IS_DELETED = SessionKey[bool]("ending.is_deleted")
_ORDERED = SessionKey[str]("ending.ordered")
_WITH_CERTIFICATES = SessionKey[bool]("ending.with_certificates")
# The fields of the question before an event is deleted.
_NAME = SessionKey[str]("ending.name")
_WITHDRAWS = SessionKey[bool]("ending.withdraws")
_IS_KEPT = SessionKey[bool]("ending.is_kept")
_ANOTHER = SessionKey[int]("ending.another")
# Whether the certificates are withdrawn, with the name of that choice and its effect.
_STANDING = {
    False: (
        N_("They stay valid"),
        N_("They still verify as valid. No names are kept."),
    ),
    True: (
        N_("Withdraw all of them"),
        N_("They verify as withdrawn. You cannot undo this."),
    ),
}


def show() -> None:
    st.title(t("Archive and delete"))
    with reading() as (session, event):
        is_default = first_event_id(session) == event.id
        is_issued = event.live_at is not None or hooks.features().is_given_out(session, event.id)
    show_archiving(event)
    show_keeping(event)
    show_deleting(event, is_default=is_default, is_issued=is_issued)
    foot_to_overview(t("Archived.") if event.archived_at else t("Nothing is deleted."))


def show_archiving(event: Event) -> None:
    """Offer to take the event off the list of events, or to put it back."""
    st.header(t("Archive"))
    if event.archived_at:
        said = t("It is hidden from the list of events. Links and certificates keep working.")
        label, act, done = t("Restore"), bring_back, t("The event is restored.")
    else:
        said = t(
            "This hides the event from the list. You can restore it. Links and "
            "certificates keep working."
        )
        label, act, done = t("Archive the event"), archive_event, t("The event is archived.")
    st.markdown(said)
    # The act is bound to what was drawn, so that a late press does not undo what a colleague did.
    act_button(label, "ending.archive", act, Permission.DELETE, done)


def show_deleting(event: Event, *, is_default: bool, is_issued: bool) -> None:
    """Offer to delete the event once its name is typed; the default event only after another one
    was made the default. `is_issued`: ask what becomes of its certificates."""
    st.header(t("Delete"))
    show_paragraph(
        "This permanently deletes volunteers, links, mails, certificates, keys and "
        "designs. The log stays, with the certificate numbers but no names."
    )
    if not is_default and not comes_first("ending.delete"):
        with st.form("ending.delete"):
            st.text_input(
                t("To delete it, type its name: {name}", name=plain(event.name)), max_chars=200,
                key=_NAME.name,
            )  # fmt: skip
            if is_issued:
                st.radio(
                    t("What happens to issued certificates?"),
                    list(_STANDING),
                    format_func=lambda withdraws: t(_STANDING[withdraws][0]),
                    captions=[t(caption) for _, caption in _STANDING.values()],
                    key=_WITHDRAWS.name,
                )
            st.checkbox(t("I have the file or do not need it"), key=_IS_KEPT.name)
            said = t("“{name}” is deleted.", name=plain(event.name))
            act_button(
                t("Delete the event permanently"), "ending.delete.do", _delete, Permission.DELETE,
                said, typed=(_NAME, _WITHDRAWS, _IS_KEPT), then=_leave_deleted, type="primary",
                in_form=True,
            )  # fmt: skip
    elif is_default and may(Permission.MANAGE_EVENTS):
        with reading() as (session, _):
            names = names_of([other for other in event_names(session) if other.id != event.id])
        show_info("Programs that name no event use this one. First choose another event for them.")
        other = st.selectbox(
            t("Default event for programs"),
            list(names),
            format_func=names.__getitem__,
            key=_ANOTHER.name,
        )
        done = N_("Programs that name no event now use “{name}”.")
        spoken = language()

        def choose(session: Session, _: Event, other: int) -> str:
            chosen = event_for_change(session, other)
            choose_default(session, chosen)
            return translate(done, spoken, name=plain(chosen.name))

        if other:
            act_button(
                t("Use as default"), "ending.let", choose, Permission.MANAGE_EVENTS,
                typed=(_ANOTHER,),
            )  # fmt: skip
    elif is_default:
        show_info(
            "Programs that name no event use this one. First ask the owner of this "
            "installation to choose another event for them."
        )


def _delete(
    session: Session, event: Event, typed: str, withdraws: bool | None, is_kept: bool
) -> None:
    if not is_kept:
        raise ProductError(N_("First confirm that you need nothing from the event."))
    delete_event(session, event, typed, withdraws=bool(withdraws))


def _leave_deleted() -> None:
    """Let the screens be about no event."""
    EVENT_ID.set(None)
    IS_DELETED.set(True)
    st.query_params.pop("event", None)


def show_keeping(event: Event) -> None:
    """Offer everything of the event in one file."""
    st.header(t("Download everything"))
    show_paragraph(
        "A ZIP with the volunteers, mails, log, signed credentials and designs. No "
        "links or passwords."
    )
    st.checkbox(t("Include certificates (many take a while)"), key=_WITH_CERTIFICATES.name)

    def order(session: Session, event: Event, with_certificates: bool) -> Callable[[], None]:
        audit.record(session, Action.EXPORTED, event.id, fields=["archive"])
        wanted = DownloadRequest(ARCHIVE, event.id, with_certificates)
        return lambda: _ORDERED.of(wanted.event_id).set(OFFERS.offer(wanted).key)

    typed = (_WITH_CERTIFICATES,)
    act_button(t("Create the file"), "ending.file", order, Permission.DELETE, typed=typed)

    @st.fragment(run_every=1)
    def show_download() -> None:
        """Show the link to the file, and then its progress."""
        offered = OFFERS.find(_ORDERED.of(event.id).get(""))
        if offered is None:
            return
        if offered.state is DownloadState.READY:
            st.link_button(t("Download the file"), offered.address, type="primary")
            show_caption("The file is created as it downloads.")
        share = f"{offered.done / max(1, offered.total):.0%}"
        show_progress(offered, t("The file is complete."), share)

    if _ORDERED.of(event.id).is_set():
        show_download()
