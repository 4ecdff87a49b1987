"""What the registry promises about each kind, and that nothing else distinguishes kinds."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.language import LANGUAGES, translate
from shared.mail.kinds import registry, texts
from shared.mail.kinds.registry import Kind
from shared.storage.models import Mail
from shared.worker.composing import BROUGHT
from tests.support.composed import event_of

ROOT = Path(__file__).parents[3]
NAMES = {kind.name.upper() for kind in registry.kinds()}
# Who queues messages of one kind, or looks for those of one: nobody else names any.
NAMING = {
    "shared/acts/held_back.py": {"CERTIFICATE"},
    "shared/acts/invite.py": {"INVITATION"},
    "shared/acts/issue.py": {"CERTIFICATE", "INVITATION"},
    "shared/acts/issue_anew.py": {"CERTIFICATE"},
    "shared/acts/remind.py": {"REMINDER"},
    "shared/acts/waiting.py": {"CERTIFICATE", "INVITATION"},
    "shared/features/credentials/renewal.py": {"RENEWAL"},
    "shared/certificates/issuing/drawing.py": {"CERTIFICATE"},
    "shared/certificates/issuing/links.py": {"LINK_REQUEST"},
    "shared/certificates/issuing/current.py": {"CERTIFICATE", "INVITATION"},
    "shared/certificates/issuing/record_links.py": {"RECORD_LINK"},
    "shared/certificates/issuing/samples.py": {"CERTIFICATE", "INVITATION"},
    "shared/certificates/issuing/visits.py": {"CERTIFICATE"},
    "shared/mail/queue/enqueue.py": {"COLLEAGUE_INVITATION", "INVITATION", "TEST"},
    "shared/mail/queue/mailed_keys.py": {"ERASURE", "RECORD_LINK"},
    "shared/privacy/erasure.py": {"ERASURE"},
    "shared/volunteers/people/progress.py": {"CERTIFICATE", "INVITATION"},
    "shared/volunteers/people/results.py": {"CERTIFICATE"},
    "shared/volunteers/people/roster.py": {"CERTIFICATE"},
    # It knows for each what its messages are made of.
    "shared/worker/composing.py": NAMES,
}


def named_kinds(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("shared.mail.kinds"):
            yield from (one.name for one in node.names if one.name in NAMES)


def test_nobody_tells_kinds_apart_but_who_is_there_for_one() -> None:
    found = {
        path.relative_to(ROOT).as_posix(): named
        for package in ("shared", "api", "console")
        for path in (ROOT / package).rglob("*.py")
        if "shared/mail/kinds/" not in path.as_posix() and (named := set(named_kinds(path)))
    }
    # A feature may have been taken out.
    assert found == {file: named for file, named in NAMING.items() if (ROOT / file).exists()}


@pytest.mark.parametrize("kind", registry.kinds(), ids=lambda kind: kind.name)
@pytest.mark.parametrize("language", LANGUAGES)
def test_its_own_text_uses_the_placeholders_that_it_has(kind: Kind, language: str) -> None:
    texts.check_wording(kind, texts.default_wording(kind, language))
    assert set(kind.left_out) <= set(kind.placeholders)


@pytest.mark.parametrize("kind", registry.kinds(), ids=lambda kind: kind.name)
def test_people_read_of_it_in_their_language(kind: Kind) -> None:
    said = {kind.title, kind.queued, kind.accepted, kind.to_go, kind.sample}
    values = {"address": "ana@example.org"}
    for sentence in (said | set(kind.left_out.values())) - {""}:
        assert translate(sentence, "zh", **values) != translate(sentence, "en", **values)


@pytest.mark.parametrize("kind", registry.kinds(), ids=lambda kind: kind.name)
def test_the_worker_can_bring_what_it_needs_and_the_database_can_keep_it(kind: Kind) -> None:
    assert kind.name in BROUGHT
    assert len(kind.name) <= Mail.__table__.c.kind.type.length


def test_a_link_that_was_asked_for_reads_as_the_invitation_does() -> None:
    asked, invitation = registry.kind_of("link_request"), registry.kind_of("invitation")
    assert (asked.folder, asked.family) == (invitation.folder, "invitation")
    assert asked not in registry.editable(event_of())
