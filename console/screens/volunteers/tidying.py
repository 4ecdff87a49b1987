"""Corrections of a list, one press for all of a kind: untidy names, mistyped addresses, invisible
characters."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import streamlit as st

from console.screens.volunteers.columns import ListDraft
from console.screens.volunteers.entering import Entered
from console.session_key import SessionKey
from console.text import plain, t, tn
from console.widgets.spoken import show_warning_count
from shared.preflight.flight_check import mistyped
from shared.rendering.names import without_strays
from shared.volunteers.lists.list_parser import with_addresses
from shared.volunteers.lists.recipients import Recipient, RejectedLine
from shared.volunteers.lists.tidied_names import Untidy, tidied, untidy_names, with_tidied_names

# The kinds of names that are tidied, by the fingerprint of the list.
_TAKEN = SessionKey[set[Untidy]]("volunteers.tidied")
_EXAMPLES = 2
# The addresses, in lower case, whose suggestion was accepted, with their replacements.
_SUGGESTIONS = SessionKey[dict[str, str]]("volunteers.suggestions")
# The number of suspicious addresses shown before the list is added.
FIRST_SLIPS = 5
# The fingerprint of the list that is read without invisible characters.
_READ_WITHOUT = SessionKey[str | None]("volunteers.strays")


# The label of the offer for so many names of a kind.
_OFFERS: dict[Untidy, Callable[[int], str]] = {
    Untidy.LOOKALIKE: lambda count: tn(
        "Write {count} name in plain letters", "Write {count} names in plain letters", count
    ),
    Untidy.WIDE: lambda count: tn(
        "Tidy {count} name in full-width letters",
        "Tidy {count} names in full-width letters",
        count,
    ),
    Untidy.TITLE: lambda count: tn(
        "Leave out the title of {count} name", "Leave out the titles of {count} names", count
    ),
    Untidy.BRACKET: lambda count: tn(
        "Leave out the brackets of {count} name", "Leave out the brackets of {count} names", count
    ),
    Untidy.COMMA: lambda count: tn(
        "Put the given name of {count} person first",
        "Put the given names of {count} people first",
        count,
    ),
    Untidy.CAPITALS: lambda count: tn(
        "Tidy {count} name in capitals", "Tidy {count} names in capitals", count
    ),
    Untidy.SMALL: lambda count: tn(
        "Tidy {count} name in small letters", "Tidy {count} names in small letters", count
    ),
}


def as_wished(event_id: int, draft: ListDraft) -> ListDraft:
    """Return the list with the corrections of addresses and names that somebody has accepted."""
    corrected = with_addresses(draft.pasted, _taken_addresses(event_id))
    return replace(draft, pasted=with_tidied_names(corrected, _taken(draft)))


def show_untidy(draft: ListDraft, new: list[Recipient]) -> None:
    """Offer to tidy names, by kind, with examples."""
    if _taken(draft):
        _say_with_undo(t("Names are tidied up."), "names", _taken(draft).clear)
    found = untidy_names(recipient.name for recipient in new)
    if not found:
        return
    changes = {
        plain(name): plain(tidied(name, [kind]))
        for kind, names in found.items()
        for name in names[:_EXAMPLES]
    }
    examples = "  \n".join(f"{name} → {better}" for name, better in changes.items())
    st.info(
        t("Tidy up these names?") + "  \n" + examples,
        icon=":material/match_case:",
    )
    with st.container(horizontal=True):
        for kind, names in found.items():
            st.button(
                _OFFERS[kind](len(names)), key=f"volunteers.tidy.{kind}", icon=":material/check:",
                on_click=_taken(draft).add, args=(kind,),
            )  # fmt: skip


def _taken(draft: ListDraft) -> set[Untidy]:
    return _TAKEN.of(draft.fingerprint).keep(set())


def show_slips(event_id: int, new: list[Recipient]) -> None:
    """Offer to correct addresses whose domain is a typo away from a common one."""
    taken = _taken_addresses(event_id)
    if count := len(taken):
        corrected = tn("{count} address was corrected.", "{count} addresses were corrected.", count)
        _say_with_undo(corrected, "addresses", taken.clear)
    # The suspicious addresses as in the list, with what was probably meant.
    domains = {
        domain: common for domain, common, _ in mistyped([recipient.email for recipient in new])
    }
    meant = {
        recipient.email: f"{recipient.email.rpartition('@')[0]}@{domains[_domain(recipient.email)]}"
        for recipient in new
        if _domain(recipient.email) in domains
    }
    if not meant:
        return
    first = list(meant.items())[:FIRST_SLIPS]
    lines = [
        t("Is {address} a typo for {domain}?", address=plain(address),
          domain=plain(_domain(better)))
        for address, better in first
    ]  # fmt: skip
    more = len(meant) - FIRST_SLIPS
    if more > 0:
        lines.append(tn("{count} more may have a typo.", "{count} more may have typos.", more))
    st.warning("  \n".join(lines), icon=":material/spellcheck:")
    offers = {
        address: (t("Take {address}", address=plain(better)), {address.lower(): better})
        for address, better in first
    }
    if len(meant) > 1:
        everything = {address.lower(): better for address, better in meant.items()}
        offers["all"] = t("Take all {count} suggestions", count=len(meant)), everything
    with st.container(horizontal=True):
        for which, (label, accepted) in offers.items():
            st.button(
                label, key=f"volunteers.take.{which}", icon=":material/check:",
                on_click=taken.update, args=(accepted,),
            )  # fmt: skip


def _taken_addresses(event_id: int) -> dict[str, str]:
    return _SUGGESTIONS.of(event_id).keep({})


def _domain(email: str) -> str:
    return email.rpartition("@")[2].lower()


def taken_out(entered: Entered) -> Entered:
    """Return the list without invisible characters, which copies of documents contain, if somebody
    asked for that."""
    if _READ_WITHOUT.get() != entered.fingerprint:
        return entered
    rows = [[_tidied(cell) for cell in row] for row in entered.rows]
    return replace(entered, rows=rows)


def _tidied(cell: str) -> str:
    return cell if cell.isprintable() else without_strays(cell)


def offer(entered: Entered, refused: Sequence[RejectedLine]) -> None:
    """Offer to read the list without invisible characters, if they are why lines were refused."""
    if _READ_WITHOUT.get() == entered.fingerprint:
        said = t("The list is read without invisible characters.")
        _say_with_undo(said, "strays", lambda: _READ_WITHOUT.set(None))
        return
    count = sum(_tidied(line.text) != line.text for line in refused)
    if not count:
        return
    show_warning_count(
        "{count} line has invisible characters that only mark line breaks.",
        "{count} lines have invisible characters that only mark line breaks.",
        count,
        icon="visibility_off",
    )
    st.button(
        t("Remove them"), key="volunteers.strays.take", icon=":material/check:",
        on_click=_READ_WITHOUT.set, args=(entered.fingerprint,),
    )  # fmt: skip


def _say_with_undo(said: str, kind: str, undo: Callable[[], None]) -> None:
    """Say what was corrected, with the way back; `kind` names its button."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(said, width="content")
        st.button(t("Undo"), key=f"volunteers.undo.{kind}", on_click=undo, type="tertiary")
