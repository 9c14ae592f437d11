"""Runs the examples in docs/api.md, unchanged, against a real server with its own index."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.harness.service import serving
from index.storage.data_folder import DataFolder

pytestmark = pytest.mark.e2e
DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "api.md"
ADDRESS = "http://127.0.0.1:8000"
MARK = "----- the next example -----"


def blocks(language: str) -> list[str]:
    """Return the examples in the given language, in the order in which they appear in the document."""
    return re.findall(rf"^```{language}\n(.*?)^```", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


@pytest.fixture
def url(sample_index: DataFolder, tmp_path: Path) -> Iterator[str]:
    """The address of a service on which the examples in one test may add and remove reports."""
    data = tmp_path / "data"
    shutil.copytree(sample_index.root, data)
    with serving(data) as address:
        yield address


@pytest.fixture
def document(url: str) -> dict[str, Any]:
    """The OpenAPI document that the service serves."""
    with urllib.request.urlopen(f"{url}/api/v1/openapi.json", timeout=30) as reply:  # noqa: S310 - our own server
        served: dict[str, Any] = json.load(reply)
    return served


@pytest.fixture
def folder(tmp_path: Path, samples: Path) -> Path:
    """A folder with the files that the examples name, and settings that make curl fail on an HTTP error."""
    for name in ("carrowby", "pellbrook"):
        text = f"# Inspectors visit {name.title()}\n\nChildren in {name.title()} are safe. Caseloads average 15.\n"
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    (tmp_path / ".curlrc").write_text("show-error\nfail-with-body\n", encoding="utf-8")
    return tmp_path


def run(script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    if missing := [name for name in ("bash", "curl", "jq", "python3") if shutil.which(name) is None]:
        pytest.fail(f"no {missing[0]}: install it, or the examples of docs/api.md cannot be run")
    bash = shutil.which("bash") or ""
    return subprocess.run(
        [bash, "-euo", "pipefail", "-c", script],
        cwd=folder,
        env={"PATH": "/usr/local/bin:/usr/bin:/bin", "CURL_HOME": str(folder), "NO_PROXY": "127.0.0.1"},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


def read(text: str) -> list[Any]:
    """Return the JSON values in the output, in order. For events, return their data."""
    lines = [line.removeprefix("data: ") for line in text.splitlines() if not line.startswith(("event: ", ": "))]
    found, rest, decoder = [], "\n".join(lines).strip(), json.JSONDecoder()
    while rest:
        value, end = decoder.raw_decode(rest)
        found.append(value)
        rest = rest[end:].lstrip()
    return found


def test_every_example_works_and_returns_json(url: str, folder: Path) -> None:
    *examples, refused = blocks("sh")
    assert len(examples) >= 12
    script = f"\necho '{MARK}'\n".join(examples).replace(ADDRESS, url)
    done = run(script.replace("carrowby.pdf", "carrowby.md").replace("pellbrook.pdf", "pellbrook.md"), folder)
    assert done.returncode == 0, f"{done.stdout[-2000:]}\n{done.stderr}"
    outputs = done.stdout.split(f"{MARK}\n")
    assert len(outputs) == len(examples)
    for example, output in zip(examples, outputs, strict=True):
        asked = len(re.findall(r"\bcurl\b", example)) - len(re.findall(r"\$\(curl\b", example))
        deleted = "-X DELETE" in example and "conversations" in example  # a reply with status 204 has no body
        given = read(output)
        assert len(given) >= asked - deleted, f"{example}\ngave:\n{output[:500]}"
    [revalidated] = [out for example, out in zip(examples, outputs, strict=True) if "If-None-Match" in example]
    assert 304 in read(revalidated)

    ended = [one for output in outputs for one in read(output) if isinstance(one, dict) and one.get("state")]
    assert {"done"} <= {job["state"] for job in ended}
    told = run(refused.replace(ADDRESS, url), folder)
    assert told.returncode != 0
    [problem] = read(told.stdout)
    assert (problem["type"], problem["status"]) == ("/problems/unknown-report", 404)


def test_the_python_example_works(url: str, folder: Path) -> None:
    [example] = blocks("python")
    shutil.copy(DOCUMENT.parents[1] / "web" / "client.py", folder / "client.py")
    (folder / "wanted.md").write_text("# Inspectors visit Northwold\n\nSupervision in Northwold is monthly.\n")
    script = example.replace(ADDRESS, url).replace("carrowby.pdf", "wanted.md")
    (folder / "example.py").write_text(script, encoding="utf-8")
    done = run("python3 example.py", folder)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1].startswith("/problems/invalid-question question ")
    assert re.search(r"^Done \d+ \d+$", done.stdout, re.MULTILINE)


def test_every_error_is_documented_with_its_status(document: dict[str, Any]) -> None:
    served = {
        (example["value"]["type"], example["value"]["status"])
        for example in document["components"]["examples"].values()
    }
    listed = re.findall(r"^\| `(/problems/[a-z-]+)` \| (\d+) \|", DOCUMENT.read_text(encoding="utf-8"), re.MULTILINE)
    named = {(type_, int(status)) for type_, status in listed}
    assert served - named == set()
    assert named - served == {("/problems/method-not-allowed", 405)}


def test_every_address_is_documented(document: dict[str, Any]) -> None:
    text = re.sub(r"\{[a-z_]+\}", "{}", DOCUMENT.read_text(encoding="utf-8"))
    for path, methods in document["paths"].items():
        plain = re.sub(r"\{[a-z_]+\}", "{}", path)
        for method in methods:
            if not path.endswith("openapi.json"):
                assert re.search(rf"{method.upper()} {re.escape(plain)}[`?]", text), f"{method} {path}"
