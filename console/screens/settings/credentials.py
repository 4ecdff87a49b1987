"""The issuer of an event's signed certificates, as the settings show it."""

import streamlit as st

from console.session import installation
from console.text import plain, t
from console.widgets.spoken import show_caption, show_paragraph
from shared.features.credentials import issuers
from shared.features.credentials.document import did_at, is_resolvable
from shared.storage.models import Event


def show(event: Event) -> None:
    with installation().database.reading() as session:
        issuer = issuers.of_event(session, event)
    address = installation().settings.public_url
    named = issuers.named(installation().settings, issuer, did_at(address, issuer.slug))
    with st.expander(t("Who signs the certificates"), icon=":material/verified:"):
        if is_resolvable(address):
            st.markdown(f"**{plain(named.name)}**")
            st.code(named.did, language=None, wrap_lines=True)
            show_caption(
                "Signatures name your organization “as stated by the "
                "organizer”. The owner of this installation can add an issuer "
                "for it."
            )
        else:
            show_paragraph("Nothing is signed, because others cannot reach this installation.")
