"""Certificates for a list of names, without database and mail: what `certs render` does."""

import datetime
import hashlib
import json
import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import regex

from shared.addresses import deliverable_address
from shared.errors import ListUnreadable, NameIsAddress, NameMissing, NameProblem, NoGlyph
from shared.language import Language
from shared.list_files import read_file
from shared.rendering.contact_sheet import contact_sheet
from shared.rendering.design import (
    CompiledDesign,
    Format,
    check,
    compile_design,
    render_certificate,
)
from shared.rendering.facts import Facts
from shared.rendering.layout import Layout
from shared.rendering.names import clean_name
from shared.rendering.own_fonts import accept_font, keep_font
from shared.rendering.pdf import Standard
from shared.rendering.pictures import accept_inset, accept_template
from shared.rendering.placed import Placed

# Titles that a list may have, in lower case; any other title names a column of the layout.
TITLES = {
    "name": {"name", "full name", "volunteer", "姓名", "名字", "志愿者"},
    "number": {"number", "no", "no.", "certificate number", "编号", "证书编号", "序号"},
    "date": {"date", "日期"},
    "link": {"link", "url", "链接", "网址"},
}
# Below this many names a process per core takes longer to start than it saves.
WORTH_PROCESSES = 50
# The contact sheet shows this many, the worst fits first.
SHOWN = 24

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Row:
    """A line of the list and what its certificate should say."""

    line: int
    facts: Facts


@dataclass(frozen=True)
class Outcome:
    """What became of a line: its files and how each text stands, or the problem."""

    line: int
    name: str
    files: tuple[str, ...] = ()
    fields: tuple[Placed, ...] = ()
    problem: str | None = None
    missing: tuple[str, ...] = ()

    @property
    def warnings(self) -> list[str]:
        return [field.warning for field in self.fields if field.warning]

    @property
    def tightness(self) -> float:
        """The size of the smallest text next to the largest of its field: 1 is as planned."""
        return min((field.size / field.largest for field in self.fields), default=1.0)


@dataclass(frozen=True)
class Summary:
    """How a list went. `files` are all files written, the contact sheet last."""

    outcomes: tuple[Outcome, ...]
    files: tuple[Path, ...]

    @property
    def refused(self) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if outcome.problem]

    @property
    def warned(self) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if outcome.warnings]

    def is_fine(self, allow_warnings: bool = False) -> bool:
        """Whether every name has its certificate, and none is smaller than was asked for."""
        return not self.refused and (allow_warnings or not self.warned)


def render_list(
    template: Path,
    layout: Path,
    names: Path,
    formats: Sequence[Format],
    out: Path,
    report: Path | None = None,
    *,
    pictures: Iterable[Path] = (),
    fonts: Iterable[Path] = (),
    standard: Standard = "ua-1",
    language: Language = "zh",
    date: datetime.date | None = None,
    processes: int | None = None,
    progress: Progress = lambda done, total: None,
) -> Summary:
    """Make a certificate in each format for every line of a CSV, TXT or XLSX list.

    `report` gets a JSON line for each line of the list: size in pixels, lines, missing glyphs.
    `pictures` are the files of the layout's picture fields, `fonts` those of its own faces,
    `standard` is what PDFs satisfy, `date` is for lines without one, and `processes` is one per
    core unless given. A name that cannot be drawn stops nobody else.
    Raises PictureRefused, FontRefused, LayoutRefused or ListUnreadable before anything is written,
    and OSError before anything is drawn.
    """
    extra = [path.read_bytes() for path in pictures]
    for content in extra:
        accept_inset(content)
    brought = {hashlib.sha256(content).hexdigest(): content for content in extra}
    master = accept_template(template.read_bytes()).content
    own = [accept_font(path.read_bytes()) for path in fonts]
    kept = {font.sha256: keep_font(font.content) for font in own}
    design_parts = (master, Layout.from_json(layout.read_bytes()), brought, kept)
    design = compile_design(*design_parts)
    rows = _rows(names, language, date)

    out.mkdir(parents=True, exist_ok=True)
    if report:
        report.touch()
    jobs = [_Job(row, tuple(formats), standard, out, len(str(rows[-1].line))) for row in rows]
    outcomes = []
    with _mapping(design_parts, len(rows), processes) as run:
        for outcome in run(_make, jobs):
            outcomes.append(outcome)
            progress(len(outcomes), len(rows))
    if report:
        report.write_text("".join(map(_report_line, outcomes)), encoding="utf-8")
    sheet = _sheet(design, rows, outcomes, out / "contact-sheet.jpg")
    files = [out / file for outcome in outcomes for file in outcome.files]
    return Summary(tuple(outcomes), (*files, *sheet))


# The list


def _rows(names: Path, language: Language, date: datetime.date | None) -> list[Row]:
    table = read_file(names.read_bytes(), names.name).rows
    titles = _titles(table[0]) if table else {}
    start = 1 if titles else 0
    titles = titles or _names_alone(table)
    rows = []
    for line, cells in enumerate(table[start:], start + 1):
        values = {titles[i]: cell.strip() for i, cell in enumerate(cells) if i in titles}
        if any(values.values()):
            rows.append(Row(line, _facts(line, values, language, date)))
    if not rows:
        raise ListUnreadable(reason="it has no names.")
    return rows


def _titles(cells: list[str]) -> dict[int, str]:
    """Which column holds what; empty if this is not a line of titles."""
    kinds = {title: kind for kind, titles in TITLES.items() for title in titles}
    found = {
        index: kinds.get(cell.strip().lower(), cell.strip()) for index, cell in enumerate(cells)
    }
    return found if "name" in found.values() else {}


def _names_alone(table: list[list[str]]) -> dict[int, str]:
    """The one column of a list without titles. Which of several has the names, nobody can tell."""
    filled = {index for cells in table for index, cell in enumerate(cells) if cell.strip()}
    if len(filled) > 1:
        known = ", ".join(sorted(TITLES["name"]))
        raise ListUnreadable(
            reason=f"it has several columns. Its first line must say which one has the names, "
            f"with one of these titles: {known}."
        )
    return dict.fromkeys(filled, "name")


def _facts(
    line: int, values: dict[str, str], language: Language, date: datetime.date | None
) -> Facts:
    written = values.get("date", "")
    try:
        date = datetime.date.fromisoformat(written[:10]) if written else date
    except ValueError:
        reason = f"line {line}: “{written}” is not a date like 2026-11-24."
        raise ListUnreadable(reason=reason) from None
    return Facts(
        name=values.get("name", ""),
        number=values.get("number", ""),
        date=date,
        columns={title: value for title, value in values.items() if title not in TITLES},
        link=values.get("link", ""),
        language=language,
    )


# One certificate


@dataclass(frozen=True)
class _Job:
    row: Row
    formats: tuple[Format, ...]
    standard: Standard
    out: Path
    digits: int


def _make(job: _Job) -> Outcome:
    """Draw and write one line's certificates in the design of this process."""
    assert _design is not None
    row, facts = job.row, job.row.facts
    outcome = Outcome(row.line, facts.name)
    try:
        _refuse_other_than_names(facts.name)
        placed = check(_design, facts)
        made = {
            format: render_certificate(_design, facts, format, standard=job.standard)
            for format in job.formats
        }
    except NameProblem as problem:
        missing = problem.details["clusters"] if isinstance(problem, NoGlyph) else ()
        return replace(outcome, problem=str(problem), missing=missing)
    stem = _file_stem(row.line, job.digits, clean_name(facts.name))
    for format, content in made.items():
        (job.out / f"{stem}.{format}").write_bytes(content)
    return replace(outcome, fields=placed, files=tuple(f"{stem}.{format}" for format in made))


def _refuse_other_than_names(text: str) -> None:
    if not text.strip():
        raise NameMissing()
    try:
        deliverable_address(text)
    except ValueError:
        return
    raise NameIsAddress(text=text.strip())


def _file_stem(line: int, digits: int, name: str) -> str:
    """The line's number, which makes it unique, and the name as far as any file system takes it."""
    harmless = regex.sub(r"[^\p{L}\p{M}\p{N}]+", "-", name).strip("-")
    # 255 bytes is the usual limit of a file name.
    while len(harmless.encode()) > 120:
        harmless = harmless[:-1]
    return f"{line:0{digits}}-{harmless}".strip("-")


# A process per core

# What a worker process draws with. A design is far too large to send with each name.
_design: CompiledDesign | None = None

DesignParts = tuple[bytes, Layout, dict[str, bytes], dict[str, Path]]


def _open_design(parts: DesignParts) -> None:
    global _design
    _design = compile_design(*parts)


@contextmanager
def _mapping(parts: DesignParts, count: int, processes: int | None) -> Iterator[Any]:
    """`map`, here or over a process per core: drawing holds Python's lock, so threads give nothing.
    The outcomes come in the order of the list."""
    workers = processes or _cores()
    if workers == 1 or (processes is None and count < WORTH_PROCESSES):
        _open_design(parts)
        yield map
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, context, _open_design, (parts,)) as pool:
        yield lambda function, jobs: pool.map(function, jobs, chunksize=8)


def _cores() -> int:
    """Those that this process may use, where the system tells (macOS does not); else all."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


# What is reported


def _report_line(outcome: Outcome) -> str:
    return json.dumps(asdict(outcome), ensure_ascii=False) + "\n"


def _sheet(
    design: CompiledDesign, rows: list[Row], outcomes: list[Outcome], path: Path
) -> tuple[Path, ...]:
    """The contact sheet of those that fit worst; none if no certificate was made."""
    facts = {row.line: row.facts for row in rows}
    made = sorted((one for one in outcomes if not one.problem), key=lambda one: one.tightness)
    if not made:
        return ()
    worst = [(facts[one.line], f"{one.line}  {one.tightness:.0%}") for one in made[:SHOWN]]
    path.write_bytes(contact_sheet(design, worst))
    return (path,)
