#!/usr/bin/env python3
"""What ipsite is made of, as a CycloneDX 1.6 document in JSON: `python tools/sbom.py OUT`.

Made from the lock alone, without the net and without a clock: the same lock gives the same bytes. The checksums are
those of every file that the lock allows for a package.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
import uuid
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements" / "site.txt"
_ENTRY = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)\s*(?:;\s*([^\\\n]+?))?\s*\\?$")
_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://cyclonedx.org/")  # names that are made by counting, not by chance


def packages(lock: str) -> list[dict[str, Any]]:
    """Each locked package: name, version, when it is needed, checksums, and what asks for it."""
    found: list[dict[str, Any]] = []
    for line in lock.splitlines():
        if match := _ENTRY.match(line):
            found.append(
                {"name": match[1].lower(), "version": match[2], "when": match[3] or "", "hashes": [], "via": []}
            )
        elif found and (checksum := re.search(r"--hash=sha256:([0-9a-f]{64})", line)):
            found[-1]["hashes"].append(checksum[1])
        elif found and (asked := re.match(r"^    #\s+(?:via )?([A-Za-z0-9._-]+)", line)) and asked[1] != "via":
            found[-1]["via"].append(asked[1].lower())
    return found


def sbom(lock: str, project: dict[str, Any]) -> dict[str, Any]:
    """The document for a lock and the `[project]` of pyproject.toml."""
    locked = packages(lock)
    own = f"{project['name']}@{project['version']}"
    asks: dict[str, set[str]] = {own: set(), **{_ref(item): set() for item in locked}}
    for item in locked:
        for parent in item["via"]:  # one name may be locked in several versions, for different machines
            for ref in [_ref(other) for other in locked if other["name"] == parent] or [own]:
                asks[ref].add(_ref(item))
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(_SPACE, own + lock)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": own,
                "name": project["name"],
                "version": project["version"],
                "description": project["description"],
            }
        },
        "components": [_component(item) for item in locked],
        "dependencies": [{"ref": ref, "dependsOn": sorted(asked)} for ref, asked in sorted(asks.items())],
    }


def _ref(item: dict[str, Any]) -> str:
    return f"pkg:pypi/{item['name']}@{item['version']}"


def _component(item: dict[str, Any]) -> dict[str, Any]:
    purl = _ref(item)
    made: dict[str, Any] = {"type": "library", "bom-ref": purl, "name": item["name"], "version": item["version"]}
    made |= {"purl": purl, "hashes": [{"alg": "SHA-256", "content": value} for value in sorted(item["hashes"])]}
    if item["when"]:
        made["properties"] = [{"name": "ipsite:when", "value": item["when"]}]
    return made


def main() -> None:
    """Write the document of the site's lock to the file that is named."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    text = json.dumps(sbom(LOCK.read_text("utf-8"), project), ensure_ascii=False, indent=2)
    Path(sys.argv[1]).write_text(f"{text}\n", "utf-8")


if __name__ == "__main__":
    main()
