"""Certificates for a list: `certs render` without database and mail."""

import datetime
import hashlib
import json
import subprocess
import sys

import openpyxl
import pymupdf
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shared.errors import LayoutRefused, ListUnreadable, PictureRefused, SettingRefused
from shared.rendering.design import compile_design, render_certificate
from shared.rendering.facts import Facts
from shared.rendering.layout import Box, Field, Layout
from shared.rendering.uploads.page_reader import CUT
from tests.support import pdf_pages
from tests.support.batches import opened, place, reported, run, write_list
from tests.support.carried import attached, in_chunk
from tests.support.credentials import signed_one
from tests.support.organizers_fonts import block_font
from tests.support.rendering_names import NAMES

__all__ = ["place"]


def test_every_script_of_a_plain_list_gets_its_certificate_in_every_format(place):
    names = write_list(place, [[name] for name in NAMES.values()])
    summary = run(place, names, ("png", "jpg", "pdf"))
    assert summary.is_fine()
    for outcome, name in zip(summary.outcomes, NAMES.values(), strict=True):
        assert outcome.name == name
        png, jpg, pdf = [place / "out" / file for file in outcome.files]
        assert opened(png).size == opened(jpg).size == (800, 566)
        assert len(pymupdf.open(pdf)) == 1


def test_a_file_is_the_certificate_that_the_product_would_mail(place):
    names = write_list(place, [["Name", "Number"], ["José 吉田", "No. 7"]])
    summary = run(place, names, ("jpg",), date=datetime.date(2026, 11, 24), language="zh")
    layout = Layout.from_json((place / "layout.json").read_text())
    design = compile_design((place / "template.png").read_bytes(), layout)
    facts = Facts("José 吉田", "No. 7", datetime.date(2026, 11, 24))
    made = place / "out" / summary.outcomes[0].files[0]
    assert made.name == "2-José-吉田.jpg"
    assert made.read_bytes() == render_certificate(design, facts, "jpg")


def test_the_files_carry_the_credentials_of_the_same_name_and_number(place):
    key, folder = Ed25519PrivateKey.generate(), place / "credentials"
    folder.mkdir()
    for number, name in (("7", "José"), ("8", "José"), ("9", "Bo")):
        written = json.dumps(signed_one(key, name=name, number=number), indent=1)
        (folder / f"certificate-of-{number}.json").write_text(written)
    rows = [["Name", "Number"], ["Jose\u0301", "7"], ["Ana", "8"], ["Bo", "9"], ["Ed", ""]]
    summary = run(place, write_list(place, rows), ("png", "pdf"), credentials=folder)
    assert summary.carrying == 2
    for outcome, number in zip(summary.outcomes, ("7", None, "9", None), strict=True):
        png, pdf = ((place / "out" / file).read_bytes() for file in outcome.files)
        known = folder / f"certificate-of-{number}.json"
        signed = known.read_bytes() if number else None
        assert attached(pdf) == signed
        assert in_chunk(png) == (signed.decode() if signed else None)


def test_a_file_that_is_no_credential_is_named_before_anything_is_drawn(place):
    (place / "credentials").mkdir()
    (place / "credentials" / "did.json").write_text('{"id": "did:web:example.org"}')
    with pytest.raises(SettingRefused, match=r"did\.json"):
        run(place, write_list(place, [["Ana"]]), credentials=place / "credentials")
    assert not (place / "out").exists()


def test_titled_columns_fill_number_date_link_and_the_layouts_columns(place):
    rows = [
        ["编号", "姓名", "Role", "日期", "链接"],
        ["7", "王芳", "Cook", "2026-11-24", "https://a.org"],
    ]
    run(place, write_list(place, rows))
    fields = {field["id"]: field["lines"] for field in reported(place)[0]["fields"]}
    assert fields == {
        "name": ["王芳"],
        "number": ["7"],
        "date": ["2026年11月24日"],
        "role": ["Cook"],
    }


def test_an_excel_file_and_a_list_in_gbk_are_read_alike(place):
    book = openpyxl.Workbook()
    for row in [["姓名"], ["欧阳娜娜"], ["张伟"]]:
        book.active.append(row)
    book.save(place / "names.xlsx")
    # Enough text that its encoding can be told.
    chinese = write_list(place, [["姓名"], ["欧阳娜娜"], ["张伟"]], "gbk.csv", "gbk")
    for names in (place / "names.xlsx", chinese):
        assert [one.name for one in run(place, names).outcomes] == ["欧阳娜娜", "张伟"]


def test_one_bad_name_stops_nobody_else_and_the_report_says_why(place):
    names = write_list(
        place, [["Ana"], ["X \U00012000 Y"], ["Wolfgang " * 20], ["A\u202eB"], ["Bo"]]
    )
    summary = run(place, names)
    assert [outcome.line for outcome in summary.refused] == [2, 3, 4]
    assert not summary.is_fine(allow_warnings=True)
    lines = reported(place)
    assert [bool(line["files"]) for line in lines] == [True, False, False, False, True]
    assert lines[1]["missing"] == ["\U00012000"]
    assert "invisible character" in lines[3]["problem"]


def test_the_report_tells_size_and_lines(place):
    run(place, write_list(place, [["王芳"], ["Александра Константиновна Преображенская"]]))
    short, long = (line["fields"][0] for line in reported(place))
    assert short["lines"] == ["王芳"]
    assert not short["shrunk"]
    assert long["shrunk"]
    assert 566 * 0.03 <= long["size"] < short["size"]


def test_a_text_under_its_smallest_size_is_fine_only_if_warnings_are_allowed(place):
    field = Field(
        id="name",
        kind="name",
        box=Box(left=0.2, top=0.4, width=0.6, height=0.3),
        size=0.2,
        minimum_size=0.117,
    )
    (place / "layout.json").write_text(Layout(fields=(field,)).to_json())
    summary = run(place, write_list(place, [["Maximilian Alexandropoulos"]]))
    assert [len(outcome.warnings) for outcome in summary.outcomes] == [1]
    assert not summary.is_fine()
    assert summary.is_fine(allow_warnings=True)


def test_a_line_without_a_name_is_refused_and_an_empty_line_skipped(place):
    rows = [["name", "number"], ["Ana", "1"], ["", ""], ["", "3"]]
    summary = run(place, write_list(place, rows))
    assert [(one.line, bool(one.problem)) for one in summary.outcomes] == [(2, False), (4, True)]


def test_several_columns_without_a_title_for_the_names_are_refused(place):
    rows = [["First name", "Last name", "Email"], ["Ana", "Lima", "a@example.org"]]
    with pytest.raises(ListUnreadable) as refusal:
        run(place, write_list(place, rows))
    assert "full name, name, volunteer" in str(refusal.value)
    assert not (place / "out").exists()


def test_one_column_needs_no_title_wherever_it_stands(place):
    summary = run(place, write_list(place, [["", "Ana", ""], ["", "Bo", ""]]))
    assert [outcome.name for outcome in summary.outcomes] == ["Ana", "Bo"]


def test_an_address_is_not_drawn_as_a_name(place):
    names = write_list(place, [["Ana"], ["a@example.org"], ["Bo @ the bar"]])
    summary = run(place, names)
    assert [(one.line, one.problem) for one in summary.refused] == [
        (2, "“a@example.org” is an e-mail address, not a name.")
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_language_changes_what_is_drawn_and_not_what_is_said(place, language):
    names = write_list(place, [["name", "date"], ["Ana", "2026-11-24"], ["A\u202eB", ""]])
    run(place, names, language=language)
    drawn, refused = reported(place)
    dates = {"zh": "2026年11月24日", "en": "November 24, 2026"}
    assert dates[language] in str(drawn["fields"])
    assert refused["problem"].startswith("The name contains an invisible character.")


@pytest.mark.parametrize(
    ("titles", "system", "written"),
    [
        (["姓名", "日期"], "en_GB.UTF-8", "2026年11月24日"),
        (["name", "date"], "zh_CN.UTF-8", "2026年11月24日"),
        (["name", "date"], "de_DE.UTF-8", "November 24, 2026"),
        (["name", "date"], "C", "November 24, 2026"),
    ],
)
def test_a_list_is_drawn_in_the_language_of_its_titles_or_of_the_system(
    place, monkeypatch, titles, system, written
):
    monkeypatch.delenv("LANGUAGE", raising=False)
    monkeypatch.setenv("LC_ALL", system)
    run(place, write_list(place, [titles, ["Ana", "2026-11-24"]]))
    assert written in str(reported(place)[0]["fields"])


def test_names_that_no_file_system_takes_get_harmless_files(place):
    names = write_list(place, [["../../etc/passwd"], ["CON: a|b?"], ["李" * 60], ["..."]])
    summary = run(place, names)
    files = [file for outcome in summary.outcomes for file in outcome.files]
    assert files[:2] == ["1-etc-passwd.png", "2-CON-a-b.png"]
    assert all((place / "out" / file).is_file() for file in files)
    assert {path.parent for path in summary.files} == {place / "out"}


def test_several_processes_make_the_same_files_in_the_same_order(place):
    names = write_list(place, [[name] for name in NAMES.values()])
    alone = run(place, names, processes=1)
    first = {path.name: path.read_bytes() for path in alone.files}
    steps = []
    together = run(place, names, processes=2, progress=lambda *step: steps.append(step))
    assert together.outcomes == alone.outcomes
    assert {path.name: path.read_bytes() for path in together.files} == first
    assert steps == [(n, len(NAMES)) for n in range(1, len(NAMES) + 1)]


def test_a_list_is_drawn_where_the_system_does_not_tell_which_cores_are_ours(place, monkeypatch):
    monkeypatch.delattr("os.sched_getaffinity", raising=False)
    assert run(place, write_list(place, [["Ana"]])).is_fine()


def test_the_contact_sheet_begins_with_the_worst_fit(place):
    long = "Александра Константиновна Преображенская"
    summary = run(place, write_list(place, [["王芳"], [long], ["Bo"]]))
    assert min(summary.outcomes, key=lambda one: one.tightness).name == long
    sheet = opened(summary.files[-1])
    assert summary.files[-1].name == "contact-sheet.jpg"
    assert sheet.width > 3 * 460


@pytest.mark.parametrize(
    ("broken", "content", "refusal"),
    [
        ("template.png", b"GIF89a", PictureRefused),
        ("layout.json", b"{", LayoutRefused),
        ("names.csv", b"", ListUnreadable),
    ],
)
def test_what_is_wrong_as_a_whole_is_said_before_anything_is_written(
    place, broken, content, refusal
):
    names = write_list(place, [["Ana"]])
    (place / broken).write_bytes(content)
    with pytest.raises(refusal):
        run(place, names)
    assert not (place / "out").exists()
    assert not (place / "report.jsonl").exists()


def test_a_pdf_is_taken_as_template_and_stays_what_it_is(place):
    (place / "template.png").write_bytes(pdf_pages.made())
    [outcome] = run(place, write_list(place, [["Ana"]]), ("jpg", "pdf")).outcomes
    jpg, pdf = [place / "out" / file for file in outcome.files]
    assert opened(jpg).size == (3508, 2480)
    with pymupdf.open(pdf) as document:
        assert document[0].get_images() == []
        assert {"Ana", "Certificate of thanks"} <= set(document[0].get_text().splitlines())


@pytest.mark.parametrize(("paper", "size"), [(None, (1191, 842)), ("A5", (595, 421))])
def test_a_pdf_is_as_large_as_its_template_or_as_the_paper_asked_for(place, paper, size):
    (place / "template.png").write_bytes(pdf_pages.made((1190.55, 841.89)))
    summary = run(place, write_list(place, [["Ana"]]), ("pdf",), paper=paper)
    [page] = pymupdf.open(summary.files[0])
    assert (round(page.rect.width), round(page.rect.height)) == size


def test_what_was_found_in_the_template_is_told(place):
    cut = pdf_pages.changed(pdf_pages.trimmed(20, 20, 800, 560))
    (place / "template.png").write_bytes(cut)
    assert CUT in run(place, write_list(place, [["Ana"]])).found


def test_an_own_font_is_brought_as_a_file(place):
    (place / "own.ttf").write_bytes(block_font())
    sha256 = hashlib.sha256(block_font()).hexdigest()
    plain = run(place, write_list(place, [["Ana"]]))
    before = (place / "out" / plain.outcomes[0].files[0]).read_bytes()
    layout = json.loads((place / "layout.json").read_text())
    layout["fields"][0]["face"] = sha256
    (place / "layout.json").write_text(json.dumps(layout))
    with pytest.raises(LayoutRefused, match="The font of the field"):
        run(place, place / "names.csv")
    own = run(place, place / "names.csv", files={"fonts": (place / "own.ttf",)}, processes=2)
    assert own.is_fine()
    assert (place / "out" / own.outcomes[0].files[0]).read_bytes() != before


def test_pdfs_satisfy_the_standard_asked_for(place):
    summary = run(place, write_list(place, [["José"]]), ("pdf",), standard="a-2b")
    metadata = pymupdf.open(summary.files[0]).get_xml_metadata()
    assert "pdfaid:part>2<" in metadata
    assert "pdfuaid" not in metadata


def with_text(place, content):
    layout = Layout.from_json((place / "layout.json").read_text())
    text = Field(
        id="text",
        kind="text",
        content=content,
        box=Box(left=0.1, top=0.75, width=0.8, height=0.08),
        size=0.04,
    )
    (place / "layout.json").write_text(Layout(fields=(*layout.fields, text)).to_json())


def text_field(place):
    return [
        next((one["lines"] for one in line["fields"] if one["id"] == "text"), None)
        for line in reported(place)
    ]


def test_texts_are_filled_from_the_options_and_first_from_the_list(place):
    with_text(place, "{event}, {organization}, {date}: {name}")
    rows = [["name", "Event"], ["Ana", "Spring Run"], ["Bo", ""]]
    said = {"event": "Autumn Run", "organization": "Green City", "language": "en"}
    summary = run(place, write_list(place, rows), date=datetime.date(2026, 11, 24), **said)
    assert summary.is_fine()
    assert text_field(place) == [
        ["Spring Run, Green City, November 24, 2026: Ana"],
        ["Autumn Run, Green City, November 24, 2026: Bo"],
    ]


def test_a_day_of_all_lines_is_written_in_the_language_of_each(place):
    with_text(place, "{date}")
    names = write_list(place, [["name", "Language"], ["Ana", "English"], ["Bo", "中文"]])
    run(place, names, date=datetime.date(2026, 11, 24))
    assert text_field(place) == [["November 24, 2026"], ["2026年11月24日"]]


def test_what_all_lines_say_is_drawn_as_if_it_were_drawn_for_each(place):
    with_text(place, "{event}")
    rows = [["name", "event"], ["Ana", ""], ["Bo", ""]]
    alike = run(place, write_list(place, rows), event="Spring Run")
    before = [(place / "out" / one.files[0]).read_bytes() for one in alike.outcomes]
    # Not reported, like every text that is the same on all.
    assert text_field(place) == [None, None]
    rows.append(["Cy", "Another"])
    run(place, write_list(place, rows), event="Spring Run")
    assert [(place / "out" / one.files[0]).read_bytes() for one in alike.outcomes] == before
    assert text_field(place) == [["Spring Run"], ["Spring Run"], ["Another"]]


def test_a_placeholder_without_a_value_is_reported_like_a_missing_glyph(place):
    with_text(place, "For {event}, {column:Hours} hours")
    rows = [["name", "Hours"], ["Ana", "12"], ["Bo", ""]]
    summary = run(place, write_list(place, rows))
    assert [one["missing"] for one in reported(place)] == [["{event}"], ["{event}"]]
    assert "{event}" in summary.refused[0].problem
    summary = run(place, write_list(place, rows), event="Spring Run")
    assert [one["missing"] for one in reported(place)] == [[], ["{column:Hours}"]]
    assert len(summary.refused) == 1


def test_a_sentence_of_which_nothing_is_known_is_left_out_unless_nobody_has_anything_for_it(place):
    with_text(place, "{column:Hours} hours")
    rows = [["name", "Hours"], ["Ana", "12"], ["Bo", ""]]
    assert run(place, write_list(place, rows)).is_fine()
    assert text_field(place) == [["12 hours"], None]
    assert len(run(place, write_list(place, [["name"], ["Ana"]])).refused) == 1
    assert reported(place)[0]["missing"] == ["{column:Hours}"]


def test_a_secret_in_a_text_shows_a_mask(place):
    with_text(place, "Card {column:Card}")
    rows = [["name", "Card"], ["Ana", "110101199003072341"]]
    run(place, write_list(place, rows), secrets=("Card",))
    assert text_field(place) == [["Card 110************341"]]


_AS_COMMAND = """
import sys
from shared.cli.commands import main
try:
    main()
finally:
    print("sqlalchemy" in sys.modules)
"""


def test_certs_render_needs_no_database_library(place):
    """To load it would take longer than a small batch."""
    names = write_list(place, [["name", "Role"], ["Ana", "Helper"]])
    files = {"template": place / "template.png", "layout": place / "layout.json", "names": names}
    given = [f"--{what}={file}" for what, file in (files | {"out": place / "out"}).items()]
    command = [sys.executable, "-c", _AS_COMMAND, "render", *given]
    ended = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert (place / "out" / "2-Ana.jpg").exists()
    assert ended.stdout.splitlines()[-1] == "False"
