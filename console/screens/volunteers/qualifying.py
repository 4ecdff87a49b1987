"""The conditions for a certificate: comparisons on the list's columns, and their effect."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st
from sqlalchemy.orm import Session

from console.session import installation, may, reading
from console.session_key import SessionKey
from console.text import in_words, language, listed, plain, t, tn
from console.widgets.pressed import act_button
from console.widgets.spoken import show_caption, show_info, show_paragraph
from shared.access.roles import Permission
from shared.errors import ProductError
from shared.language import N_
from shared.storage.models import JUDGED, ColumnKind, Event, ListColumn
from shared.storage.traits import holds
from shared.volunteers.lists.column_values import read_date
from shared.volunteers.lists.list_columns import column_samples, known_column
from shared.volunteers.lists.qualifying import (
    MOST_CONDITIONS,
    OPERATORS,
    Condition,
    Join,
    Operator,
    QualifyingRule,
    rule_of,
)
from shared.volunteers.people.grouping import WAITED_SECONDS, go_through
from shared.volunteers.people.qualification import Effect, effect, set_rule
from shared.volunteers.table_files import count_people

_OPERATOR_NAMES = {
    Operator.AT_LEAST: N_("at least"),
    Operator.AT_MOST: N_("at most"),
    Operator.EQUALS: N_("is"),
    Operator.ONE_OF: N_("is one of"),
    Operator.FILLED: N_("is filled in"),
    Operator.YES: N_("says yes"),
}
_OF_DATES = {Operator.AT_LEAST: N_("not before"), Operator.AT_MOST: N_("not after")}
_JOIN_NAMES = {Join.ALL: N_("all conditions"), Join.ANY: N_("any condition")}
# The effect on longer lists is counted once somebody asks.
_FEW_PEOPLE = 20_000
# The number of people whose values are offered.
_SAMPLES = 50


@dataclass
class _ConditionsDraft:
    """The conditions that somebody is entering, by the numbers of their rows."""

    stored: QualifyingRule | None
    rows: dict[int, Condition | None]
    added: int = 0

    def add(self) -> None:
        self.added += 1
        self.rows[MOST_CONDITIONS + self.added] = None

    def remove(self, row: int) -> None:
        del self.rows[row]


_DRAFT = SessionKey[_ConditionsDraft]("volunteers.qualifying")
_FIELD = SessionKey[Any](f"{_DRAFT.name}.field")
_COUNTED = SessionKey[tuple[QualifyingRule, Effect]](f"{_DRAFT.name}.counted")


def close() -> None:
    """Forget what was not saved, since the window is no longer open."""
    _DRAFT.forget_below()


def show() -> None:
    """Draw the conditions, their effect, and the button that stores them."""
    with reading() as (session, event):
        stored, event_id = rule_of(event), event.id
        known = {title: known_column(event, title) for title in event.list_columns}
        samples = column_samples(session, event, _SAMPLES)
    columns = {title: column for title, column in known.items() if OPERATORS[column.kind]}
    rows = dict(enumerate(stored.conditions)) if stored else {}
    draft = _DRAFT.of(event_id).keep(_ConditionsDraft(stored, dict(rows)))
    show_caption(
        "Only people who meet the conditions get a certificate. Certificates "
        "already issued do not change."
    )
    # A short list is checked at once; the worker checks a longer one.
    go_through(installation().database, event_id, WAITED_SECONDS)
    with reading() as (_, event):
        is_judged = holds(JUDGED, event)
    if not is_judged:
        show_info(
            "The list is being checked. Nothing is sent until that is done.", icon="hourglass_top"
        )
    may_change = may(Permission.CHANGE_TEXTS)
    join: Join | None = Join.ALL
    if len(draft.rows) > 1:
        key = _FIELD.of(event_id, "join")
        key.keep(stored.join if stored else Join.ALL)
        join = st.segmented_control(
            t("People must meet"), list(Join), key=key.name, required=True,
            format_func=lambda join: t(_JOIN_NAMES[join]), disabled=not may_change,
        )  # fmt: skip
    conditions = []
    for row, before in draft.rows.items():
        with st.container(border=True):
            key = _FIELD.of(event_id, row)
            conditions.append(
                _show_condition(key, before, columns, samples, is_fixed=not may_change)
            )
            if may_change:
                st.button(
                    t("Remove this condition"), icon=":material/close:", type="tertiary",
                    key=key.of("remove").name,
                    on_click=draft.remove, args=(row,),
                )  # fmt: skip
    if not may_change:
        return
    if len(draft.rows) < MOST_CONDITIONS and columns:
        st.button(
            t("Add a condition"), icon=":material/add:", on_click=draft.add,
            key=f"volunteers.qualifying.add.{event_id}",
        )  # fmt: skip
    wanted = QualifyingRule(tuple(conditions), join or Join.ALL) if conditions else None
    if wanted != stored:
        _offer_to_save(event_id, draft, wanted)
    elif wanted:
        _show_effect(event_id, wanted)


def _show_condition(
    key: SessionKey[Any],
    before: Condition | None,
    columns: dict[str, ListColumn],
    samples: dict[str, list[str]],
    *,
    is_fixed: bool,
) -> Condition:
    """Draw the fields of a condition, at first with what is stored, and return what they say."""
    left, middle, right = st.columns([4, 3, 4], vertical_alignment="bottom")
    column = key.of("column")
    # Numbers first, since most conditions are about them.
    titles = sorted(columns, key=lambda title: columns[title].kind is not ColumnKind.NUMBER)
    if before and before.column not in titles:
        titles.append(before.column)
    column.keep(before.column if before else titles[0])
    title = left.selectbox(
        t("Column"), titles, key=column.name, disabled=is_fixed, format_func=plain
    )
    kind = columns[title].kind if title in columns else ColumnKind.TEXT
    operators = list(OPERATORS[kind])
    operator_key = key.of("operator", kind.value)
    is_stored = before is not None and before.column == title
    if before and is_stored and before.operator in operators:
        operator_key.keep(before.operator)
    names = _OPERATOR_NAMES | (_OF_DATES if kind is ColumnKind.DATE else {})
    operator = middle.selectbox(
        t("Comparison"), operators, key=operator_key.name, disabled=is_fixed,
        format_func=lambda operator: t(names[operator]),
    )  # fmt: skip
    if not operator.compares:
        return Condition(title, operator)
    values = before.values if before and is_stored else ()
    field, label = key.of("value", kind.value, title), t("Value")
    if kind is ColumnKind.NUMBER:
        field.keep(values[0] if values else "")
        unit = columns[title].unit
        label = t("Number ({unit})", unit=plain(unit)) if unit else t("Number")
        typed = right.text_input(label, key=field.name, max_chars=24, disabled=is_fixed)
        return Condition(title, operator, (typed,))
    if kind is ColumnKind.DATE:
        field.keep(read_date(values[0]) if values else None)
        day = right.date_input(
            t("Day"), value=None, key=field.name, format="YYYY-MM-DD", disabled=is_fixed
        )
        return Condition(title, operator, (day.isoformat() if isinstance(day, date) else "",))
    offered = [*dict.fromkeys((*values, *samples.get(title, ())))]
    if operator is Operator.ONE_OF:
        several = field.of("several")
        several.keep(list(values))
        chosen = right.multiselect(
            label, offered, key=several.name, accept_new_options=True, disabled=is_fixed,
            placeholder=t("Choose or type one"),
        )  # fmt: skip
        return Condition(title, operator, tuple(chosen))
    field.keep(values[0] if values else None)
    value = right.selectbox(
        label, offered, index=None, key=field.name, accept_new_options=True, disabled=is_fixed,
        placeholder=t("Choose or type one"),
    )  # fmt: skip
    return Condition(title, operator, (value or "",))


def _offer_to_save(event_id: int, draft: _ConditionsDraft, wanted: QualifyingRule | None) -> None:
    if wanted is None:
        show_paragraph("**Everybody on the list gets one.**")
    elif not _show_effect(event_id, wanted):
        return

    seen = draft.stored

    def save(session: Session, event: Event) -> None:
        if rule_of(event) != seen:
            raise ProductError(
                N_("Somebody else just saved this. Close the window, check it and change it again.")
            )
        set_rule(session, event, wanted)

    def then() -> None:
        close()
        go_through(installation().database, event_id, WAITED_SECONDS)

    act_button(
        t("Save who gets one"), f"volunteers.qualifying.save.{event_id}", save,
        Permission.CHANGE_TEXTS, t("Saved."), then=then, type="primary",
    )  # fmt: skip


def _show_effect(event_id: int, rule: QualifyingRule) -> bool:
    """Show the effect of the rule on the list; return whether it is known."""
    counted = _COUNTED.of(event_id).get()
    found = counted[1] if counted and counted[0] == rule else None
    with reading() as (session, event):
        try:
            if found is None:
                if count_people(session, event.id) > _FEW_PEOPLE and not st.button(
                    t("Count who qualifies"), icon=":material/calculate:"
                ):
                    return False
                found = effect(session, event, rule)
                _COUNTED.of(event_id).set((rule, found))
        except ProductError as problem:
            st.caption(in_words(problem))
            return False
        _tell(event, found)
    return True


def _tell(event: Event, found: Effect) -> None:
    qualify = tn("{count} person qualifies", "{count} people qualify", found.qualify)
    do_not = tn("{count} does not", "{count} do not", found.do_not)
    st.markdown(f"**{listed([qualify, do_not])}**")
    close = tn(
        "{count} of them misses by 1 or less ({unit})",
        "{count} of them miss by 1 or less ({unit})",
        found.close,
        unit=plain(found.unit),
    )
    if not found.unit:
        close = tn(
            "{count} of them misses by 1 or less", "{count} of them miss by 1 or less", found.close
        )
    holders = tn(
        "{count} of them has a certificate already and keeps it",
        "{count} of them have a certificate already and keep it",
        found.holders,
    )
    by_hand = tn(
        "{count} qualifies by an organizer's decision",
        "{count} qualify by an organizer's decision",
        found.by_hand,
    )
    counted = ((found.close, close), (found.holders, holders), (found.by_hand, by_hand))
    if lines := [f"- {words}" for count, words in counted if count]:
        st.markdown("\n".join(lines))
    if not found.unread:
        return
    label = tn(
        "{count} has no readable value: look", "{count} have no readable value: look", found.unread
    )
    with st.expander(label, icon=":material/search:", key=f"volunteers.qualifying.look.{event.id}"):
        lines = [
            f"- **{plain(name)}**: {plain(' · '.join(value.said(language()) for value in unread))}"
            for _, name, unread in found.first_unread
        ]
        st.markdown("\n".join(lines))
        if found.unread > len(lines):
            show_caption("Showing the first {count}.", count=len(lines))
