"""`make lighthouse`: the pages that people see, judged by Lighthouse on a phone and on a desktop.

What a page loses because it asks search engines to stay away is its wish, and is not counted."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.support.browser import CHROMIUM
from tests.support.shown_pages import shown

LEAST = 95
_FOLDER = Path(__file__).parents[1] / "lighthouse"
_WISHED = "is-crawlable"
_FLAGS = "--headless --no-sandbox --disable-gpu --disable-quic"


def main() -> int:
    """Print a line for each page; 1 if a figure is too low."""
    worst = 100
    with shown() as pages:
        for name in ("certificate", "personal", "event", "verify"):
            for device in ("mobile", "desktop"):
                report = _report(getattr(pages, name), device)
                scores = {one: _score(report, one) for one in report["categories"]}
                worst = min(worst, *scores.values())
                said = "  ".join(f"{title} {score:3}" for title, score in scores.items())
                print(f"{name:12} {device:8} {said}", flush=True)
                for one, score in scores.items():
                    if score < 100:
                        print("   ", one, "loses by", ", ".join(_losses(report, one)))
    return int(worst < LEAST)


def _report(address: str, device: str) -> dict[str, Any]:
    command = [
        *(str(_FOLDER / "node_modules" / ".bin" / "lighthouse"), address, "--quiet"),
        *("--output=json", f"--chrome-flags={_FLAGS}"),
        *(["--preset=desktop"] if device == "desktop" else []),
    ]
    run = subprocess.run(
        command, env=os.environ | {"CHROME_PATH": CHROMIUM}, capture_output=True, check=True
    )
    report: dict[str, Any] = json.loads(run.stdout)
    return report


def _counted(report: dict[str, Any], category: str) -> list[tuple[str, float, float]]:
    """Name, weight and score of what counts in a category."""
    found = [
        (ref["id"], ref["weight"], report["audits"][ref["id"]]["score"])
        for ref in report["categories"][category]["auditRefs"]
    ]
    return [one for one in found if one[1] and one[2] is not None and one[0] != _WISHED]


def _score(report: dict[str, Any], category: str) -> int:
    counted = _counted(report, category)
    return round(100 * sum(w * s for _, w, s in counted) / sum(w for _, w, _ in counted))


def _losses(report: dict[str, Any], category: str) -> list[str]:
    return [f"{name} {score:.2f}" for name, _, score in _counted(report, category) if score < 1]


if __name__ == "__main__":
    sys.exit(main())
