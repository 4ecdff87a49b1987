"""The mail account from which the thanks are sent, and what comes back to it."""

import streamlit as st

from console.foot import foot, onward
from console.screens.account import mail_account, returned_mail, trial
from console.session import reading
from console.text import t
from shared.language import N_

_LIVE = N_("Live: mails leave from this account.")
_REHEARSAL = N_("Rehearsal: mails stay in the mailbox here.")


def show() -> None:
    st.title(t("Mail account"))
    with reading() as (_, event):
        pass
    left, right = st.columns(2, gap="large")
    with left:
        mail_account.show_account(event)
    # First it is entered, then tried, on a phone as well.
    with right:
        trial.show_trial_mail(event)
        trial.show_proof(event)
        returned_mail.show(event)
    with foot(t(_LIVE if event.live_at else _REHEARSAL)):
        onward("send", t("Next: send"))
