"""What we need of Streamlit's insides is where it was, and nobody else reaches for them.

Each test fails with the sentence of `docs/streamlit.md` when an update of Streamlit moves it.
"""

import ast
import inspect
import logging
from pathlib import Path

import streamlit as st
import streamlit.logger
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext
from streamlit.web import bootstrap

import console
from console.streamlit_edge.server import INDEX

ROOT = Path(console.__file__).parent
EDGE = ROOT / "streamlit_edge"
PAGE = (ROOT.parent / "docs" / "streamlit.md").read_text("utf-8")


def why(module: str) -> str:
    """The sentence of the page about this module."""
    return next(line for line in PAGE.splitlines() if line.startswith(f"| `{module}` |"))


def test_each_module_has_its_sentence():
    modules = {path.stem for path in EDGE.glob("*.py")} - {"__init__"}
    assert {module for module in modules if why(module)} == modules


def test_only_the_edge_imports_what_lies_below_streamlit():
    for path in sorted(ROOT.rglob("*.py")):
        if EDGE in path.parents:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            named = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if isinstance(node, ast.Import):
                named = [one.name for one in node.names]
            below = [one for one in named if one.startswith("streamlit.")]
            assert not below, f"{path.relative_to(ROOT)}: {below}"


def test_floods_reads_what_is_asked_and_that_a_run_began_and_ended():
    asked = {field.name for field in BackMsg().rerun_script.DESCRIPTOR.fields}
    needed = {"widget_states", "page_script_hash", "fragment_id", "is_auto_rerun"}
    assert asked >= needed | {"is_history_navigation"}, why("floods")
    told = {field.name for field in ForwardMsg.DESCRIPTOR.fields}
    assert told >= {"new_session", "script_finished"}, why("floods")
    assert hasattr(ForwardMsg, "FINISHED_EARLY_FOR_RERUN"), why("floods")


def test_gate_knows_the_tab_and_comes_before_the_callbacks():
    assert "session_id" in inspect.signature(ScriptRunContext).parameters, why("gate")
    run = inspect.getsource(ScriptRunner._run_script)
    begins, callbacks = run.find("SCRIPT_STARTED"), run.find("on_script_will_rerun(")
    assert 0 < begins < callbacks, why("gate")


def test_uploads_finds_the_files_of_each_tab():
    manager = MemoryUploadedFileManager("/upload")
    assert dict(manager.file_storage) == {}, why("uploads")


def test_server_sets_options_and_log_and_finds_the_page():
    assert callable(bootstrap.load_config_options), why("server")
    assert callable(streamlit.logger.update_formatter), why("server")
    assert isinstance(st.logger.get_logger("a"), logging.Logger), why("server")
    page = INDEX.read_text("utf-8")
    assert all(part in page for part in ('<html lang="en">', "<title>Streamlit</title>")), why(
        "server"
    )
