"""Puts into the wheel what it consists of and needs: an SBOM by CycloneDX 1.6, where PEP 770 says.

Everything else about the package stands in `pyproject.toml`.
"""

import json
import re
from pathlib import Path
from typing import Any

from setuptools import setup
from setuptools.command.bdist_wheel import bdist_wheel

_ROOT = Path(__file__).parent
_LOCKED = re.compile(r"^([\w.-]+)==([^\s;]+)(?: ; (.+?))? \\$", re.MULTILINE)


class WheelWithParts(bdist_wheel):
    def write_wheelfile(self, wheelfile_base: str, *named: Any, **given: Any) -> None:
        super().write_wheelfile(wheelfile_base, *named, **given)
        file = Path(wheelfile_base, "sboms", "volunteer-certificates.cdx.json")
        file.parent.mkdir(exist_ok=True)
        version = self.distribution.get_version()
        file.write_text(json.dumps(bill_of_materials(version), indent=1) + "\n", encoding="utf-8")
        # What may read a file is said to every installation, whoever has built the wheel.
        for packed in filter(Path.is_file, Path(self.bdist_dir).rglob("*")):
            packed.chmod(0o644)


def bill_of_materials(version: str) -> dict[str, Any]:
    """Neither a time nor a serial number is in it: the same source makes the same bytes."""
    lock = (_ROOT / "requirements.lock").read_text(encoding="utf-8")
    manifest = json.loads((_ROOT / "fonts" / "manifest.json").read_text(encoding="utf-8"))
    product = _package("volunteer-certificates", version, "application")
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": product},
        "components": [
            *(_needed(*found) for found in _LOCKED.findall(lock)),
            *(_font(face) for face in manifest["faces"]),
        ],
    }


def _package(name: str, version: str, kind: str = "library") -> dict[str, Any]:
    purl = f"pkg:pypi/{name}@{version}"
    return {"type": kind, "bom-ref": purl, "name": name, "version": version, "purl": purl}


def _needed(name: str, version: str, condition: str) -> dict[str, Any]:
    """Where it is needed only under a condition (PEP 508), with that one."""
    where = [{"name": "environment marker", "value": condition}] if condition else []
    return _package(name, version) | ({"properties": where} if where else {})


def _font(face: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "file",
        "name": f"fonts/{face['file']}",
        "version": face["version"],
        "description": face["origin"],
        "hashes": [{"alg": "SHA-256", "content": face["sha256"]}],
        "licenses": [{"license": {"id": face["licence"]}}],
    }


setup(cmdclass={"bdist_wheel": WheelWithParts})
