"""The unused invitation links, each of which can be revoked."""

import streamlit as st

from console.session import changing
from console.text import plain, t, written_time
from console.widgets.roles import ROLE_NAMES
from shared.access.colleagues import Pending, revoke
from shared.access.roles import Permission
from shared.language import N_
from shared.storage.models import Event, Mail, MailState

_ON_ITS_WAY = N_("The link is on its way to {address}")
_MAILED = {
    MailState.SENT: N_("The link was mailed to {address}"),
    MailState.FAILED: N_("The link did not reach {address}: {answer}"),
    MailState.UNSURE: N_("Whether the link reached {address} is not known"),
}


def show_invited(event: Event, invited: list[Pending]) -> None:
    if not invited:
        return
    st.header(t("Invited"))
    for one in invited:
        with st.container(border=True):
            _show(event, one)


def _show(event: Event, one: Pending) -> None:
    invitation = one.invitation
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{plain(invitation.name)}**", width="content")
        st.badge(t(ROLE_NAMES[invitation.role]))
        if one.has_expired:
            st.badge(t("Expired"), color="red")
    st.caption("  \n".join(plain(line) for line in _lines(event, one)))
    if st.button(
        t("Take back the link"), key=f"people.take_back.{invitation.id}", icon=":material/link_off:"
    ):
        said = t("The link for {name} leads nowhere any more.", name=plain(invitation.name))
        with changing(Permission.MANAGE_KEYS, said) as (session, locked):
            revoke(session, locked, invitation.id)


def _lines(event: Event, one: Pending) -> list[str]:
    made, ends = one.invitation.created_at, one.invitation.expires_at
    at = written_time(made, event)
    return [
        t("Invited {time} by {name}", time=at, name=one.invited_by)
        if one.invited_by
        else t("Invited {time} with the owner's or the event's token", time=at),
        t("The link works until {time}", time=written_time(ends, event)),
        *([_mailed(one.mail)] if one.mail else []),
    ]


def _mailed(mail: Mail) -> str:
    said = _MAILED.get(mail.state, _ON_ITS_WAY)
    return t(said, address=mail.address, answer=mail.answer)
