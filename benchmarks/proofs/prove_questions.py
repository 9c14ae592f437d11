"""Measure answers to questions about facts, on the real reports next to the checkout: ``make prove-questions``.

To run only some parts, name them. If you have a data folder with an index of the real reports, name it first.
``--before PATH`` compares the speed with that of another checkout, which uses the interpreter in its own ``.venv``.
``--show`` prints the questions that are not answered correctly, with the expected answers.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from benchmarks.harness.figures import Proof
from benchmarks.harness.service import SHARED, build_real_reports, require_real_reports, serving
from benchmarks.proofs.questions import cases, citations, composed, cross_check, facts, speed, unknown
from benchmarks.proofs.questions.asking import asked_as_json, open_answerer

_PARTS = ("facts", "unknown", "random", "cases", "speed")


def main() -> None:
    """Run all parts, or the parts named on the command line."""
    arguments = _arguments()
    require_real_reports()
    proof = Proof("questions")
    with tempfile.TemporaryDirectory(prefix="prove-questions-") as name:
        folder, data = Path(name), arguments.data
        if data is None:
            data = folder / "data"
            proof.add("build: exit status", build_real_reports(data).returncode, "=", 0)
        _asked_in_this_process(proof, data, arguments)
        if "cases" in arguments.parts:
            cases.prove(proof, folder / "cases", show=arguments.show)
        if "speed" in arguments.parts:
            speed.prove(proof, data, folder / "speed", arguments.before)
    if set(arguments.parts) != set(_PARTS):
        proof.add("parts left out", ", ".join(part for part in _PARTS if part not in arguments.parts))
    proof.finish()


def _asked_in_this_process(proof: Proof, data: Path, arguments: argparse.Namespace) -> None:
    """Run the parts that use only the reports that people read by eye."""
    if not {"facts", "unknown", "random"} & set(arguments.parts):
        return
    with composed.sql_shapes() as shapes:
        ask = asked_as_json(open_answerer(data))
        if "facts" in arguments.parts:
            cross_check.prove(proof, SHARED / "eval" / "judgements-dev.jsonl")
            asked = facts.prove(proof, ask, show=arguments.show)
            folders = [folder for folder in (SHARED / "reports", SHARED / "seeds") if folder.is_dir()]
            citations.prove(proof, asked, folders, show=arguments.show)
        if "unknown" in arguments.parts:
            unknown.prove(proof, ask, show=arguments.show)
        if "random" in arguments.parts:
            with serving(data) as url:
                composed.prove(proof, ask, shapes, [case["question"] for case in facts.all_cases()], url)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="prove_questions", description=__doc__)
    parser.add_argument(
        "named", nargs="*", metavar="DATA or PART", help=f"a data folder, or any of {', '.join(_PARTS)}"
    )
    parser.add_argument("--before", type=Path, help="a checkout of an earlier commit")
    parser.add_argument("--show", action="store_true", help="print the questions that are not answered right")
    arguments = parser.parse_args()
    folders = [word for word in arguments.named if word not in _PARTS]
    if len(folders) > 1 or not all(Path(folder).is_dir() for folder in folders):
        parser.error(f"give one data folder and any of the parts {', '.join(_PARTS)}, not {', '.join(folders)}")
    arguments.data = Path(folders[0]) if folders else None
    arguments.parts = [word for word in arguments.named if word in _PARTS] or list(_PARTS)
    return arguments


if __name__ == "__main__":
    main()
