"""Measure answers and confidence on the real reports next to the checkout: ``make prove-answers``.

If you have a data folder with an index of the real reports, name it. ``--blind`` also asks the blind questions. Ask
them only once for each version of the cross-encoder, and do not use their results to tune anything.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from benchmarks.harness.figures import Proof
from benchmarks.harness.golden_questions import BLIND, QUESTIONS, unpacked
from benchmarks.harness.intervals import interval_of_mean
from benchmarks.harness.labelled import HELD, Label, labelled
from benchmarks.harness.reports import scorer
from benchmarks.harness.service import (
    QA_SERVICE,
    ROOT,
    SHARED,
    build_real_reports,
    require_real_reports,
    run,
    score,
    serving,
)
from benchmarks.measurements import conversations
from index.encoding.encoders import open_encoder
from index.storage.data_folder import DataFolder
from qa_service import calibration
from qa_service.answering.pipeline import Answerer
from qa_service.evaluation.metrics import figures
from qa_service.evaluation.reliability import diagram, share_right
from qa_service.evaluation.run import Result, evaluate, load_questions
from qa_service.types import Answer, AnswerStatus, Question

FAULTS = ROOT / "tests" / "data" / "answers" / "faults.jsonl"
"""Questions about the samples that were once answered wrongly. Each one lists the words that a right answer contains,
and the words that it must not contain."""
_BOUNDS = {
    "dev": {"recall@5": 0.93, "answer": 0.82, "refused": 1.0, "kept": 0.95, "auroc": 0.99},
    "own": {"recall@5": 0.90, "answer": 0.75, "refused": 0.90, "kept": 0.95, "auroc": 0.96},
    **{which: {"recall@5": 0.85, "answer": 0.72, "refused": 0.90, "kept": 0.95, "auroc": 0.95} for which in BLIND},
}
_CALIBRATION_ERROR, _CLOSE_RIGHT, _FOLLOW_UPS = 0.05, 0.95, 0.90


@dataclass(frozen=True, slots=True)
class Fault:
    """A question, and the properties of a right answer to it."""

    id: str
    question: str
    answered: bool
    history: tuple[str, ...] = ()
    has: tuple[str, ...] = ()
    """Words that the statements or the summary must contain."""
    lacks: tuple[str, ...] = ()
    not_applied: tuple[str, ...] = ()
    reason: str = ""
    """Words that the reason must contain."""

    def is_right(self, answer: Answer) -> bool:
        """Whether an answer has the properties of the right one."""
        text = "\n".join((*(statement.text for statement in answer.statements), answer.reason))
        return (
            answer.answered == self.answered
            and all(words in text for words in self.has)
            and not any(words in text for words in self.lacks)
            and set(self.not_applied) <= set(answer.not_applied)
            and self.reason in answer.reason
        )


def faults(path: Path = FAULTS) -> list[Fault]:
    """Read the questions."""
    lists = ("history", "has", "lacks", "not_applied")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [Fault(**{**row, **{name: tuple(row.get(name, ())) for name in lists}}) for row in rows]


def still_wrong(answerer: Answerer, questions: Iterable[Fault]) -> list[str]:
    """Return the ids of the questions whose answers are not right."""
    return [q.id for q in questions if not q.is_right(answerer.answer(Question(q.question, q.history)))]


def main() -> None:
    """Run all the measurements."""
    arguments = _arguments()
    require_real_reports()
    proof = Proof("answers")
    with tempfile.TemporaryDirectory(prefix="prove-answers-") as name:
        folder, data = Path(name), arguments.data
        if data is None:
            data = folder / "data"
            proof.add("build: exit status", build_real_reports(data).returncode, "=", 0)
        sets = {"dev": SHARED / "eval" / "dev.jsonl", "own": _written(folder, QUESTIONS)}
        if arguments.blind:
            sets |= {which: _written(folder, path) for which, path in BLIND.items()}
        with serving(data) as url:
            for which, path in sets.items():
                values = score(url, path)
                for measure, bound in _BOUNDS[which].items():
                    proof.add(f"{which}: {measure}", values[measure], "≥", bound)
                proof.add(f"{which}: median and 95% of time, ms", f"{values['p50_ms']:.0f}, {values['p95_ms']:.0f}")
        answerer = Answerer.open(DataFolder(data), open_encoder())
        for which, path in sets.items():
            _reliability(proof, which, list(evaluate(answerer, load_questions(path))))
        _held_out(proof, answerer)
        independent = conversations.measure(answerer.index.store.reports, conversations.INDEPENDENT_CONVERSATIONS)
        proof.add("independent conversations: share understood", independent.turns, "≥", _FOLLOW_UPS)
        _faults(proof, folder / "samples")
    proof.finish()


def _written(folder: Path, packed: Path) -> Path:
    path = folder / packed.name
    path.write_text("".join(json.dumps(question) + "\n" for question in unpacked(packed)), encoding="utf-8")
    return path


def _reliability(proof: Proof, which: str, results: list[Result]) -> None:
    """Measure whether the confidence is right. Only the questions that we did not use for tuning have a bound."""
    values = figures(results)
    close = [share_right(r) for r in results if r.answered and r.confidence >= calibration.CLOSE_CONFIDENCE]
    low, high = interval_of_mean(close)
    bound = which in BLIND
    error, right = float(values["calibration_error"] or 0), float(values["close_right"] or 0)
    proof.add(f"{which}: calibration error", error, "≤", _CALIBRATION_ERROR if bound else None)
    proof.add(f"{which}: right, of answers called close", right, "≥", _CLOSE_RIGHT if bound else None)
    proof.add(f"{which}: the same, 95% interval", f"{low:.2f}–{high:.2f}")
    near = [r for r in results if not r.question.evidence]
    called_close = sum(r.answered and r.confidence >= calibration.CLOSE_CONFIDENCE for r in near)
    proof.add(f"{which}: without an answer but called close, of {len(near)}", called_close)
    print(diagram(results))


def _held_out(proof: Proof, answerer: Answerer) -> None:
    """Ask the labelled questions about the authorities that were kept out of training."""
    store = answerer.index.store
    about = {r.sha256[:16] for r in store.all_reports() if r.authority in HELD}
    asked = [question for question in labelled() if question.sentences[0].report in about]
    answered, kept, first = [], [], []
    for question in asked:
        state = answerer.run(Question(question.question), last="answer")
        labels = {(sentence.report, sentence.words): sentence.label for sentence in question.sentences}
        ranked = sorted((e for part in state.evidence_by_part or () for e in part), key=lambda e: -e.score)
        answered.append(question.is_answered)
        kept.append(state.decided.status is AnswerStatus.ANSWERED)
        if question.is_answered and ranked:
            best = ranked[0]
            words = tuple(scorer().words(best.text))
            first.append(labels.get((best.scored.report.sha256[:16], words)) is Label.ANSWERS)
    proof.add("held out of training: questions, with an answer", f"{len(asked)}, {sum(answered)}")
    proof.add("held out: kept", mean(k for k, a in zip(kept, answered, strict=True) if a))
    proof.add("held out: refused", mean(not k for k, a in zip(kept, answered, strict=True) if not a))
    proof.add("held out: first sentence answers", mean(first))


def _faults(proof: Proof, folder: Path) -> None:
    """Ask the questions about the samples that were once answered wrongly."""
    samples = ["--reports", str(ROOT / "corpus" / "samples")]
    proof.add(
        "samples, build: exit status", run([*QA_SERVICE, "build", "--quiet", *samples], folder).returncode, "=", 0
    )
    questions = faults()
    wrong = still_wrong(Answerer.open(DataFolder(folder), open_encoder()), questions)
    proof.add(f"once wrong, of {len(questions)}: right", len(questions) - len(wrong), "≥", len(questions))
    if wrong:
        print(f"still wrong: {', '.join(wrong)}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("data", type=Path, nargs="?", help="data folder with an index of the real reports")
    parser.add_argument("--blind", action="store_true", help="also ask the questions that may be asked only once")
    return parser.parse_args()


if __name__ == "__main__":
    main()
