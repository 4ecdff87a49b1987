"""One person's certificate: its look, also with another name, and what can be done with it."""

from functools import partial
from html import escape

import streamlit as st

from console.previews import issued_url, preview_url
from console.session import Reader, changing, installation, may, reader, reading
from console.session_key import SessionKey
from console.text import in_words, plain, t, written_time
from console.widgets.stored_fields import StoredFields
from shared.access.roles import Permission
from shared.acts.issue_anew import issue_anew, next_look
from shared.acts.pass_on import PassOn
from shared.acts.run import apply, apply_to
from shared.acts.withdraw import UndoWithdrawal, Withdraw
from shared.certificates.credentials import stored
from shared.certificates.issuing import drawing
from shared.certificates.issuing.links import link_to_copy
from shared.certificates.issuing.pipeline import current_certificate
from shared.errors import ProductError
from shared.events import groups
from shared.log import audit
from shared.mail.kinds.certificate import file_name
from shared.rendering.design import Format
from shared.storage.models import Action, Certificate, Volunteer
from shared.volunteers.people import roster

_NAME = SessionKey[str]("volunteers.name")
_FORMATS: dict[Format, str] = {"jpg": "image/jpeg", "png": "image/png", "pdf": "application/pdf"}
# Whose link is shown, and the link, kept only while it is shown.
_LINK = SessionKey[tuple[int, str]]("volunteers.link")


def show_issued(person: Volunteer) -> None:
    """The person's certificate and its actions; if there is none, a field for the name."""
    with reading() as (session, event):
        person = roster.with_id(session, event, person.id)
        current = current_certificate(session, person)
        has_design = event.design_id is not None
        picture = issued_url(session, installation().settings, current) if current else ""
    if picture:
        _show_picture(picture, person.name)
    if current and current.withdrawn_at:
        told = t(
            "Withdrawn on {time}: {reason}",
            time=written_time(current.withdrawn_at, event),
            reason=plain(current.withdrawal_reason),
        )
        st.warning(told, icon=":material/block:")
        if may(Permission.WITHDRAW) and st.button(t("Undo the withdrawal"), icon=":material/undo:"):
            done = t("The certificate counts again.")
            with changing(Permission.WITHDRAW, done) as (session, event):
                found = roster.with_id(session, event, person.id)
                apply_to(session, UndoWithdrawal([found.id]), found)
    elif current and picture and may(Permission.EXPORT):
        show_files(current)
    if has_design and may(Permission.SEND):
        _offer_another_name(person, current)
    if current and not current.withdrawn_at and may(Permission.WITHDRAW):
        with (
            st.popover(t("Withdraw the certificate"), icon=":material/block:"),
            st.form(f"volunteers.withdraw.{person.id}"),
        ):
            st.caption(
                t("Its files and its page then say that it does not count. It can be undone.")
            )
            reason = st.text_input(t("Reason, which the person reads"), max_chars=500)
            if st.form_submit_button(t("Yes, withdraw it"), type="primary"):
                done = t("The certificate was withdrawn.")
                with changing(Permission.WITHDRAW, done) as (session, event):
                    found = roster.with_id(session, event, person.id)
                    apply_to(session, Withdraw([found.id], reason), found)


def _show_picture(address: str, name: str) -> None:
    alt = escape(t("Certificate of {name}", name=name))
    st.html(f'<img class="certificate" src="{address}" alt="{alt}">')


def _offer_another_name(person: Volunteer, current: Certificate | None) -> None:
    """A typed name is previewed before it is issued."""
    st.subheader(t("Issue it anew") if current else t("Issue a certificate"))
    fields = StoredFields(_NAME.of(person.id))
    name = st.text_input(
        t("Name on the certificate"), key=fields.of("name", person.name).name, max_chars=200
    )
    if not name.strip():
        return
    try:
        with reading() as (session, event):
            person = roster.with_id(session, event, person.id)
            look = next_look(session, installation().settings, person, name)
            picture = preview_url(*look)
            newest = groups.design_of(event, groups.group_of(person))
    except ProductError as problem:
        st.error(in_words(problem))
        return
    is_newer = current is not None and newest is not None and current.design_id != newest.id
    if current and name == current.name and not is_newer and not current.withdrawn_at:
        st.caption(t("Change the name to see the certificate with it."))
        return
    st.caption(t("Not issued yet; in the newest design.") if is_newer else t("Not issued yet."))
    _show_picture(picture, name)
    with st.container(horizontal=True):
        mailed = st.button(t("Issue and mail it"), type="primary", icon=":material/send:")
        if st.button(t("Issue it without a mail"), icon=":material/draw:") or mailed:
            done = t("The certificate was issued.")
            if mailed:
                done = t("The certificate was issued, and its mail queued.")
            with changing(Permission.SEND, done, fields.settle) as (session, event):
                found = roster.with_id(session, event, person.id)
                issue_anew(session, installation().settings, found, name, mailed=mailed)


# The files of one person's certificate, and their link, to download or copy


def show_files(certificate: Certificate) -> None:
    """A button for each kind of file, which is drawn when the browser requests it."""
    asking = reader()
    with st.container(horizontal=True):
        for format, media_type in _FORMATS.items():
            st.download_button(
                format.upper(),
                partial(_file, certificate.id, format, asking),
                file_name(certificate.name).removesuffix("jpg") + format,
                media_type,
                on_click="ignore",
                icon=":material/download:",
                key=f"volunteers.file.{certificate.id}.{format}",
            )


def _file(certificate_id: int, format: Format, asking: Reader) -> bytes:
    """Drawn for a reader who may still export. Raises NotAllowed, RoleTooLow and EventUnknown."""
    served = installation()
    with served.database.reading() as session:
        event_id = session.get_one(Certificate, certificate_id).event_id
    with served.database.writing(by=asking.actor(event_id, Permission.EXPORT)) as session:
        issued = session.get_one(Certificate, certificate_id)
        fields, who = [format], issued.volunteer_id
        audit.record(session, Action.EXPORTED, issued.event_id, volunteer_id=who, fields=fields)
        apply(session, PassOn(), issued.event_id, [who])
    carried = stored.served(served, certificate_id) if format != "jpg" else None
    with served.database.reading() as session:
        issued = session.get_one(Certificate, certificate_id)
        return drawing.render(session, served.settings, issued, format, carried)


def show_link(person: Volunteer) -> None:
    """The link, to pass on to people whom mail does not reach."""
    if st.button(t("Show the link to copy"), icon=":material/link:"):
        with changing(Permission.SEND) as (session, event):
            found, served = roster.with_id(session, event, person.id), installation()
            link = link_to_copy(session, served.settings, served.seal, found)
            apply(session, PassOn(), found.event_id, [found.id])
            _LINK.set((person.id, link))
    shown = _LINK.get()
    if shown and shown[0] == person.id:
        st.code(shown[1], language=None, wrap_lines=True)
        st.caption(t("Whoever has this link passes for this person. Seeing it was logged."))


def forget_link() -> None:
    """Forget it, since the window was closed."""
    _LINK.take()
