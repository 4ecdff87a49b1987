"""Stop, continue, cancel: what can be done while mails leave."""

import streamlit as st

from console.long_work import long_work
from console.session import actor, changing, installation, say
from console.text import t, tn
from shared.access.roles import Permission
from shared.acts.held_back import take_back_invitations
from shared.mail.accounts.health import AccountState, Standing
from shared.mail.queue import controls
from shared.storage.models import Event
from shared.volunteers.people.progress import EventProgress

# What an organizer can end.
_GOES_ON_BY_HAND = (Standing.STOPPED, Standing.NEEDS_FIXING, Standing.PAUSED)


def pause_or_resume(state: AccountState, event: Event) -> None:
    """Offer whichever the account's state allows."""
    if state.standing in _GOES_ON_BY_HAND:
        if st.button(
            t("Go on"),
            type="primary",
            icon=":material/play_arrow:",
            key=f"sending.go_on.{event.id}",
        ):
            with changing(Permission.SEND, t("Sending goes on.")) as (_, locked):
                controls.resume(locked)
    elif st.button(t("Stop sending"), icon=":material/pause:", key=f"sending.stop.{event.id}"):
        with changing(Permission.SEND, t("Sending is stopped.")) as (_, locked):
            controls.pause(locked)


def take_back(progress: EventProgress, event: Event) -> None:
    """Cancel the mails that are waiting to leave."""
    waiting = progress.to_take_back
    label = tn("Take back {count} invitation", "Take back {count} invitations", waiting)
    if waiting != progress.invitations_to_go:
        label = tn("Take back {count} message", "Take back {count} messages", waiting)
    if waiting and st.button(
        label,
        icon=":material/undo:",
        key=f"sending.take_back.{event.id}",
    ):
        with long_work(Permission.SEND, t("The invitations are being taken back …")) as told:
            take_back_invitations(installation().database, event.id, by=actor(), progress=told)
            say(t("What had not left was taken back."))
