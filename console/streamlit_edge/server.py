"""Streamlit's options, its log and its page, as our own server needs them: what Streamlit itself
does only for `streamlit run`."""

import logging
from pathlib import Path
from typing import Any

import streamlit
import streamlit.logger
from streamlit.web import bootstrap

INDEX = Path(streamlit.__file__).parent / "static" / "index.html"


def set_up(options: dict[str, Any]) -> None:
    """Take the options, by Streamlit's names, and let its log go where ours goes."""
    # Replace the handlers that Streamlit gives its loggers, whose lines are never JSON.
    streamlit.logger.setup_formatter = _let_everybodys_handler_write
    streamlit.logger.update_formatter()
    bootstrap.load_config_options(options)


def _let_everybodys_handler_write(logger: logging.Logger) -> None:
    if own := getattr(logger, "streamlit_console_handler", None):
        logger.removeHandler(own)
    logger.propagate = True
