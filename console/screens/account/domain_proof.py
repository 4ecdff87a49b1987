"""The proof of the sender's domain by a test mail that arrived, and the records for its DNS."""

import streamlit as st

from console.session import reading, refusing, require
from console.session_key import SessionKey
from console.text import language, plain, t
from console.widgets.display import show_finding
from console.widgets.spoken import show_caption, show_paragraph
from shared import features
from shared.access.roles import Permission
from shared.features.domain_proof.sender_domain import (
    LONGEST_SOURCE,
    is_mail_of,
    prove,
    records_to_copy,
    service_of,
)
from shared.findings import Finding
from shared.language import N_
from shared.storage.models import Event

_FOUND = SessionKey[list[Finding]]("account.proof")

_WHY = N_(
    "Receiving servers check whether a mail really comes from its sender's domain (SPF, "
    "DKIM, DMARC) and write the result into it. Send a test mail to your address at a "
    "large provider and copy its source."
)
_ONE_RECORD = N_(
    "If the domain already has a record that begins with “v=spf1”, add "
    "“include:{include}” to it. Two records count as none."
)


def show(event: Event) -> None:
    if event.account is None:
        return
    found = _FOUND.of(event.id)
    with st.expander(t("Proof of the sender's domain"), icon=":material/verified_user:"):
        show_caption(_WHY)
        with st.form("domain_proof"):
            pasted = st.text_area(
                t("Source of the test mail that arrived"),
                max_chars=LONGEST_SOURCE,
                help=t(
                    "Choose “Show original” or “View source” in your mailbox and copy all of it."
                ),
            )
            is_pasted = st.form_submit_button(t("Check the source"))
        if is_pasted:
            _prove(event, pasted.encode())
        for offer_to_find in features.shown("account.proof"):
            if source := offer_to_find(event, LONGEST_SOURCE):
                _prove(event, source)
        for finding in found.get([]):
            show_finding(finding, finding.said(language()))
        # The records to copy into the DNS.
        address = event.from_address or event.account.username
        host = event.account.host
        domain = address.rpartition("@")[2].lower()
        records, service = records_to_copy(domain, host), service_of(host)
        if not records:
            return
        show_paragraph("**Add to the DNS of {domain}:**", domain=domain)
        for record in records:
            show_caption("A TXT record at {name}:", name=plain(record.name))
            st.code(record.value, language=None, wrap_lines=True)
        if service and service.include:
            show_caption(_ONE_RECORD, include=service.include)
        show_caption("Switch DKIM on at your mail provider. It tells you what to enter.")
        if service and service.dkim_page:
            st.link_button(t("Switch on DKIM"), service.dkim_page, icon=":material/open_in_new:")


def _prove(event: Event, source: bytes) -> None:
    require(Permission.CHANGE_ACCOUNT)

    def is_ours(message_id: str) -> bool:
        with reading() as (session, _):
            return is_mail_of(session, event, message_id)

    with refusing(), st.spinner(t("Checking the mail and its domain …")):
        _FOUND.of(event.id).set(prove(source, is_ours))
