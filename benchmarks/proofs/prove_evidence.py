"""Run again what finding the evidence must show, on the real reports beside the checkout. “make prove-evidence”.

About half an hour on two cores: most of it is the ablation, which asks 450 questions once for each part left out.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import random
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.cross_encoder.gather import HELD_OFF, OFF_TOPIC
from benchmarks.harness.figures import Proof
from benchmarks.harness.golden_questions import unpacked
from benchmarks.harness.service import QA_SERVICE, SHARED, post, run, score, serving
from benchmarks.measurements.conversations import SECOND, understood
from index.encoding.encoders import open_encoder
from index.storage.data_folder import DataFolder
from qa_service.answering.ablation import PLAIN_HYBRID, Mechanism
from qa_service.answering.pipeline import Answerer
from qa_service.evaluation.metrics import differences, figures, intervals
from qa_service.evaluation.run import GoldenQuestion, Result, evaluate, load_questions
from qa_service.evaluation.tables import ablation_table, figures_table
from qa_service.types import Question

_AT_LEAST = {
    "recall@5": 0.85, "recall@10": 0.93, "mrr@10": 0.75, "answer": 0.70, "page": 0.95, "refused": 0.90, "kept": 0.95,
    "auroc": 0.93,
}  # fmt: skip
_EXACTLY = {"cited": 1.0, "quoted": 1.0, "findings": 1.0, "genuine": 1.0, "strays": 0.0}
_EXACTLY_OWN = {"cited": 1.0, "quoted": 1.0, "strays": 0.0}
_RESTARTS, _TIMES = 3, 1000
_COMPARED = ("recall@5", "recall@10", "mrr@10", "answer")


def main() -> None:
    """Measure by the scorer first, then what it does not see."""
    if not (SHARED / "reports").is_dir():
        sys.exit(f"The real reports are not at {SHARED}: this proof needs them.")
    proof = Proof("evidence")
    with tempfile.TemporaryDirectory(prefix="prove-evidence-") as folder:
        data = Path(folder) / "data"
        reports, seeds = str(SHARED / "reports"), str(SHARED / "seeds")
        built = run([*QA_SERVICE, "build", "--reports", reports, "--reports", seeds], data)
        proof.add("build: exit status", built.returncode, "=", 0)
        own = Path(folder) / "own.jsonl"
        own.write_text("".join(json.dumps(question) + "\n" for question in unpacked()), encoding="utf-8")
        with serving(data) as url:
            _by_scorer(proof, url, Path(folder))
            _own(proof, url, own, Path(folder))
        _same_bytes(proof, data)
        answerer = Answerer.open(DataFolder(data), open_encoder())
        _conversations(proof, answerer)
        _off_topic(proof, answerer)
        _gains(proof, data, SHARED / "eval" / "dev.jsonl", own)
    proof.finish()


def _by_scorer(proof: Proof, url: str, folder: Path) -> None:
    """The development questions, all, by kind, and those whose evidence is in PDFs."""
    rows, values = _scored(url, SHARED / "eval" / "dev.jsonl", folder / "dev.rows")
    for name, bound in _AT_LEAST.items():
        proof.add(f"dev: {name}", values[name], "≥", bound)
    for name, bound in _EXACTLY.items():
        proof.add(f"dev: {name}", values[name], "=", bound)
    proof.add("dev: failed requests", values["failed"], "=", 0)
    proof.add("dev: milliseconds, median", values["p50_ms"])
    proof.add("dev: milliseconds, 95% within", values["p95_ms"])
    in_pdf = {
        line["id"]
        for line in map(json.loads, (SHARED / "eval" / "dev.jsonl").read_text(encoding="utf-8").splitlines())
        if line["gold"] and all(piece["file"].endswith(".pdf") for piece in line["gold"])
    }
    for name in ("recall@5", "recall@10"):
        share = _mean(row[name] for row in rows if row["id"] in in_pdf)
        proof.add(f"dev, {len(in_pdf)} questions on PDFs: {name}", share, "≥", _AT_LEAST[name])
    kinds: dict[str, list[float]] = defaultdict(list)
    for row in rows:
        if row["answerable"]:
            kinds[row["kind"]].append(row["recall@5"])
    for kind, recalls in sorted(kinds.items()):
        proof.add(f"dev, {kind}: recall@5", _mean(recalls), "≥", 0.70)


def _own(proof: Proof, url: str, own: Path, folder: Path) -> None:
    """Our own questions: told beside the others, and held to nothing but what is exact."""
    rows, values = _scored(url, own, folder / "own.rows")
    proof.add("own questions: answerable", sum(row["answerable"] for row in rows), "≥", 200)
    proof.add("own questions: without an answer", sum(not row["answerable"] for row in rows), "≥", 100)
    for name in _AT_LEAST:
        proof.add(f"own: {name}", values[name])
    for name, bound in _EXACTLY_OWN.items():
        proof.add(f"own: {name}", values[name], "=", bound)


def _scored(url: str, questions: Path, out: Path) -> tuple[list[dict[str, Any]], dict[str, float]]:
    values = score(url, questions, "--out", str(out))
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()], values


def _same_bytes(proof: Proof, data: Path) -> None:
    """Ten questions, asked again and again over several starts: each has one answer, byte for byte."""
    lines = (SHARED / "eval" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    asked = [{"question": q["question"], "history": q["history"]} for q in map(json.loads, lines[::12])]
    digests: dict[str, set[str]] = defaultdict(set)
    count = 0
    for _ in range(_RESTARTS):
        with serving(data) as url:
            for number in range(-(-_TIMES // _RESTARTS)):
                body = asked[number % len(asked)]
                _, reply = post(url, body)
                del reply["took_ms"]
                digests[body["question"]].add(hashlib.sha256(json.dumps(reply).encode()).hexdigest())
                count += 1
    proof.add(f"answers asked for over {_RESTARTS} starts", count, "≥", _TIMES)
    proof.add("different answers to one question", max(map(len, digests.values())), "=", 1)


def _conversations(proof: Proof, answerer: Answerer) -> None:
    by_conversation: dict[str, list[bool]] = defaultdict(list)
    for turn in understood(answerer.index.store.reports):
        by_conversation[turn.conversation].append(not turn.faults)
        for fault in turn.faults:
            print(f"  {turn.conversation}, turn {turn.number}: {turn.question}: {fault}")
    turns = [right for rights in by_conversation.values() for right in rights]
    proof.add("conversations", len(by_conversation), "≥", 150)
    proof.add("turns understood", _mean(turns))
    proof.add("conversations understood, every turn", _mean(map(all, by_conversation.values())), "≥", 0.95)
    second = [not turn.faults for turn in understood(answerer.index.store.reports, SECOND)]
    proof.add("turns understood of sixty conversations by another hand", _mean(second))


def _off_topic(proof: Proof, answerer: Answerer) -> None:
    """Questions on other subjects, each naming an authority; one in six was kept from the cross-encoder's training."""
    names = sorted({report.authority for report in answerer.index.store.reports if report.authority})
    chance = random.Random(1)  # noqa: S311 - the same places each time
    for kept, templates in (("kept from training", slice(None, None, HELD_OFF)), ("all", slice(None))):
        asked = [
            t.format(place=p) for t in OFF_TOPIC.read_text().splitlines()[templates] for p in chance.sample(names, 5)
        ]
        refused = [not answerer.answer(Question(question)).answered for question in asked]
        proof.add(f"off the subject, {kept} ({len(asked)}): refused", _mean(refused))


def _gains(proof: Proof, data: Path, dev: Path, own: Path) -> None:
    """What is gained over a plain hybrid on both sets, and what each part brings; each way of asking in a process."""
    ways: list[tuple[Mechanism, ...]] = [(), tuple(PLAIN_HYBRID), *((mechanism,) for mechanism in Mechanism)]
    context = multiprocessing.get_context("spawn")
    with context.Pool(os.cpu_count(), initializer=_open, initargs=(data, dev, own)) as pool:
        whole, plain, *partial = pool.map(_ask, ways, chunksize=1)
    gained = {}
    for number, name in enumerate(("dev", "own")):
        results, hybrid = whole[number], plain[number]
        print(f"\n{name}, all parts:\n{figures_table(results)}\n{name}, plain hybrid:\n{figures_table(hybrid)}")
        gained[name] = differences(hybrid, results, _COMPARED)
        for measure, interval in intervals(results, ("refused", "auroc")).items():
            if interval is not None:
                proof.add(f"{name}: {measure}, 95% interval", f"{interval[0]:.2f} to {interval[1]:.2f}")
        proof.add(f"{name}: plain hybrid, recall@5", figures(hybrid)["recall@5"] or 0.0)
    for measure in _COMPARED:
        _overlap(proof, measure, gained["dev"][measure], gained["own"][measure])
    both = [*whole[0], *whole[1]]
    lost = {
        mechanism.value: differences(both, [*without[0], *without[1]])
        for mechanism, without in zip(Mechanism, partial, strict=True)
    }
    print(f"\nBoth sets, each part out in turn; * where the interval leaves out nothing lost:\n{ablation_table(lost)}")


_asker: tuple[Answerer, list[GoldenQuestion], list[GoldenQuestion]]
"""Of each process of the pool."""


def _open(data: Path, dev: Path, own: Path) -> None:
    """Runs in each process as it starts."""
    global _asker
    _asker = (Answerer.open(DataFolder(data), open_encoder()), load_questions(dev), load_questions(own))


def _ask(without: tuple[Mechanism, ...]) -> tuple[list[Result], list[Result]]:
    """Both sets, asked with some parts left out."""
    answerer, dev, own = _asker
    partial = answerer.leaving_out(*without) if without else answerer
    dev_results, own_results = ([*map(_plain, evaluate(partial, questions))] for questions in (dev, own))
    return dev_results, own_results


def _plain(result: Result) -> Result:
    """A result that can go from process to process."""
    return replace(result, stages=dict(result.stages) if result.stages else None)


def _overlap(
    proof: Proof,
    measure: str,
    dev: tuple[float, tuple[float, float]] | None,
    own: tuple[float, tuple[float, float]] | None,
) -> None:
    if dev is None or own is None:
        proof.add(f"{measure} gained over plain hybrid", "not measured", "≥", 0)
        return
    shown = (f"{gain:+.3f} ({low:+.3f} to {high:+.3f})" for gain, (low, high) in (dev, own))
    proof.add(f"{measure} gained over plain hybrid: dev, own", "; ".join(shown))
    together = min(dev[1][1], own[1][1]) - max(dev[1][0], own[1][0])
    proof.add(f"{measure}: the two intervals overlap by", together, "≥", 0.0)


def _mean(values: Iterable[float]) -> float:
    held = list(values)
    return sum(held) / len(held) if held else 0.0


if __name__ == "__main__":
    main()
