"""The files of one person's certificate, and their link, to download or copy."""

from functools import partial

import streamlit as st

from console.session import Reader, changing, installation, reader
from console.session_key import SessionKey
from console.text import t
from shared.access.roles import Permission
from shared.certificates import issuing
from shared.certificates.copied_links import link_to_copy
from shared.log import audit
from shared.mail.kinds.certificate import file_name
from shared.rendering.design import Format
from shared.storage.models import Action, Certificate, Volunteer
from shared.volunteers.people import roster

_FORMATS: dict[Format, str] = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "pdf": "application/pdf",
}
# Whose link is shown, and the link, kept only while it is shown.
_LINK = SessionKey[tuple[int, str]]("status.link")


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
                key=f"status.file.{certificate.id}.{format}",
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
    with served.database.reading() as session:
        issued = session.get_one(Certificate, certificate_id)
        return issuing.render(session, served.settings, issued, format)


def show_link(person: Volunteer) -> None:
    """The link, to pass on to people whom mail does not reach."""
    if st.button(t("Show the link to copy"), icon=":material/link:"):
        with changing(Permission.SEND) as (session, event):
            found, served = roster.with_id(session, event, person.id), installation()
            link = link_to_copy(session, served.settings, served.seal, found)
            _LINK.set((person.id, link))
    shown = _LINK.get()
    if shown and shown[0] == person.id:
        st.code(shown[1], language=None, wrap_lines=True)
        st.caption(t("Whoever has this link passes for this person. Seeing it was logged."))


def forget_link() -> None:
    """Forget it, since the window was closed."""
    _LINK.take()
