"""Texts to vectors without torch: the encoder's weights as a graph. sentence-transformers stays the reference."""

from __future__ import annotations

import json
import os
import threading

os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")  # before import: forks after use would deadlock or warn

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Encoding, Tokenizer

from index.encoding import bert_graph
from index.encoding.batching import TEXT_BATCHES, BatchShapes
from index.encoding.bert_graph import Shape
from index.encoding.encoder_files import DEFAULT_NAME, encoder_folder, published_revision, revision_of
from index.encoding.mapped_weights import MappedWeights
from index.encoding.openvino_runtime import Graph, Inputs, Model, fastest_precision, processor_count
from index.encoding.pair_weights import PairWeights
from index.encoding.word_pieces import max_tokens
from index.errors import EncoderUnavailable, UnknownArchitecture
from index.types import Rows, Vectors

_STEPS = ("sentence_transformers.models.Transformer", "sentence_transformers.models.Pooling")


class GraphEncoder:
    """A BERT encoder with mean pooling, computed in bf16 where the processor does so natively, else in fp32."""

    def __init__(
        self,
        weights: MappedWeights,
        shape: Shape,
        tokenizer: Tokenizer,
        graph: Callable[[], Graph],
        *,
        name: str,
        revision: str,
        most: int,
    ) -> None:
        self._weights = weights
        self._shape = shape
        self._tokenizer = tokenizer
        self._graph = graph
        self._name = name
        self._revision = revision
        self._most = most
        self._lock = threading.Lock()

    @classmethod
    def open(cls, where: str | None = None) -> GraphEncoder:
        """Load the default weights, or those in a folder or under a hub's name; the graph is compiled meanwhile.

        Raises EncoderUnavailable where they are missing or altered, UnknownArchitecture where they are of a kind that
        sentence-transformers alone computes.
        """
        folder = encoder_folder(where)
        beside = ThreadPoolExecutor(2)
        revision = beside.submit(revision_of if where else published_revision, folder)
        shape = _shape(folder)
        weights, tokenizer = _loaded(folder, shape)
        graph = beside.submit(lambda: Graph(bert_graph.vectors(weights, shape), fastest_precision()))
        beside.shutdown(wait=False)  # whoever needs the graph waits for it: to ask, more has to be opened meanwhile
        return cls(
            weights,
            shape,
            tokenizer,
            graph.result,
            name=where or DEFAULT_NAME,
            revision=revision.result(),
            most=max_tokens(folder),
        )

    @property
    def name(self) -> str:
        """What a person calls the model."""
        return self._name

    @property
    def revision(self) -> str:
        """The first digits of the weights' sha256."""
        return self._revision

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._shape.width

    @property
    def max_tokens(self) -> int:
        """Word pieces read of a text, special tokens included."""
        return self._most

    @property
    def precision(self) -> str:
        """Number format that texts are computed in."""
        return "bf16" if fastest_precision() == "bf16" else "fp32"

    def pair_model(self, weights: PairWeights) -> Model:
        """The layers that read pairs of texts, upon this encoder's word pieces."""
        return bert_graph.logits(self._weights, weights, self._shape)

    def word_pieces(self, texts: Sequence[str]) -> list[Encoding]:
        """Texts as word pieces, at most as many as the encoder reads."""
        return self._cut(list(texts), self._most)

    def pair_pieces(self, pairs: Sequence[tuple[str, str]], most: int) -> list[Encoding]:
        """Pairs of texts as word pieces, at most so many: what is too long is cut from the longer of the two."""
        return self._cut(list(pairs), most)

    def batches(
        self, pieces: Sequence[Encoding], cutting: BatchShapes = TEXT_BATCHES, **beside: npt.NDArray[np.float32]
    ) -> Iterator[tuple[Rows, Inputs]]:
        """Texts as a graph takes them, some at a time, the longest first: their numbers, and its inputs.

        ``beside`` are among these. An input may have more rows than there are texts, and columns than there are word
        pieces: those are padding.
        """
        places = len(self._weights["embeddings.position_embeddings.weight"])
        for numbers in reversed(cutting.split([len(text.ids) for text in pieces])):
            some = [pieces[number] for number in numbers]
            rows, columns = cutting.shape([len(text.ids) for text in some])
            columns = min(columns, places)
            ids, types, mask = (
                _filled([getattr(text, name) for text in some], (rows, columns))
                for name in ("ids", "type_ids", "attention_mask")
            )
            mask[len(numbers) :, 0] = 1  # of nothing there would be no mean
            more = {name: np.resize(values[numbers], (rows, *values.shape[1:])) for name, values in beside.items()}
            embedded = bert_graph.embedded(self._weights, ids, types)
            yield np.array(numbers), {"pieces": embedded, "mask": mask.astype(np.float32), **more}

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of questions."""
        return self._encoded(texts)

    def begin_query(self, text: str) -> Callable[[], Vectors]:
        """Begin to compute the vector of one question: no thread of Python is at work meanwhile."""
        ((_, inputs),) = self.batches(self.word_pieces([text]))
        ended = self._graph().begin(inputs)
        return lambda: ended()[:1]

    def encode_document(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of passages, or of their sentences."""
        return self._encoded(texts)

    def _encoded(self, texts: Sequence[str]) -> Vectors:
        """Texts of like length together, on all processors where there are several batches."""
        found = np.empty((len(texts), self.dimension), dtype=np.float32)
        batches, graph = list(self.batches(self.word_pieces(texts))), self._graph()
        with ThreadPoolExecutor(processor_count()) as threads:
            run = map if len(batches) == 1 else threads.map
            for (rows, _), some in zip(batches, run(graph.run, (inputs for _, inputs in batches)), strict=True):
                found[rows] = some[: len(rows)]
        return found

    def _cut(self, texts: list[str] | list[tuple[str, str]], most: int) -> list[Encoding]:
        with self._lock:  # the limit is the tokenizer's own, and others ask at the same time
            self._tokenizer.no_padding()
            self._tokenizer.enable_truncation(most)
            return list(self._tokenizer.encode_batch(texts))


def _filled(rows: Sequence[list[int]], shape: tuple[int, int]) -> npt.NDArray[np.int64]:
    """Rows of numbers as a table of a shape, zeros where there are none."""
    table = np.zeros(shape, dtype=np.int64)
    for number, row in enumerate(rows):
        table[number, : len(row)] = row
    return table


def _shape(folder: Path) -> Shape:
    """What the model in a folder is made of. Raises UnknownArchitecture."""
    try:
        shape = Shape.of(_read(folder / "config.json"))
        _check_steps(folder)
    except (OSError, ValueError, KeyError) as error:
        raise UnknownArchitecture(f"The encoder in {folder} is not computed as a graph: {error}") from error
    return shape


def _loaded(folder: Path, shape: Shape) -> tuple[MappedWeights, Tokenizer]:
    """The weights and the tokenizer. Raises EncoderUnavailable, or UnknownArchitecture where tensors are lacking."""
    try:
        weights = MappedWeights.open(folder / "model.safetensors")
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    except Exception as error:  # tokenizers raises no other
        raise EncoderUnavailable(f"The encoder in {folder} does not load: {error}") from error
    if missing := bert_graph.names(shape) - weights.keys():
        raise UnknownArchitecture(f"The encoder in {folder} lacks {min(missing)}, or its numbers are of another sort")
    return weights, tokenizer


def _read(path: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads(path.read_text(encoding="utf-8"))
    return found


def _check_steps(folder: Path) -> None:
    """Raise ValueError unless a model is its layers, the mean over them, and perhaps the scaling to length 1."""
    if not (folder / "model.safetensors").is_file():
        raise ValueError("its weights are not in model.safetensors")
    steps = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
    kinds = [str(step["type"]) for step in steps]
    if tuple(kinds[:2]) != _STEPS or any(not kind.endswith(".Normalize") for kind in kinds[2:]):
        raise ValueError(f"its steps are {', '.join(kinds)}")
    pooling = _read(folder / steps[1]["path"] / "config.json")
    modes = [name for name, on in pooling.items() if name.startswith("pooling_mode_") and on]
    if modes != ["pooling_mode_mean_tokens"]:
        raise ValueError(f"its pooling is {', '.join(modes)}")
