"""The webhook by which a mail service reports returned mail."""

from typing import Any

import streamlit as st
from sqlalchemy.orm import Session

from console.screens.account.ways import ask_for_secret
from console.session import installation, reading
from console.session_key import SessionKey
from console.text import plain, t, written_time
from console.widgets.pressed import act_button
from console.widgets.spoken import show_caption, show_info, show_paragraph, show_warning
from console.widgets.stored_fields import StoredFields, StoredForm
from shared.access.roles import Permission
from shared.errors import AccountChanged
from shared.features.returned_mail.models import BounceWebhook
from shared.features.returned_mail.webhooks.entering import (
    address_of,
    forget_webhook,
    renew_address,
    set_webhook,
    webhook_of,
)
from shared.features.returned_mail.webhooks.services import SERVICES, likely_service
from shared.language import N_
from shared.preflight.checks import is_this_machine
from shared.storage.models import Event

_FIELD = SessionKey[Any]("account.webhook")
_WHY = N_(
    "If you send through one of these services, it reports each bounced mail to an "
    "address of your own."
)
_NOT_PUBLIC = N_(
    "No service can reach this address, because it points to this computer. Ask the "
    "person who runs this installation to set PUBLIC_URL."
)
_NO_ADDRESS = N_(
    "The key that made this address is gone, so it cannot be shown. It still works. To "
    "get a new one, press “Renew the address”."
)


def stored(event: Event) -> BounceWebhook | None:
    """Return the webhook of the event's account, if it has one."""
    with reading() as (session, _):
        return webhook_of(session, event.account) if event.account else None


def say_how_it_works(event: Event, webhook: BounceWebhook) -> None:
    """Show when the service reported last, or what was wrong with its report."""
    title = _title(webhook.service)
    if webhook.trouble:
        st.error(plain(t(webhook.trouble)))
    elif webhook.heard_at:
        when = written_time(webhook.heard_at, event)
        st.success(t("{service} last reported at {time}.", service=title, time=when))
    else:
        words = N_("{service} has not reported yet. Paste the address below there and send a test.")
        show_info(words, service=title)


def show(event: Event, webhook: BounceWebhook | None) -> None:
    """Show the webhook's form, and the address to paste at the service."""
    assert event.account is not None
    likely = likely_service(event.account.host)
    is_wanted = webhook is not None or likely is not None
    with st.expander(t("Webhook of a mail service"), expanded=is_wanted, icon=":material/webhook:"):
        show_caption(_WHY)
        start = webhook.service if webhook else likely or next(iter(SERVICES))
        fields = StoredFields(_FIELD.of(event.account_id))
        name = st.selectbox(
            t("Mail service"), [*SERVICES], format_func=_title,
            key=fields.of("service", start).name,
        )  # fmt: skip
        _form(event, webhook, name)
        if webhook and name == webhook.service:
            _show_address(webhook)


def _title(name: str) -> str:
    return SERVICES[name].title if name in SERVICES else name


def _form(event: Event, webhook: BounceWebhook | None, name: str) -> None:
    service = SERVICES[name]
    is_entered = webhook is not None and webhook.service == name
    if is_entered and not service.asks:
        return
    form, seal = StoredForm(_FIELD.of(event.account_id, name)), installation().seal
    shown = event.account_id

    def save(session: Session, event: Event, typed: dict[str, str]) -> None:
        if event.account_id != shown:
            raise AccountChanged
        set_webhook(session, seal, event, name, typed.get("password", ""))

    with st.form(f"webhook {name}"):
        if service.asks:
            ask_for_secret(form, service.asks, is_stored=is_entered)
        form.submit_button(t("Save the webhook"), save, Permission.CHANGE_ACCOUNT, type="primary")


def _show_address(webhook: BounceWebhook) -> None:
    served = installation()
    address = address_of(served.settings, served.seal, webhook)
    if address:
        show_paragraph("**The address to paste there:**")
        st.code(address, language=None, wrap_lines=True)
    else:
        show_warning(_NO_ADDRESS)
    show_caption(SERVICES[webhook.service].advice)
    if is_this_machine(served.settings.public_url):
        show_warning(_NOT_PUBLIC, icon="public_off")
    renew, remove = st.columns(2)
    with renew:
        act_button(
            t("Renew the address"), "account.renew_webhook",
            lambda session, event: renew_address(session, served.seal, event),
            Permission.CHANGE_ACCOUNT, t("Saved."),
        )  # fmt: skip
    with remove:
        act_button(
            t("Remove the webhook"), "account.remove_webhook", forget_webhook,
            Permission.CHANGE_ACCOUNT, t("Saved."),
        )  # fmt: skip
