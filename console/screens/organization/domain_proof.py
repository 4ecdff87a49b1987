"""What a test mail that arrived proves about the sender's domain, and what its DNS should say."""

import streamlit as st

from console.session import installation, reading, refuse, require
from console.session_key import SessionKey
from console.text import in_words, language, plain, t
from console.widgets.finding import show_finding
from shared.access.roles import Permission
from shared.errors import ProductError
from shared.findings import Finding
from shared.language import N_
from shared.mail.bounces.mailbox import mailbox_of
from shared.mail.bounces.retrieval import source_of
from shared.preflight.domain_proof import LONGEST_SOURCE, is_mail_of, prove
from shared.preflight.sender_domain import records_to_copy, service_of
from shared.storage.models import BounceMailbox, Event, Mail, MailState

_FOUND = SessionKey[list[Finding]]("organization.proof")

_WHY = N_(
    "Servers that receive mail look whether it is really from the domain of its sender (SPF, DKIM, "
    "DMARC), and write what they found into the mail. Send a test mail to any address of yours, at "
    "a large provider at best, and take its source from there."
)
_ONE_RECORD = N_(
    "If the domain has a record that begins with “v=spf1” already, add “include:{include}” to it: "
    "two records count as none."
)


def show(event: Event, test_mail: Mail | None) -> None:
    """`test_mail` is the last one that was asked for here, if there is one."""
    if event.account is None:
        return
    found = _FOUND.of(event.id)
    with st.expander(t("Proof of the sender's domain"), icon=":material/verified_user:"):
        st.caption(t(_WHY))
        with reading() as (session, _):
            mailbox = mailbox_of(session, event.account)
        with st.form("domain_proof"):
            pasted = st.text_area(
                t("Source of the test mail that arrived"),
                max_chars=LONGEST_SOURCE,
                help=t("Mailboxes show it under “Show original” or “View source”. Copy all of it."),
            )
            is_pasted = st.form_submit_button(t("What does it prove?"))
        if is_pasted:
            _prove(event, pasted.encode())
        if (
            mailbox
            and test_mail
            and test_mail.state is MailState.SENT
            and st.button(t("Look for the test mail in the mailbox for returned mail"))
        ):
            _look_for(event, test_mail, mailbox)
        for finding in found.get([]):
            show_finding(finding, finding.said(language()))
        _records(event.from_address or event.account.username, event.account.host)


def _look_for(event: Event, test_mail: Mail, mailbox: BounceMailbox) -> None:
    require(Permission.CHANGE_ACCOUNT)
    try:
        with st.spinner(t("Looking into the mailbox …")):
            source = source_of(installation(), mailbox, test_mail, LONGEST_SOURCE)
    except ProductError as refusal:
        refuse(in_words(refusal))
        return
    if source is None:
        refuse(t("The test mail is not there. Was it sent to the address of this mailbox?"))
    else:
        _prove(event, source)


def _prove(event: Event, source: bytes) -> None:
    require(Permission.CHANGE_ACCOUNT)

    def is_ours(message_id: str) -> bool:
        with reading() as (session, _):
            return is_mail_of(session, event, message_id)

    try:
        with st.spinner(t("Reading the mail and asking its domain …")):
            _FOUND.of(event.id).set(prove(source, is_ours))
    except ProductError as refusal:
        refuse(in_words(refusal))


def _records(address: str, host: str) -> None:
    """What to enter in the DNS, to be copied."""
    domain = address.rpartition("@")[2].lower()
    records, service = records_to_copy(domain, host), service_of(host)
    if not records:
        return
    st.markdown(t("**To enter in the DNS of {domain}**, by whoever looks after it:", domain=domain))
    for record in records:
        st.caption(t("A TXT record at {name}:", name=plain(record.name)))
        st.code(record.value, language=None, wrap_lines=True)
    if service and service.include:
        st.caption(t(_ONE_RECORD, include=service.include))
    st.caption(t("DKIM is switched on at the mail provider, which says what to enter for it."))
    if service and service.dkim_page:
        st.link_button(t("How to switch DKIM on"), service.dkim_page, icon=":material/open_in_new:")
