"""Compare our own code for the encoder and its weights with libraries that do the same. ADR 0027 has the figures."""

from __future__ import annotations

import json
import mmap
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import psutil
from tokenizers import Tokenizer

from benchmarks.harness.service import ROOT
from corpus.reading import read
from index.encoding.batching import TEXT_BATCHES
from index.encoding.encoder_files import default_folder, published_revision
from index.encoding.graphs.mapped_weights import MappedWeights
from index.encoding.graphs.openvino_encoder import GraphEncoder
from index.encoding.graphs.openvino_runtime import (  # this blocks telemetry about the conversion below
    Graph,
    Model,
    fastest_precision,
    ov,
)
from index.encoding.word_pieces import max_tokens
from qa_service.samples import sample_folder

Encode = Callable[[Sequence[str]], Any]
RUNS, REFERENCE = 5, "sentence-transformers"
INPUTS = ("input_ids", "attention_mask", "token_type_ids")


def _ours(_: Path) -> Encode:
    return GraphEncoder.open().encode_document


def _ours_by_safetensors(folder: Path) -> Encode:
    """Return an encoder with the same graph, built from weights that safetensors has copied."""
    from safetensors.numpy import load_file

    def copied(path: Path) -> MappedWeights:
        return MappedWeights(mmap.mmap(-1, 1), {name: t for name, t in load_file(path).items() if t.dtype.kind == "f"})

    MappedWeights.open = copied  # type: ignore[method-assign]
    return _ours(folder)


def _module() -> Any:
    from sentence_transformers import SentenceTransformer as Module

    return Module(str(default_folder()), device="cpu", local_files_only=True).eval()


def _converted(folder: Path) -> Encode:
    """Return an encoder that convert_model makes from the torch module, and save its graph for the next encoder."""
    import torch

    class Named(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = _module()

        def forward(self, *inputs: Any) -> Any:
            return self.model(dict(zip(INPUTS, inputs, strict=True)))["sentence_embedding"]

    del sys.modules["openvino.tools.ovc"]
    from openvino.tools.ovc import convert_model

    with torch.inference_mode():
        model = convert_model(Named(), example_input=tuple(torch.ones((2, 8), dtype=torch.int64) for _ in INPUTS))
    for port, name in zip(model.inputs, INPUTS, strict=True):
        port.get_tensor().set_names({name})
    ov.save_model(model, folder / "encoder.xml", compress_to_fp16=False)
    return _by_ids(model)


def _from_file(folder: Path) -> Encode:
    published_revision(default_folder())  # make this call, because our encoder makes it as well
    return _by_ids(ov.Core().read_model(folder / "encoder.xml"))


def _by_ids(model: Any) -> Encode:
    """Return an encoder with the same batches as ours, and with a graph that contains the table of word pieces."""
    tokenizer = Tokenizer.from_file(str(default_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(max_tokens(default_folder()))
    graph = Graph(Model(model, ()), fastest_precision())

    def encode(texts: Sequence[str]) -> Any:
        pieces, found, batches = tokenizer.encode_batch(list(texts)), np.empty((len(texts), 384), np.float32), []
        for numbers in reversed(TEXT_BATCHES.split([len(text.ids) for text in pieces])):
            tables = np.zeros((3, *TEXT_BATCHES.shape([len(pieces[number].ids) for number in numbers])), np.int64)
            tables[1, len(numbers) :, 0] = 1  # a row without any word pieces would have no mean
            for row, text in enumerate(pieces[number] for number in numbers):
                tables[:, row, : len(text.ids)] = text.ids, text.attention_mask, text.type_ids
            batches.append((numbers, dict(zip(INPUTS, tables, strict=True))))
        with ThreadPoolExecutor(2) as threads:
            for numbers, some in threads.map(lambda batch: (batch[0], graph.run(batch[1])), batches):
                found[numbers] = some[: len(numbers)]
        return found

    return encode


ENCODERS: dict[str, Callable[[Path], Encode]] = {
    REFERENCE: lambda _: _module().encode,
    "convert_model": _converted,
    "its IR in a file": _from_file,
    "ours, by safetensors": _ours_by_safetensors,
    "ours": _ours,
}


def child(name: str, folder: Path) -> None:
    """Print how long the first vector took, the memory use of the process, and its later speed on passages."""
    encode = ENCODERS[name](folder)
    encode(["Children are safe."])
    first = time.time() - psutil.Process().create_time()
    memory = dict(re.findall(r"(\w+): +(\d+) kB", Path("/proc/self/smaps_rollup").read_text()))
    texts = [text for path in sorted(sample_folder().glob("*.pdf")) for text in read(path).text.split("\n\n")][:24]
    encode(texts)
    began = time.process_time()
    np.save(folder / name, encode(texts))
    rate, own = len(texts) / (time.process_time() - began), int(memory["Anonymous"]) >> 10
    print(json.dumps({"s to a first vector": first, "MB of its own": own, "passages a CPU s": rate}))


def main() -> None:
    """Run the encoders in turn, each time in a new process, and print the figures."""
    took: dict[str, list[dict[str, float]]] = {name: [] for name in ENCODERS}
    with tempfile.TemporaryDirectory() as folder:
        for name in [*ENCODERS, *[*ENCODERS][2:] * RUNS]:  # run the first two only once: torch is slow
            command = [sys.executable, "-m", "benchmarks.measurements.own_code", name, folder]
            done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
            took[name].append(json.loads(done.stdout.splitlines()[-1]))
        vectors = {name: np.load(f"{folder}/{name}.npy") for name in ENCODERS}
    for name, results in took.items():
        print(f"{name}: no number is further than {np.abs(vectors[name] - vectors[REFERENCE]).max():.1e} from it")
        for what in results[0]:
            ratio = median(one[what] / ours[what] for one, ours in zip(results, took["ours"], strict=False))
            print(f"    {what:24}{median(one[what] for one in results):9.2f}{ratio:9.2f} of ours")


if __name__ == "__main__":
    child(sys.argv[1], Path(sys.argv[2])) if sys.argv[1:] else main()
