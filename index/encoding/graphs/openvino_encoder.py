"""Turns texts into vectors without torch, by running the encoder as an OpenVINO graph.

The tests compare its vectors with those of sentence-transformers.
"""

from __future__ import annotations

import json
import os
import threading

os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")  # set this before the import, or forks would deadlock or warn

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Encoding, Tokenizer

from index.encoding.batching import TEXT_BATCHES, BatchShapes
from index.encoding.context_pieces import ContextPieces, context_pieces
from index.encoding.encoder_files import DEFAULT_NAME, encoder_folder, published_revision, revision_of
from index.encoding.graphs import bert_graph
from index.encoding.graphs.bert_graph import Shape
from index.encoding.graphs.mapped_weights import MappedWeights
from index.encoding.graphs.openvino_runtime import Graph, Inputs, Model, fastest_precision, processor_count
from index.encoding.pair_weights import PairWeights
from index.encoding.word_pieces import max_tokens
from index.errors import EncoderUnavailable, UnknownArchitecture
from index.types import Rows, SentenceInContext, Vectors

_STEPS = ("sentence_transformers.models.Transformer", "sentence_transformers.models.Pooling")


class GraphEncoder:
    """A BERT encoder with mean pooling.

    It runs in bf16 if the processor supports it natively, and otherwise in fp32.
    """

    def __init__(
        self,
        weights: MappedWeights,
        shape: Shape,
        tokenizer: Tokenizer,
        graph: Callable[[], Graph],
        *,
        name: str,
        revision: str,
        max_tokens: int,
    ) -> None:
        """Make an encoder. ``graph`` waits until the graph is compiled, and returns it."""
        self._weights = weights
        self._shape = shape
        self._tokenizer = tokenizer
        self._graph = graph
        self._name = name
        self._revision = revision
        self._max_tokens = max_tokens
        self._lock = threading.Lock()

    @classmethod
    def open(cls, where: str | None = None) -> GraphEncoder:
        """Load the default weights, the weights in a folder, or the weights of a model on a hub.

        A thread compiles the graph.

        Raises EncoderUnavailable if the weights are missing or altered, and UnknownArchitecture if only
        sentence-transformers can run the model.
        """
        folder = encoder_folder(where)
        threads = ThreadPoolExecutor(2)
        revision = threads.submit(revision_of if where else published_revision, folder)
        shape = _shape(folder)
        weights, tokenizer = _load_weights(folder, shape)
        graph = threads.submit(lambda: Graph(bert_graph.vectors(weights, shape), fastest_precision()))
        threads.shutdown(wait=False)  # the first text that is encoded waits for the graph
        return cls(
            weights,
            shape,
            tokenizer,
            graph.result,
            name=where or DEFAULT_NAME,
            revision=revision.result(),
            max_tokens=max_tokens(folder),
        )

    @property
    def name(self) -> str:
        """Name of the model, as shown to people."""
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
        """Maximum number of word pieces that the encoder reads from a text, including special tokens."""
        return self._max_tokens

    @property
    def precision(self) -> str:
        """Number format used in the computation."""
        return "bf16" if fastest_precision() == "bf16" else "fp32"

    def pair_model(self, weights: PairWeights) -> Model:
        """Return the graph of a cross-encoder that reads this encoder's word pieces."""
        return bert_graph.logits(self._weights, weights, self._shape)

    def context_model(self, corrections: PairWeights) -> Model:
        """Return the graph of this encoder's own layers with corrections, which reads sentences in their context."""
        return bert_graph.logits_in_context(self._weights, corrections, self._shape)

    def word_pieces(self, texts: Sequence[str]) -> list[Encoding]:
        """Split texts into word pieces, and keep only as many as the encoder reads."""
        return self._word_pieces(list(texts), self._max_tokens)

    def pair_pieces(self, pairs: Sequence[tuple[str, str]], max_pieces: int) -> list[Encoding]:
        """Split pairs of texts into word pieces. If a pair is too long, the longer text is cut."""
        return self._word_pieces(list(pairs), max_pieces)

    def context_pieces(self, question: str, sentences: Sequence[SentenceInContext]) -> list[ContextPieces]:
        """Split a question with each of several sentences in their contexts into word pieces."""
        with self._lock:
            self._tokenizer.no_padding()
            self._tokenizer.no_truncation()
            return context_pieces(self._tokenizer, question, sentences)

    def batches(
        self,
        pieces: Sequence[Encoding | ContextPieces],
        shapes: BatchShapes = TEXT_BATCHES,
        **extra_inputs: npt.NDArray[np.float32],
    ) -> Iterator[tuple[Rows, Inputs]]:
        """Yield batches for a graph, longest texts first. Each has the indexes of its texts, and the inputs.

        Extra inputs have one row for each text. A batch may have more rows than there are texts, and more columns than
        there are word pieces. The surplus is padding.
        """
        positions = len(self._weights["embeddings.position_embeddings.weight"])
        for numbers in reversed(shapes.split([len(text.ids) for text in pieces])):
            batch = [pieces[number] for number in numbers]
            rows, columns = shapes.shape([len(text.ids) for text in batch])
            columns = min(columns, positions)
            ids, types, mask = (
                _padded_table([getattr(text, name) for text in batch], (rows, columns))
                for name in ("ids", "type_ids", "attention_mask")
            )
            mask[len(numbers) :, 0] = 1  # a row of padding needs one word piece, or its mean would be a division by 0
            extra = {
                name: np.resize(values[numbers], (rows, *values.shape[1:])) for name, values in extra_inputs.items()
            }
            embedded = bert_graph.embedded(self._weights, ids, types)
            yield np.array(numbers), {"pieces": embedded, "mask": mask.astype(np.float32), **extra}

    def encode_query(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors of questions."""
        return self._encode_texts(texts)

    def begin_query(self, text: str) -> Callable[[], Vectors]:
        """Start encoding a question without a Python thread. To get the vector, call the returned function once."""
        ((_, inputs),) = self.batches(self.word_pieces([text]))
        wait = self._graph().begin(inputs)
        return lambda: wait()[:1]

    def encode_document(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors of passages, or of their sentences."""
        return self._encode_texts(texts)

    def _encode_texts(self, texts: Sequence[str]) -> Vectors:
        """Encode texts in batches of similar length. If there are several batches, they run on all processors."""
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        batches, graph = list(self.batches(self.word_pieces(texts))), self._graph()
        with ThreadPoolExecutor(processor_count()) as threads:
            run = map if len(batches) == 1 else threads.map
            for (rows, _), output in zip(batches, run(graph.run, (inputs for _, inputs in batches)), strict=True):
                vectors[rows] = output[: len(rows)]
        return vectors

    def _word_pieces(self, texts: list[str] | list[tuple[str, str]], max_pieces: int) -> list[Encoding]:
        with self._lock:  # the limit is part of the tokenizer, and other threads may set another limit
            self._tokenizer.no_padding()
            self._tokenizer.enable_truncation(max_pieces)
            return list(self._tokenizer.encode_batch(texts))


def _padded_table(rows: Sequence[list[int]], shape: tuple[int, int]) -> npt.NDArray[np.int64]:
    """Return rows of numbers as a table of the given shape, padded with zeros."""
    table = np.zeros(shape, dtype=np.int64)
    for number, row in enumerate(rows):
        table[number, : len(row)] = row
    return table


def _shape(folder: Path) -> Shape:
    """Return the dimensions of the model in a folder. Raises UnknownArchitecture."""
    try:
        shape = Shape.of(_read_json(folder / "config.json"))
        _check_steps(folder)
    except (OSError, ValueError, KeyError) as error:
        raise UnknownArchitecture(f"The encoder in {folder} cannot run as a graph: {error}") from error
    return shape


def _load_weights(folder: Path, shape: Shape) -> tuple[MappedWeights, Tokenizer]:
    """Load the weights and the tokenizer. Raises EncoderUnavailable, or UnknownArchitecture if a tensor is missing."""
    try:
        weights = MappedWeights.open(folder / "model.safetensors")
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    except Exception as error:  # the tokenizers library does not raise anything more specific
        raise EncoderUnavailable(f"The encoder in {folder} does not load: {error}") from error
    if missing := bert_graph.tensor_names(shape) - weights.keys():
        raise UnknownArchitecture(f"The encoder in {folder} has no floating-point tensor {min(missing)}")
    return weights, tokenizer


def _read_json(path: Path) -> dict[str, object]:
    content: dict[str, object] = json.loads(path.read_text(encoding="utf-8"))
    return content


def _check_steps(folder: Path) -> None:
    """Raise ValueError unless a model consists of its layers, mean pooling and, optionally, normalisation."""
    if not (folder / "model.safetensors").is_file():
        raise ValueError("its weights are not in model.safetensors")
    steps = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
    kinds = [str(step["type"]) for step in steps]
    if tuple(kinds[:2]) != _STEPS or any(not kind.endswith(".Normalize") for kind in kinds[2:]):
        raise ValueError(f"its steps are {', '.join(kinds)}")
    pooling = _read_json(folder / steps[1]["path"] / "config.json")
    modes = [name for name, on in pooling.items() if name.startswith("pooling_mode_") and on]
    if modes != ["pooling_mode_mean_tokens"]:
        raise ValueError(f"its pooling is {', '.join(modes)}")
