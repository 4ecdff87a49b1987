"""Taking several people off the list: how many have nothing yet, and their number typed."""

import re
from collections.abc import Callable

import streamlit as st

from console.long_work import act_on_people
from console.session import reading
from console.session_key import SessionKey
from console.text import t, tn
from shared.access.roles import Permission
from shared.acts.act import Tally
from shared.acts.remove import Remove
from shared.certificates.issuing.chosen import People

# More are removed only once their number was typed.
_MOST_UNTYPED = 50


def offer_to_remove(
    people: People, key: SessionKey[str], then: Callable[[], None] = lambda: None
) -> int:
    """Offer to remove those of `people` who have nothing yet; how many those are.

    `key` names what is typed and pressed; `then` is called once they are removed.
    """
    act = Remove(people)
    with reading() as (session, event):
        count, event_id = act.count(session, event), event.id
    if not count:
        st.info(t("Nobody among them can be removed together with others."))
        return 0
    st.markdown(t("Their lines of the list go. Nothing was sent to any of them."))
    is_sure = count <= _MOST_UNTYPED
    if not is_sure:
        label = t("To remove them, type their number: {count}", count=count)
        # However its thousands are parted.
        typed = re.sub(r"[\s,.’']", "", st.text_input(label, key=key.of("number").name))
        is_sure = typed == str(count)
    label = tn("Yes, remove {count} person", "Yes, remove {count} people", count)
    if st.button(label, type="primary", disabled=not is_sure, key=key.of("do").name):

        def said(tally: Tally) -> str:
            then()
            return tn("{count} person was removed.", "{count} people were removed.", tally.done)

        act_on_people(lambda: act, event_id, Permission.CHANGE_LIST, t("Removing"), said)
    return count
