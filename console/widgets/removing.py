"""Taking several people off the list: how many have nothing yet, and their number typed."""

import re

import streamlit as st

from console.long_work import long_work
from console.session import actor, installation, reading, say
from console.session_key import SessionKey
from console.text import t, tn
from shared.access.roles import Permission
from shared.acts.remove import Remove
from shared.acts.run import run
from shared.certificates.issuing.chosen import People

# More are removed only once their number was typed.
_MOST_UNTYPED = 50


def offer_to_remove(people: People, key: SessionKey[str]) -> bool:
    """Offer to remove those of `people` who have nothing yet; whether it was done.

    `key` names what is typed and pressed.
    """
    act = Remove(people)
    with reading() as (session, event):
        count, event_id = act.count(session, event), event.id
    if not count:
        st.info(t("Nobody among them can be removed together with others."))
        return False
    st.markdown(t("Their lines of the list go. Nothing was sent to any of them."))
    is_sure = count <= _MOST_UNTYPED or _is_typed(count, key)
    label = tn("Yes, remove {count} person", "Yes, remove {count} people", count)
    if not st.button(label, type="primary", disabled=not is_sure, key=key.of("do").name):
        return False
    with long_work(Permission.CHANGE_LIST, t("Removing")) as tell:
        done = run(installation().database, act, event_id, by=actor(), progress=tell).done
        say(tn("{count} person was removed.", "{count} people were removed.", done))
    return True


def _is_typed(count: int, key: SessionKey[str]) -> bool:
    typed = st.text_input(
        t("To remove them, type their number: {count}", count=count), key=key.of("number").name
    )
    # However its thousands are parted.
    return re.sub(r"[\s,.’']", "", typed) == str(count)
