"""Whether the event is live, and what the mail server said about its account."""

from datetime import datetime

import streamlit as st

from console.long_work import long_work
from console.session import actor, installation, say
from console.session_key import SessionKey
from console.text import language, plain, t
from shared.access.roles import Permission
from shared.acts import go_live
from shared.findings import Finding, Level
from shared.language import N_
from shared.storage.models import Event

_SHOWN_AS = {Level.GREEN: st.success, Level.AMBER: st.warning, Level.RED: st.error}


_TO_CHECK = SessionKey[int]("account.to_check")
# What was found, and whether the event was live then: it holds until that changes.
_CHECKED = SessionKey[tuple[Finding, datetime | None]]("account.checked")


def begin(event: Event) -> None:
    """Check the account on the next run of the screen, after it is stored."""
    _TO_CHECK.set(event.id)


def show(event: Event) -> None:
    """Show the event's state, above its account."""
    if _TO_CHECK.take() == event.id:
        served, by = installation(), actor()
        with st.spinner(t("Asking the mail server …")):
            found = go_live.check_and_go_live(served, event.id, by)
        with served.database.reading() as session:
            # It may have become live since this run began.
            live_at = session.get_one(Event, event.id).live_at
        _CHECKED.of(event.id).set((found, live_at))
        if live_at and not event.live_at:
            say(t("Saved, and checked: the event is live."))
        else:
            say(t("Saved."))
        st.rerun()
    if event.account is None:
        st.info(t("No account yet: the event is in rehearsal, and mails stay in the mailbox here."))
        return
    if event.live_at:
        st.success(
            t(
                "Live: mails to people leave from {sender} through {server}.",
                sender=plain(event.from_address or event.account.username),
                server=event.account.host,
            ),
            icon=":material/rocket_launch:",
        )
    else:
        st.warning(t(_NOT_LIVE), icon=":material/inbox:")


def show_result(event: Event) -> None:
    """What the mail server said to the last check, beside the button that asked it, with what a
    person can decide then."""
    found, live_at = _CHECKED.of(event.id).get((None, None))
    if found and live_at == event.live_at:
        said = plain(found.said(language()))
        if found.level is Level.AMBER and not event.live_at and not found.needs_mail:
            undecided = t(
                "The mail server can neither be said to work nor to fail. Check again later."
            )
            st.warning(f"{undecided}  \n{said}")
            # For a server that is down or asks for patience: a person may know better than one
            # check.
            sure = st.checkbox(
                t("The settings are right; the server is only down"),
                key=f"account.overrule.{event.id}",
            )
            if st.button(t("Go live all the same"), disabled=not sure, key="account.go_live"):
                with long_work(
                    Permission.CHANGE_ACCOUNT, t("The invitations are being taken back …")
                ) as progress:
                    go_live.go_live_in_turns(
                        installation().database, event.id, by=actor(), progress=progress
                    )
                    say(t("The event is live."))
        else:
            _SHOWN_AS[found.level](said)


_NOT_LIVE = N_(
    "Not live yet: mails to people stay in the mailbox here until the mail server has accepted "
    "this account, by “Check and save” or with a test mail."
)
