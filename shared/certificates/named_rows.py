"""The list of a batch: the lines of a file, and the facts for the certificate of each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from shared.dates import date_in
from shared.errors import DateUnreadable, ListUnreadable, SettingRefused
from shared.language import N_
from shared.rendering.facts import Facts
from shared.rendering.languages import language_spoken
from shared.rendering.masks import masked
from shared.volunteers.lists.list_files import read_file

# Titles that a batch's list may have, in lower case; any other names a column of the layout.
_FACT_TITLES = {
    "name": {"name", "full name", "volunteer", "姓名", "名字", "志愿者"},
    "number": {"number", "no", "no.", "certificate number", "编号", "证书编号", "序号"},
    "date": {"date", "日期"},
    "link": {"link", "url", "链接", "网址"},
}
# Titles that go before what is said for the whole list, and stay columns as well.
_EVENT, _ORGANIZATION = "event", "organization"


@dataclass(frozen=True)
class Row:
    """A line of the list, and the facts for its certificate.

    `problem` is what is wrong with the line itself, `same_as` an earlier identical line.
    """

    line: int
    facts: Facts
    problem: str | None = None
    same_as: int | None = None


def read_rows(names: Path, said: Facts, secrets: Sequence[str] = ()) -> list[Row]:
    """The non-empty lines of a CSV, TXT or XLSX file. What the list does not say of the language,
    date, event and organization, `said` says; the columns titled `secrets` are masked.

    Raises ListUnreadable for a file without names, or if it is unclear which column has them, and
    SettingRefused if the list does not have a secret column.
    """
    table = read_file(names.read_bytes(), names.name).rows
    titles = _titles(table[0]) if table else {}
    if set(secrets) - set(titles.values()) or not _FACT_TITLES.keys().isdisjoint(secrets):
        raise SettingRefused(field="--secret", reason=N_("is no column of the list"))
    start = 1 if titles else 0
    titles = titles or _names_alone(table)
    rows, seen = [], dict[str, int]()
    for line, cells in enumerate(table[start:], start + 1):
        values = {titles[i]: cell.strip() for i, cell in enumerate(cells) if i in titles}
        if any(values.values()):
            row = _row(line, values, said)
            first = seen.setdefault(repr(row.facts), line)
            # The row with its secrets masked, after rows were compared: different
            # ones share a mask.
            facts = row.facts
            found = {title: masked(facts.columns.get(title, "")) for title in secrets}
            row = replace(row, facts=replace(facts, columns={**facts.columns, **found}))
            rows.append(row if first == line else replace(row, same_as=first))
    if not rows:
        raise ListUnreadable(reason="it has no names.")
    return rows


def _titles(cells: list[str]) -> dict[int, str]:
    """Which column holds what; empty if this is not a line of titles."""
    kinds = {title: kind for kind, titles in _FACT_TITLES.items() for title in titles}
    found = {
        index: kinds.get(cell.strip().lower(), cell.strip()) for index, cell in enumerate(cells)
    }
    return found if "name" in found.values() else {}


def _names_alone(table: list[list[str]]) -> dict[int, str]:
    """The single column of a list without titles; of several, it is unclear which has the names."""
    filled = {index for cells in table for index, cell in enumerate(cells) if cell.strip()}
    if len(filled) > 1:
        known = ", ".join(sorted(_FACT_TITLES["name"]))
        raise ListUnreadable(
            reason=f"it has several columns. Its first line must say which one has the names, "
            f"with one of these titles: {known}."
        )
    return dict.fromkeys(filled, "name")


def _row(line: int, values: dict[str, str], said: Facts) -> Row:
    problem, date = None, said.date
    try:
        date = date_in(values["date"]) if values.get("date") else date
    except DateUnreadable as refusal:
        problem = str(refusal)
    columns = {title: value for title, value in values.items() if title not in _FACT_TITLES}
    plain = {title.lower(): value for title, value in columns.items()}
    facts = replace(
        said,
        name=values.get("name", ""),
        number=values.get("number", ""),
        date=date,
        columns=columns,
        link=values.get("link", ""),
        event=plain.get(_EVENT) or said.event,
        organization=plain.get(_ORGANIZATION) or said.organization,
        language=language_spoken(columns, said.language),
    )
    return Row(line, facts, problem)
