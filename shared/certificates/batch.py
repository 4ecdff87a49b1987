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
from shared.certificates.written_dates import date_in
from shared.errors import (
    DateUnreadable,
    ListUnreadable,
    NameIsAddress,
    NameMissing,
    NameProblem,
    NoGlyph,
)
from shared.language import Language
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
from shared.rendering.pdf.document import Standard
from shared.rendering.placed import Placed
from shared.rendering.raster.uploaded_images import accept_inset, accept_template
from shared.rendering.text.own_fonts import accept_font, keep_font
from shared.volunteers.list_files import read_file

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
    """A line of the list and what its certificate should say.

    `problem` is what is wrong with the line itself, `same_as` an earlier line that says the same.
    """

    line: int
    facts: Facts
    problem: str | None = None
    same_as: int | None = None


@dataclass(frozen=True)
class Outcome:
    """What became of a line: its files and how each text stands, or the problem."""

    line: int
    name: str
    files: tuple[str, ...] = ()
    fields: tuple[Placed, ...] = ()
    problem: str | None = None
    missing: tuple[str, ...] = ()
    same_as: int | None = None

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
    def repeated(self) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if outcome.same_as]

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
    resume: bool = False,
    progress: Progress = lambda done, total: None,
) -> Summary:
    """Make a certificate in each format for every line of a CSV, TXT or XLSX list.

    `report` gets a JSON line for each line of the list: size in pixels, lines, missing glyphs.
    `pictures` are the files of the layout's picture fields, `fonts` those of its own faces,
    `standard` is what PDFs satisfy, `date` is for lines without one, and `processes` is one per
    core unless given. A name that cannot be drawn stops nobody else. With `resume`, files that are
    there stay as they are; none is ever there in part.
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
        # What is found there afterwards is from this run.
        report.write_text("")
    digits = len(str(rows[-1].line))
    jobs = [_Job(row, tuple(formats), standard, out, digits, resume) for row in rows]
    outcomes = []
    with _mapping(design_parts, len(rows), processes) as run:
        for outcome in run(_make, jobs):
            outcomes.append(outcome)
            progress(len(outcomes), len(rows))
    if report:
        _write_whole(report, "".join(map(_report_line, outcomes)).encode())
    sheet = _sheet(design, rows, outcomes, out / "contact-sheet.jpg")
    files = [out / file for outcome in outcomes for file in outcome.files]
    return Summary(tuple(outcomes), (*files, *sheet))


# The list


def _rows(names: Path, language: Language, date: datetime.date | None) -> list[Row]:
    table = read_file(names.read_bytes(), names.name).rows
    titles = _titles(table[0]) if table else {}
    start = 1 if titles else 0
    titles = titles or _names_alone(table)
    rows, seen = [], dict[str, int]()
    for line, cells in enumerate(table[start:], start + 1):
        values = {titles[i]: cell.strip() for i, cell in enumerate(cells) if i in titles}
        if any(values.values()):
            row = _row(line, values, language, date)
            first = seen.setdefault(repr(row.facts), line)
            rows.append(row if first == line else replace(row, same_as=first))
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


def _row(line: int, values: dict[str, str], language: Language, date: datetime.date | None) -> Row:
    problem = None
    try:
        date = date_in(values["date"]) if values.get("date") else date
    except DateUnreadable as refusal:
        problem = str(refusal)
    facts = Facts(
        name=values.get("name", ""),
        number=values.get("number", ""),
        date=date,
        columns={title: value for title, value in values.items() if title not in TITLES},
        link=values.get("link", ""),
        language=language,
    )
    return Row(line, facts, problem)


# One certificate


@dataclass(frozen=True)
class _Job:
    row: Row
    formats: tuple[Format, ...]
    standard: Standard
    out: Path
    digits: int
    resume: bool


def _make(job: _Job) -> Outcome:
    """Draw and write one line's certificates in the design of this process."""
    assert _design is not None
    row, facts = job.row, job.row.facts
    outcome = Outcome(row.line, facts.name, problem=row.problem, same_as=row.same_as)
    if outcome.problem:
        return outcome
    try:
        _refuse_other_than_names(facts.name)
        placed = check(_design, facts)
        stem = _file_stem(row.line, job.digits, clean_name(facts.name))
        for format in job.formats:
            path = job.out / f"{stem}.{format}"
            if not (job.resume and path.exists()):
                content = render_certificate(_design, facts, format, standard=job.standard)
                _write_whole(path, content)
    except NameProblem as problem:
        missing = problem.details["clusters"] if isinstance(problem, NoGlyph) else ()
        return replace(outcome, problem=str(problem), missing=missing)
    return replace(
        outcome, fields=placed, files=tuple(f"{stem}.{format}" for format in job.formats)
    )


def _write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is never there in part, whatever ends the program or fills the disk.

    Raises OSError.
    """
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    except OSError as problem:
        part.unlink(missing_ok=True)
        # A full disk does not say by itself which file it had no room for.
        raise OSError(problem.errno, problem.strerror, str(path)) from problem


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
    _write_whole(path, contact_sheet(design, worst))
    return (path,)
