"""The code base stays in order: large things are divided, and each module has its test."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from shared.cli.commands import app

ROOT = Path(__file__).parents[1]
PRODUCT = ("api", "console", "shared")
LONGEST_FILE, LONGEST_FUNCTION, MOST_PARAMETERS = 400, 40, 8

# Screens and what surrounds them are tested as one, as their users meet them.
WHOLE_FOLDERS = re.compile(r"console/screens/\w+/|console/signin/|shared/storage/models/")

# Modules without a test of their own name, after the test of the bigger thing of which they are a
# part. An answer, a screen, a certificate or a mail shows more than a test of each part would.
TESTED_WITH = {
    "tests/api/middleware/test_body_limits.py": "api/calls/body",
    "tests/api/middleware/test_every_request.py": "api/pages/docs",
    "tests/api/pages/test_verification.py": "shared/rendering/raster/public_images",
    "tests/api/pages/test_sample_page.py": "shared/certificates/sample_pages",
    "tests/api/test_errors.py": "api/pages/static",
    "tests/api/test_openapi.py": "api/app",
    "tests/browser/test_account_choice.py": "shared/mail/accounts/account_change",
    "tests/browser/test_certificate_screen.py": "console/placer",
    "tests/browser/test_chosen_event.py": "console/event_choice console/navigation console/page",
    "tests/browser/test_console.py": "console/app console/widgets/bars console/widgets/table",
    "tests/browser/test_content_policy.py": "console/policy",
    "tests/browser/test_live.py": "shared/mail/accounts/account_check",
    "tests/browser/test_lost_connection.py": "console/streamlit_words console/trouble",
    "tests/browser/test_page_sharing.py": "api/pages/linkedin",
    "tests/browser/test_volunteer_page.py": "api/pages/html api/pages/volunteer",
    "tests/certificates/bundles/test_printed.py": "shared/rendering/pdf/many",
    "tests/certificates/bundles/test_zipped.py": "shared/certificates/bundles/order "
    "shared/certificates/bundles/size",
    "tests/certificates/test_batch.py": "shared/rendering/contact_sheet",
    "tests/volunteers/test_streamed_workbook.py": "shared/outflow",
    "tests/certificates/test_column_backlog.py": "shared/volunteers/secrets_of_people",
    "tests/volunteers/test_column_sums.py": "shared/volunteers/person_values",
    "tests/certificates/test_fit_sheet.py": "shared/certificates/listed_names",
    "tests/certificates/test_issued.py": "shared/certificates/written_dates",
    "tests/certificates/test_link_requests.py": "api/pages/personal_link",
    "tests/certificates/test_posters.py": "shared/rendering/pdf/poster",
    "tests/certificates/test_samples.py": "shared/rendering/sample",
    "tests/console/test_downloads_at_once.py": "console/offers console/streamed_file",
    "tests/console/test_tables.py": "console/widgets/download_progress "
    "console/widgets/table_download",
    "tests/console/test_groups.py": "console/group_choice console/groups_window",
    "tests/console/test_person.py": "shared/certificates/copied_links",
    "tests/certificates/test_upgrading.py": "shared/rendering/text/typesetting "
    "shared/rendering/text/first_rules",
    "tests/cli/test_commands.py": "shared/cli/owner shared/cli/process shared/cli/services "
    "shared/cli/supervisor",
    "tests/cli/test_event_setup.py": "shared/cli/recipients shared/cli/sending",
    "tests/cli/test_metrics.py": "api/metrics",
    "tests/cli/test_sentences.py": "shared/cli/export shared/cli/render",
    "tests/console/test_log.py": "console/notices console/widgets/actions",
    "tests/console/test_ending.py": "console/archives",
    "tests/privacy/test_archive.py": "shared/privacy/archived_tables",
    "tests/privacy/test_deletion.py": "shared/privacy/shared_files shared/worker/upkeep",
    "tests/console/test_certificate.py": "console/widgets/upload",
    "tests/console/test_events.py": "console/widgets/mail_page console/widgets/new_token "
    "console/widgets/time_zones",
    "tests/console/test_reach.py": "shared/mail/transport/own_answers",
    "tests/console/test_session_keys.py": "console/session console/session_key",
    "tests/console/test_organization_signin.py": "shared/events/identities",
    "tests/console/test_sessions.py": "console/confirmation",
    "tests/console/test_signin.py": "console/asgi",
    "tests/console/test_stored_fields.py": "console/widgets/stored_fields",
    "tests/events/test_first_event.py": "console/screens/overview console/widgets/first_event",
    "tests/events/test_installation.py": "shared/events/owner_token",
    "tests/ground/test_language.py": "console/text shared/errors shared/errors/base",
    "tests/mail/bounces/test_looking.py": "shared/mail/bounces/imap",
    "tests/mail/bounces/test_matching.py": "shared/mail/bounces/decision",
    "tests/mail/bounces/test_report.py": "shared/mail/bounces/decoded "
    "shared/mail/bounces/delivery_status shared/mail/bounces/odd_report "
    "shared/mail/bounces/recipient",
    "tests/mail/kinds/test_certificates_mail.py": "shared/mail/kinds/certificate",
    "tests/mail/kinds/test_links_of_live.py": "shared/events/links",
    "tests/mail/kinds/test_texts.py": "console/screens/wording "
    "shared/mail/kinds/invitation shared/mail/kinds/personal_link shared/mail/kinds/test",
    "tests/mail/kinds/test_toy_kind.py": "shared/mail/kinds/message_kind",
    "tests/mail/queue/test_claim.py": "shared/mail/queue/claimed shared/mail/queue/due",
    "tests/mail/queue/test_controls.py": "shared/mail/queue/failed_mails "
    "shared/mail/queue/invitations shared/mail/queue/reminders shared/mail/kinds/reminder",
    "tests/mail/queue/test_opt_outs.py": "api/pages/opting_out shared/mail/kinds/mailing_list",
    "tests/mail/queue/test_settle.py": "shared/mail/queue/steps",
    "tests/mail/rehearsal/test_live.py": "shared/mail/rehearsal/rehearsed",
    "tests/mail/tokens/test_provider.py": "shared/mail/tokens/registration",
    "tests/mail/tokens/test_sign_ins.py": "shared/storage/sealing/mail_sign_ins",
    "tests/mail/transport/test_graph.py": "shared/mail/transport/graph_connection",
    "tests/mail/transport/test_smtp.py": "shared/mail/transport/account "
    "shared/mail/transport/smtp_connection shared/mail/transport/smtp_findings "
    "shared/mail/transport/watchdog",
    "tests/mail/transport/test_toy_transport.py": "shared/mail/transport/protocol "
    "shared/mail/transport/transports",
    "tests/mail/transport/test_verdicts.py": "shared/mail/transport/periods",
    "tests/preflight/test_checks.py": "shared/mail/transport/findings shared/preflight/page_look",
    "tests/rendering/pages/test_uploaded_page.py": "shared/rendering/pages/drawing "
    "shared/rendering/pages/page_reader shared/rendering/pages/svg_page "
    "shared/rendering/uploaded_template",
    "tests/rendering/pdf/test_underlay.py": "shared/rendering/pdf/backdrop",
    "tests/rendering/raster/test_strips.py": "shared/rendering/raster/jpeg",
    "tests/rendering/raster/test_template_hygiene.py": "shared/rendering/raster/jpeg_file",
    "tests/rendering/test_design.py": "shared/rendering/facts shared/rendering/resolved "
    "shared/rendering/raster/decoded_template shared/rendering/turning",
    "tests/rendering/gallery/test_drawing.py": "shared/rendering/gallery/catalogue "
    "shared/rendering/gallery/plans",
    "tests/rendering/test_golden.py": "shared/rendering/placed shared/rendering/text/drawing",
    "tests/rendering/test_readable_codes.py": "shared/rendering/first_layout",
    "tests/rendering/test_languages.py": "shared/rendering/styles",
    "tests/rendering/text/test_fitting.py": "shared/rendering/text/ink",
    "tests/rendering/text/test_own_fonts.py": "shared/rendering/text/font_files "
    "shared/rendering/text/sfnt",
    "tests/rendering/text/test_spelling.py": "shared/rendering/text/directions "
    "shared/rendering/text/runs",
    "tests/privacy/test_own_request.py": "shared/mail/kinds/erasure",
    "tests/storage/sealing/test_key_rotation.py": "shared/storage/sealing/passwords",
    "tests/storage/test_database.py": "shared/storage/kept_connection shared/storage/models",
    "tests/storage/test_one_row_for_each_account.py": "shared/storage/proven_accounts",
    "tests/storage/test_prepared.py": "shared/storage/constants",
    "tests/storage/test_turns.py": "shared/storage/patience",
    "tests/volunteers/test_grouping.py": "shared/worker/grouper",
    "tests/volunteers/test_long_lists.py": "shared/storage/partial_indexes",
    "tests/volunteers/test_search.py": "shared/storage/search_triggers "
    "shared/storage/word_search shared/volunteers/search_index",
    "tests/volunteers/test_spreadsheet.py": "shared/volunteers/sheet_reader "
    "shared/volunteers/sheets",
    "tests/volunteers/test_titles.py": "shared/volunteers/title_line",
    "tests/worker/test_dispatcher.py": "shared/worker/slot",
    "tests/worker/test_signed_in_sending.py": "shared/mail/accounts/opened_account",
}

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def sources(*folders: str) -> dict[str, str]:
    """The text of each file by its path; what migrations once did is left as it was."""
    files = (file for folder in folders for file in sorted((ROOT / folder).rglob("*.py")))
    paths = {file.relative_to(ROOT).as_posix(): file for file in files}
    return {path: file.read_text() for path, file in paths.items() if "/versions/" not in path}


@cache
def functions_of(path: str) -> tuple[Function, ...]:
    nodes = ast.walk(ast.parse((ROOT / path).read_text()))
    return tuple(node for node in nodes if isinstance(node, Function))


def functions(folders: tuple[str, ...]) -> Iterator[tuple[str, Function]]:
    for path in sources(*folders):
        for node in functions_of(path):
            yield f"{path}:{node.lineno} {node.name}", node


def lines_of(function: Function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def parameters_of(function: Function) -> int:
    given = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    return len([parameter for parameter in given if parameter.arg not in ("self", "cls")])


def is_interface(function: Function) -> bool:
    """Whether its parameters are those of a command or a route."""
    decorators = map(ast.unparse, function.decorator_list)
    is_route = any(re.search(r"\.(get|post|put|delete)\(", one) for one in decorators)
    commands = [
        command.callback and command.callback.__name__ for command in app.registered_commands
    ]
    return is_route or function.name in commands


def module_of(path: str) -> str:
    """The module by which a file is known: of a part of a whole folder, the folder."""
    if whole := WHOLE_FOLDERS.match(path):
        return whole[0].rstrip("/")
    return path.removesuffix(".py").removesuffix("/__init__")


def modules() -> set[str]:
    """Every module of the product in which something is done."""
    return {module_of(path) for path in sources(*PRODUCT) if functions_of(path)}


def own_test(module: str) -> str:
    """Where the test that bears the module's name stands: in the room that mirrors its own."""
    room, _, name = module.rpartition("/")
    room = re.sub(r"^shared$", "ground", room.removeprefix("shared/").replace("/screens", ""))
    return f"tests/{room}/test_{name}.py"


def listed() -> dict[str, str]:
    return {module: test for test, named in TESTED_WITH.items() for module in named.split()}


def test_no_file_is_longer_than_400_lines():
    counts = {path: text.count("\n") for path, text in sources(*PRODUCT, "tests").items()}
    assert {path: count for path, count in counts.items() if count > LONGEST_FILE} == {}


@pytest.mark.parametrize("folders", [PRODUCT, ("tests",)], ids=["product", "tests"])
def test_no_function_is_longer_than_40_lines(folders: tuple[str, ...]):
    found = {where: lines_of(function) for where, function in functions(folders)}
    assert len(found) > 1000
    assert {where: lines for where, lines in found.items() if lines > LONGEST_FUNCTION} == {}


def test_no_function_takes_more_than_8_parameters():
    takes = {
        where: parameters_of(function)
        for where, function in functions((*PRODUCT, "tests"))
        if parameters_of(function) > MOST_PARAMETERS and not is_interface(function)
    }
    assert takes == {}


def test_each_module_has_a_test_of_its_name_or_is_listed_with_the_test_that_it_is_a_part_of():
    with_a_test = {module for module in modules() if (ROOT / own_test(module)).exists()}
    alone = modules() - with_a_test - listed().keys()
    assert alone == set(), f"write {[own_test(one) for one in alone]}, or add to TESTED_WITH"


def test_nothing_is_listed_that_is_gone_or_has_a_test_of_its_own():
    assert listed().keys() - modules() == set()
    assert [module for module in listed() if (ROOT / own_test(module)).exists()] == []
    assert [test for test in TESTED_WITH if not (ROOT / test).exists()] == []


def test_helpers_stand_in_the_folder_of_helpers():
    pattern = re.compile(r"^\s*(?:from|import) tests\.(?:\w+\.)*test_", re.M)
    assert [path for path, text in sources("tests").items() if pattern.search(text)] == []


def test_migrations_follow_each_other_in_one_line():
    """Two that were written at the same time would both follow the same one."""
    pattern = re.compile(r'^(?:down_)?revision = "?(\w+)"?$', re.M)
    files = sorted((ROOT / "shared/storage/migrations/versions").glob("0*.py"))
    said = [(file.name[:4], *pattern.findall(file.read_text(encoding="utf-8"))) for file in files]
    numbers = [f"{number:04}" for number in range(1, len(files) + 1)]
    assert said == list(zip(numbers, numbers, ["None", *numbers], strict=False))
