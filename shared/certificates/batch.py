"""Makes certificates for a list of names without database and mail, for `certs render`."""

import datetime
import hashlib
import json
import multiprocessing
import os
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import regex

from shared.addresses import deliverable_address
from shared.dates import date_in
from shared.errors import (
    DateUnreadable,
    ListUnreadable,
    NameMissing,
    NameProblem,
    NoGlyph,
    PlaceholderEmpty,
    SettingRefused,
)
from shared.language import N_, Language, language_of_system
from shared.rendering import placeholders
from shared.rendering.derivatives import contact_sheet
from shared.rendering.design import CompiledDesign, Format, compile_design, render_certificate
from shared.rendering.facts import Facts, value_of
from shared.rendering.languages import language_spoken
from shared.rendering.layout import Layout
from shared.rendering.names import composed, listed_name
from shared.rendering.pdf import Standard
from shared.rendering.placed import Placed, check
from shared.rendering.raster.print_size import Paper, dpi_on
from shared.rendering.text.faces import language_of_letters
from shared.rendering.text.own_fonts import accept_font, cache_font
from shared.rendering.text.typesetting import Typesetting
from shared.rendering.uploads.accepted import OWN_SIZE, accept_inset, accept_upload
from shared.rendering.uploads.template import Template
from shared.volunteers.lists.list_files import read_file
from shared.volunteers.lists.masks import masked

# With fewer names, a process per core takes longer to start than it saves.
WORTH_PROCESSES = 50
# The number of certificates on the contact sheet, the worst fits first.
SHOWN = 24

# Titles for facts in lower case; any other one names a column of the layout.
_FACT_TITLES = {
    "name": {"name", "full name", "volunteer", "姓名", "名字", "志愿者"},
    "number": {"number", "no", "no.", "certificate number", "编号", "证书编号", "序号"},
    "date": {"date", "日期"},
    "link": {"link", "url", "链接", "网址"},
}
# Titles whose values replace those of the whole list, and stay columns as well.
_EVENT, _ORGANIZATION = "event", "organization"

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Row:
    """A line of the list, and the facts for its certificate. `problem` says what is wrong with the
    line itself; `same_as` is an earlier identical one."""

    line: int
    facts: Facts
    problem: str | None = None
    same_as: int | None = None


@dataclass(frozen=True)
class LineOutcome:
    """The outcome of a line: its files and the settings of its texts, or the problem."""

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
        """The smallest ratio of a text's size to its field's largest one."""
        return min((field.size / field.largest for field in self.fields), default=1.0)


@dataclass(frozen=True)
class Summary:
    """The outcome of a list. `files` are all written files, the contact sheet last; `found` are the
    warnings about the template, and `carrying` counts the lines with a credential."""

    outcomes: tuple[LineOutcome, ...]
    files: tuple[Path, ...]
    found: tuple[str, ...] = ()
    carrying: int = 0

    @property
    def refused(self) -> list[LineOutcome]:
        return [outcome for outcome in self.outcomes if outcome.problem]

    @property
    def repeated(self) -> list[LineOutcome]:
        return [outcome for outcome in self.outcomes if outcome.same_as]

    @property
    def warned(self) -> list[LineOutcome]:
        return [outcome for outcome in self.outcomes if outcome.warnings]

    def is_fine(self, allow_warnings: bool = False) -> bool:
        """Return whether every name has its certificate, and none is too small."""
        return not self.refused and (allow_warnings or not self.warned)


@dataclass(frozen=True)
class Sources:
    """The files of a batch; `images` are for the layout's image fields, `fonts` for its faces."""

    template: Path
    layout: Path
    names: Path
    images: tuple[Path, ...] = ()
    fonts: tuple[Path, ...] = ()


@dataclass(frozen=True)
class BatchOrder:
    """What a batch should produce, and where.

    `standard` is the PDF standard, if not the usual ones. `credentials` is a folder of signed
    credentials for the PDF and PNG files of lines with their name and number. `date`, `event` and
    `organization` are for lines without one, `language` if it is not the list's (see `_read_rows`).
    `processes` defaults to one per core. `report` gets a JSON line for each line of the list: size
    in pixels, lines, missing glyphs and values. `resume` keeps existing files. Columns titled
    `secrets` are masked in every file. `paper` is the size of PDFs, if not the template's.
    """

    out: Path
    formats: tuple[Format, ...]
    standard: Standard | None = None
    credentials: Path | None = None
    language: Language | None = None
    date: datetime.date | None = None
    event: str = ""
    organization: str = ""
    report: Path | None = None
    processes: int | None = None
    resume: bool = False
    secrets: tuple[str, ...] = ()
    paper: Paper | None = None


def render_list(
    sources: Sources, order: BatchOrder, progress: Progress = lambda done, total: None
) -> Summary:
    """Make a certificate in each format for every line of a CSV, TXT or XLSX list.

    A name that cannot be drawn does not stop the others, and no file is left incomplete. Raises
    PictureRefused, FontRefused, LayoutRefused, ListUnreadable or SettingRefused before writing
    anything, and OSError before drawing anything.
    """
    rows = _read_rows(sources.names, order)
    if order.credentials:
        rows = _with_credentials(rows, order.credentials)
    parts = _parts(sources, order, rows)
    design = parts.compiled()
    order.out.mkdir(parents=True, exist_ok=True)
    if order.report:
        # A report that is there afterwards is of this run.
        order.report.write_text("")
    digits = len(str(rows[-1].line))
    # The placeholders with a value in some line, and all columns.
    known = {f"{placeholders.COLUMN}{title}" for row in rows for title in row.facts.columns}
    known |= {f for row in rows for f in placeholders.FACTS if value_of(f, row.facts).strip()}
    jobs = [_Job(row, order, digits, _lacking(design.layout, row.facts, known)) for row in rows]
    outcomes = list[LineOutcome]()
    with _mapping(parts, len(rows), order.processes) as run:
        for outcome in run(_make, jobs):
            outcomes.append(outcome)
            progress(len(outcomes), len(rows))
    if order.report:
        lines = [json.dumps(asdict(line), ensure_ascii=False) + "\n" for line in outcomes]
        _write_whole(order.report, "".join(lines).encode())
    files = [order.out / file for outcome in outcomes for file in outcome.files]
    # The worst fits first.
    made = sorted((line for line in outcomes if not line.problem), key=lambda line: line.tightness)
    if made:
        facts = {row.line: row.facts for row in rows}
        worst = [(facts[line.line], f"{line.line}  {line.tightness:.0%}") for line in made[:SHOWN]]
        files.append(order.out / "contact-sheet.jpg")
        _write_whole(files[-1], contact_sheet(design, worst))
    # The order decides the size of PDFs, and this warning names a screen of the console.
    found = tuple(warning for warning in parts.template.warnings if warning != OWN_SIZE)
    carrying = sum(bool(row.facts.credential) for row in rows)
    return Summary(tuple(outcomes), tuple(files), found, carrying)


def _parts(sources: Sources, order: BatchOrder, rows: list[Row]) -> "_Parts":
    """Read the files of a design. Raises PictureRefused, FontRefused or LayoutRefused."""
    images = [path.read_bytes() for path in sources.images]
    template = accept_upload(sources.template.read_bytes())
    fonts = [accept_font(path.read_bytes()) for path in sources.fonts]
    if order.paper:
        dpi = dpi_on(order.paper, template.width, template.height)
        template = replace(template, print_dpi=dpi)
    first = rows[0].facts
    alike = {
        fact: getattr(first, fact)
        for fact in ("date", "event", "organization")
        if all(getattr(row.facts, fact) == getattr(first, fact) for row in rows)
    }
    if any(row.facts.language != first.language for row in rows):
        # Languages write it differently.
        alike.pop("date", None)
    return _Parts(
        template,
        Layout.from_json(sources.layout.read_bytes()),
        {hashlib.sha256(image).hexdigest(): accept_inset(image).content for image in images},
        {font.sha256: cache_font(font.content) for font in fonts},
        Facts("", language=first.language, **alike),
    )


def _lacking(layout: Layout, facts: Facts, known: Collection[str]) -> tuple[str, ...]:
    """Return the placeholders without a value. Those of a text that is left out, as all are empty,
    count only if no line has a value for them."""
    found = []
    for field in layout.fields:
        needed = field.placeholders if field.shown else ()
        empty = sorted(name for name in needed if not value_of(name, facts).strip())
        is_left_out = len(empty) == len(needed)
        found += [name for name in empty if not is_left_out or name not in known]
    return tuple(map(placeholders.written, dict.fromkeys(found)))


# The list


def _read_rows(names: Path, order: BatchOrder) -> list[Row]:
    """Read the non-empty lines of a CSV, TXT or XLSX file. Lines without a date, event or
    organization have the order's; secret columns are masked. The language is that of the line, the
    order, the list's titles, or else this machine.

    Raises ListUnreadable for a file without names, or if it is unclear which column has them, and
    SettingRefused if a secret column is missing.
    """
    table = read_file(names.read_bytes(), names.name).rows
    kinds = {title: kind for kind, titles in _FACT_TITLES.items() for title in titles}
    first = [kinds.get(cell.strip().lower(), cell.strip()) for cell in (table[0] if table else [])]
    titles = dict(enumerate(first)) if "name" in first else {}
    secrets = order.secrets
    if set(secrets) - set(titles.values()) or not _FACT_TITLES.keys().isdisjoint(secrets):
        raise SettingRefused(field="--secret", reason=N_("is no column of the list"))
    start = 1 if titles else 0
    is_chinese = titles and language_of_letters(" ".join(table[0])) == "zh"
    said = Facts(
        "",
        date=order.date,
        language=order.language or ("zh" if is_chinese else language_of_system()),
        event=order.event,
        organization=order.organization,
    )
    titles = titles or _names_alone(table)
    rows, seen = [], dict[str, int]()
    for line, cells in enumerate(table[start:], start + 1):
        values = {titles[i]: cell.strip() for i, cell in enumerate(cells) if i in titles}
        if not any(values.values()):
            continue
        row = _row(line, values, said)
        earlier = seen.setdefault(repr(row.facts), line)
        # Masked only after the comparison: different values share a mask.
        columns = row.facts.columns
        hidden = {title: masked(columns.get(title, "")) for title in secrets}
        facts = replace(row.facts, columns={**columns, **hidden})
        rows.append(replace(row, facts=facts, same_as=earlier if earlier != line else None))
    if not rows:
        raise ListUnreadable(reason="it has no names.")
    return rows


_SEVERAL_COLUMNS = (
    "This cannot be read as a list: it has several columns. Its first line must say which one has "
    "the names, with one of these titles: {known}."
)


def _names_alone(table: list[list[str]]) -> dict[int, str]:
    """Return the only column of a list without titles as that of the names. Raises ListUnreadable
    if there are several."""
    filled = {index for cells in table for index, cell in enumerate(cells) if cell.strip()}
    if len(filled) > 1:
        raise ListUnreadable(_SEVERAL_COLUMNS, known=", ".join(sorted(_FACT_TITLES["name"])))
    return dict.fromkeys(filled, "name")


def _row(line: int, values: dict[str, str], said: Facts) -> Row:
    problem, date = None, said.date
    try:
        date = date_in(values["date"]) if values.get("date") else date
    except DateUnreadable as refusal:
        problem = str(refusal)
    columns = {title: value for title, value in values.items() if title not in _FACT_TITLES}
    plain = {title.lower(): value for title, value in columns.items()}
    name = values.get("name", "")
    try:
        name = listed_name(name)
    except NameProblem as refusal:
        problem = problem or str(refusal)
    facts = replace(
        said,
        name=name,
        number=values.get("number", ""),
        date=date,
        columns=columns,
        link=values.get("link", ""),
        event=plain.get(_EVENT) or said.event,
        organization=plain.get(_ORGANIZATION) or said.organization,
        language=language_spoken(columns, said.language),
    )
    return Row(line, facts, problem)


def _with_credentials(rows: list[Row], folder: Path) -> list[Row]:
    """Add to lines the latest credential of their name and number.

    Files may have any name. Signatures are not checked; `certs verify` does that. Raises
    SettingRefused for a file that is no credential.
    """
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for path in sorted(folder.glob("*.json")):
        try:
            text = path.read_text("utf-8")
            credential = json.loads(text)
            subject = credential["credentialSubject"]
            [name] = [
                identity["identityHash"]
                for identity in subject["identifier"]
                if identity["identityType"] == "name" and not identity["hashed"]
            ]
            key = composed(name), str(subject["licenseNumber"])
            proof = credential["proof"]
            [proof] = proof if isinstance(proof, list) else [proof]
            version = str(proof["created"]), text
        except (ValueError, LookupError, TypeError, RecursionError):
            words = "{field}: {file} is no credential of a certificate"
            raise SettingRefused(words, field="--credential", file=path.name) from None
        found[key] = max(version, found.get(key, version))

    def carrying(row: Row) -> Row:
        key = row.facts.name, row.facts.number
        _, text = found.get(key, ("", ""))
        return replace(row, facts=replace(row.facts, credential=text))

    return [carrying(row) for row in rows]


# One certificate


@dataclass(frozen=True)
class _Job:
    row: Row
    order: BatchOrder
    digits: int
    # The placeholders without a value in this line.
    lacking: tuple[str, ...]


def _make(job: _Job) -> LineOutcome:
    """Draw and write a line's certificates in the design of this process."""
    assert _design is not None
    row, facts, order = job.row, job.row.facts, job.order
    outcome = LineOutcome(row.line, facts.name, problem=row.problem, same_as=row.same_as)
    if outcome.problem:
        return outcome
    try:
        if not facts.name:
            raise NameMissing()
        with suppress(ValueError):
            deliverable_address(facts.name)
            raise NameProblem(N_("“{text}” is an e-mail address, not a name."), text=facts.name)
        if job.lacking:
            raise PlaceholderEmpty(placeholders=job.lacking)
        placed = check(_design, facts)
        # The line's number, which is unique, and as much of the name as all file systems accept.
        harmless = regex.sub(r"[^\p{L}\p{M}\p{N}]+", "-", facts.name).strip("-")
        # 255 bytes is the usual limit of a file name.
        while len(harmless.encode()) > 120:
            harmless = harmless[:-1]
        stem = f"{row.line:0{job.digits}}-{harmless}".strip("-")
        for format in order.formats:
            path = order.out / f"{stem}.{format}"
            if not (order.resume and path.exists()):
                content = render_certificate(_design, facts, format, standard=order.standard)
                _write_whole(path, content)
    except NameProblem as problem:
        missing = problem.details["clusters"] if isinstance(problem, NoGlyph) else ()
        if isinstance(problem, PlaceholderEmpty):
            missing = job.lacking
        return replace(outcome, problem=str(problem), missing=missing)
    return replace(
        outcome, fields=placed, files=tuple(f"{stem}.{format}" for format in order.formats)
    )


def _write_whole(path: Path, content: bytes) -> None:
    """Write a file that is never incomplete, even if the program ends or the disk is full. Raises
    OSError."""
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    except OSError as problem:
        part.unlink(missing_ok=True)
        # The error of a full disk has no file name.
        raise OSError(problem.errno, problem.strerror, str(path)) from problem


# A process per core

# The design of a worker process, far too large to send with each name.
_design: CompiledDesign | None = None


@dataclass(frozen=True)
class _Parts:
    """The parts from which each process compiles a design; `common` are facts of all lines."""

    template: Template
    layout: Layout
    pictures: dict[str, bytes]
    fonts: dict[str, Path]
    common: Facts

    def compiled(self) -> CompiledDesign:
        template, vector = self.template, self.template.vector or b""
        design = compile_design(
            template.content,
            self.layout,
            self.pictures,
            self.fonts,
            typesetting=Typesetting(language=self.common.language),
            common=self.common,
        )
        sha256 = hashlib.sha256(vector).hexdigest() if vector else None
        return design.printed(template.print_dpi, sha256, lambda: vector)


def _open_design(parts: _Parts) -> None:
    global _design
    _design = parts.compiled()


@contextmanager
def _mapping(parts: _Parts, count: int, processes: int | None) -> Iterator[Any]:
    """Yield a `map` that runs here or in a process per core, in order: drawing holds Python's lock,
    so threads gain nothing."""
    # The cores that this process may use, or all where the system does not tell (macOS).
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    workers = processes or cores or 1
    if workers == 1 or (processes is None and count < WORTH_PROCESSES):
        _open_design(parts)
        yield map
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, context, _open_design, (parts,)) as pool:
        yield lambda function, jobs: pool.map(function, jobs, chunksize=8)
