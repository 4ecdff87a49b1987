"""The sums of the list's numbers: hours, kilometres."""

import streamlit as st

from console.text import language, plain, t, tn
from shared.storage.models import ColumnKind, ListColumn
from shared.volunteers.lists.column_sums import total_of
from shared.volunteers.lists.column_values import written_number


def show_sums(columns: list[ListColumn]) -> None:
    """One line per column of numbers; nothing if the list has none."""
    numbers = [one for one in columns if one.kind is ColumnKind.NUMBER]
    if not numbers:
        return
    st.header(t("Sums"))
    for one in numbers:
        _show_sum(one)


def _show_sum(column: ListColumn) -> None:
    total = f"{written_number(total_of(column), language())} {plain(column.unit)}".strip()
    people = tn("{count} person", "{count} people", column.read_count)
    told = [people]
    if column.unread_count:
        told.append(
            tn(
                "{count} value is no number: correct it under *Recipients*, *Columns*",
                "{count} values are no numbers: correct them under *Recipients*, *Columns*",
                column.unread_count,
            )
        )
    if column.backlog:
        told.append(t("still being summed up"))
    st.markdown(f"**{plain(column.title)}** {total}  \n:small[{' · '.join(told)}]")
