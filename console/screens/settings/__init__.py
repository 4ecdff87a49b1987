"""The settings of an event, and how long it keeps addresses."""

from datetime import date
from typing import Any

import streamlit as st
from sqlalchemy.orm import Session

from console.foot import foot_to_overview
from console.session import may, reading
from console.session_key import SessionKey
from console.text import t, time_zones, tn, written_time, zone_choice
from console.widgets.pressed import act_button
from console.widgets.saving_fields import SavingFields
from console.widgets.spoken import show_caption, show_paragraph
from console.widgets.stored_fields import StoredFields, StoredForm
from shared import features
from shared.access.roles import Permission
from shared.events.settings import EventChange, set_days, update_event
from shared.language import LANGUAGE_NAMES, LANGUAGES
from shared.privacy import retention
from shared.storage.models import Event

_SETTING = SessionKey[Any]("settings.setting")
_DAYS = SessionKey[Any]("settings.days")
_FIELD = SessionKey[Any]("settings.retention")


def show() -> None:
    st.title(t("Settings"))
    with reading() as (_, event):
        left, right = st.columns(2, gap="large")
    with left:
        show_settings(event)
    with right:
        for show_feature in features.shown("settings"):
            show_feature(event)
        show_retention(event)
    foot_to_overview(t("Certificates already issued do not change."))


def show_settings(event: Event) -> None:
    st.header(t("Event"))
    fields = SavingFields(_SETTING, event, getattr, _store)
    fields.show(st.text_input, "name", t("Name"), max_chars=200)
    fields.show(
        st.selectbox, "language", t("Language of mails and certificates"), options=[*LANGUAGES],
        shown=LANGUAGE_NAMES.__getitem__, format_func=LANGUAGE_NAMES.__getitem__,
    )  # fmt: skip
    zones = time_zones(event.time_zone)
    fields.show(
        st.selectbox, "time_zone", t("Time zone"), options=zones,
        shown=zone_choice, format_func=zone_choice,
    )  # fmt: skip
    fields.show(
        st.date_input, "certificate_date", t("Date on the certificates"), shown=_in_digits,
        value=None, format="YYYY-MM-DD",
        help=t("If empty, the day each certificate is made."),
    )  # fmt: skip
    fields.show(
        st.text_input, "number_pattern", t("Number pattern"), max_chars=40,
        help=t("Each # is a digit of the running number."),
    )  # fmt: skip
    fields.show(
        st.checkbox, "corrections_allowed",
        t("Volunteers may correct their name after the certificate was mailed"),
        shown=lambda is_on: t("Yes") if is_on else t("No"),
    )  # fmt: skip
    fields.show(
        st.checkbox, "on_records", t("List this event in people's records"),
        shown=lambda is_on: t("Yes") if is_on else t("No"),
        help=t("People open their own record with a link mailed to their address."),
    )  # fmt: skip
    fields.show(
        st.radio, "ask_when_unsure", t("If we cannot tell whether a mail went out"),
        shown=_what_follows, options=[False, True], format_func=_what_follows,
    )  # fmt: skip
    _show_days(event)


def _store(_: Session, event: Event, name: str, value: Any) -> None:
    change: dict[str, Any] = {name: value}
    is_any_date = name == "certificate_date" and value is None
    update_event(event, EventChange(any_date=is_any_date, **change))


def _show_days(event: Event) -> None:
    """Draw the form of the first and the last day, which are checked together."""

    def store(_: Session, event: Event, first: date | None, last: date | None) -> None:
        set_days(event, first, last)

    form = StoredForm(_DAYS.of(event.id), event, getattr, store)
    with st.form("event_days"):
        labels = {"starts_on": t("First day of the event"), "ends_on": t("Last day of the event")}
        for column, (name, label) in zip(st.columns(2), labels.items(), strict=True):
            column.date_input(
                value=None,
                format="YYYY-MM-DD",
                **form.field(name, label, _in_digits),
                help=t("Included in signed certificates. Leave empty to omit it."),
            )
        form.save_button(t("Save the days"), in_form=True)
    form.show_overtaken()


def _in_digits(day: date | None) -> str:
    return str(day or "")


def _what_follows(asks: bool) -> str:
    return t("Ask me") if asks else t("Send it again, marked as a copy")


def show_retention(event: Event) -> None:
    """Show how long the event keeps addresses, and whose are deleted next; nothing for readers who
    may not delete."""
    if not may(Permission.DELETE):
        return
    with st.expander(t("How long addresses are kept"), icon=":material/auto_delete:"):
        show_paragraph(
            "After this many days without activity, a person's address is deleted, "
            "with mail server answers and rehearsal mails. A code stays so that a "
            "later list recognizes them. Names, numbers and statuses stay, and "
            "certificates can still be verified. They get no mail after that."
        )
        fields, days = StoredFields(_FIELD.of(event.id)), None
        is_to_end = fields.of("is_to_end", event.retention_days is not None)
        typed = fields.of("days", event.retention_days or retention.SUGGESTED_DAYS)
        if st.toggle(t("Delete old addresses automatically"), key=is_to_end.name):
            days = st.number_input(
                t("Days without activity"),
                retention.LEAST_DAYS,
                retention.MOST_DAYS,
                key=typed.name,
            )
        if days is not None:
            # The next check is at least a day away.
            with reading() as (session, event):
                count = retention.count_due(session, event, days)
                first = retention.upcoming(session, event, days)
            going = tn(
                "The next check deletes {count} address.",
                "The next check deletes {count} addresses.",
                count,
            )
            if count > retention.MOST_COUNTED:
                most = retention.MOST_COUNTED
                going = t("The next check deletes more than {count} addresses.", count=most)
            st.caption(going)
            if event.retention_at and event.retention_days:
                show_caption("Next check: {time}", time=written_time(event.retention_at, event))
            else:
                show_caption("The first check is one day after you save.")
            rows = [
                {
                    t("Number"): person.number,
                    t("Full name"): person.name,
                    t("Address deleted on"): written_time(person.at, event),
                }
                for person in first
            ]
            if rows:
                st.dataframe(rows, hide_index=True, alt=t("Next addresses to be deleted"))
        act_button(
            t("Save"), "settings.retention_save",
            lambda session, event, is_to_end, days: retention.set_retention(
                session, event, days if is_to_end else None
            ),
            Permission.DELETE, t("Saved."), typed=(is_to_end, typed),
            disabled=days == event.retention_days,
        )  # fmt: skip
