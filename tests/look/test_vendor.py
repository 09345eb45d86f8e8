"""Files of others that we ship: each is known by version, licence and hash."""

import hashlib
import json
from pathlib import Path

VENDOR = Path(__file__).resolve().parents[2] / "static" / "vendor"
LICENCES = {"OFL-1.1": "OFL.txt"}


def test_each_vendored_file_is_the_one_of_the_manifest():
    manifest = json.loads((VENDOR / "MANIFEST.json").read_text(encoding="utf-8"))
    shipped = {
        path.relative_to(VENDOR).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name not in ("MANIFEST.json", *LICENCES.values())
    }

    assert {name: entry["sha256"] for name, entry in manifest.items()} == shipped


def test_each_vendored_file_has_its_licence_beside_it():
    manifest = json.loads((VENDOR / "MANIFEST.json").read_text(encoding="utf-8"))

    missing = [n for n, e in manifest.items() if not (VENDOR / n).with_name(LICENCES[e["licence"]]).is_file()]

    assert missing == []
