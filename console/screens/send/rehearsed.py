"""The end of a rehearsal: some certificates as they would arrive, and the way to all mails."""

import streamlit as st
from sqlalchemy import select

from console.navigation import is_open, link_to
from console.previews import issued_url
from console.session import installation, may, reading
from console.text import tn
from console.widgets.display import show_certificate
from console.widgets.spoken import show_paragraph
from shared.access.roles import Permission
from shared.storage.models import Certificate, Status
from shared.storage.models.certificate import STANDING
from shared.volunteers.people.progress import EventProgress

_SHOWN = 3


def show(progress: EventProgress) -> None:
    """Show the end of a rehearsal, all of whose mails are in the mailbox here."""
    ready = progress.by_status[Status.MAILED]
    if ready:
        st.header(tn("{count} certificate is ready", "{count} certificates are ready", ready))
    show_paragraph(
        "This was a rehearsal. Nobody outside received anything. All mails are in the mailbox here."
    )
    if ready and may(Permission.SEE_TABLE):
        with reading() as (session, event):
            first = select(Certificate).where(Certificate.event_id == event.id, STANDING)
            found = session.scalars(first.order_by(Certificate.id).limit(_SHOWN)).all()
            settings = installation().settings
            drawn = (
                (certificate.name, issued_url(session, settings, certificate))
                for certificate in found
            )
            pictures = [(name, picture) for name, picture in drawn if picture]
        with st.container(key="send.rehearsed"):
            for column, (name, picture) in zip(
                st.columns(_SHOWN, gap="medium"), pictures, strict=False
            ):
                with column:
                    show_certificate(picture, name)
    if is_open("mailbox"):
        label = tn("Read the mail", "Read all {count} mails", progress.mailed)
        with st.container(key="send.read_all"):
            link_to("mailbox", label, ":material/mail:")
