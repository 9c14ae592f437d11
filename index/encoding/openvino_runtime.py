"""Compiles and runs OpenVINO graphs. With ``index.encoding.bert_graph``, the only importer of OpenVINO."""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

for _unwanted in ("openvino_telemetry", "openvino.tools.ovc"):  # the one reports each import of the other to its maker
    sys.modules[_unwanted] = None  # type: ignore[assignment]  # so that importing it fails, which openvino allows for

import numpy as np
import numpy.typing as npt
import openvino as ov
from openvino import opset13 as ops

from index.encoding.mapped_weights import MappedWeights

__all__ = ["Graph", "Inputs", "Model", "Output", "fastest_precision", "ops", "ov", "processor_count"]
Inputs = Mapping[str, npt.NDArray[np.generic]]
Output = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Model:
    """A graph to be compiled, and the weights that it is made of: it looks at them where they are."""

    graph: ov.Model
    originals: tuple[MappedWeights, ...]


class Graph:
    """A compiled graph, for any thread to use: as many batches at a time as there are processors, each on one of them.

    Whoever has much to compute gives it in several batches, from several threads.
    """

    def __init__(self, model: Model, precision: str) -> None:
        settings = {
            "INFERENCE_PRECISION_HINT": precision,
            "INFERENCE_NUM_THREADS": processor_count(),
            "NUM_STREAMS": processor_count(),
            "ENABLE_CPU_PINNING": False,  # other processes do the same: they would all take the first processors
        }
        self._originals = model.originals
        self._compiled = _core().compile_model(model.graph, "CPU", settings)
        self._idle: deque[ov.InferRequest] = deque()

    def begin(self, inputs: Inputs) -> Callable[[], Output]:
        """Begin to compute some inputs, by their names; what is returned waits for what comes of them.

        To be called once. Meanwhile whoever began it can go on: it needs no thread of Python.
        """
        (request, first), given = self._request(), dict(inputs)
        request.start_async(given, share_inputs=True)

        def ended() -> Output:
            request.wait()
            given.clear()  # until now it was read
            return self._output(request, first=first)

        return ended

    def run(self, inputs: Inputs) -> Output:
        """What comes of some inputs, by their names."""
        request, first = self._request()
        request.infer(dict(inputs), share_inputs=True)
        return self._output(request, first=first)

    def _request(self) -> tuple[ov.InferRequest, bool]:
        """A request that is not in use, and whether it never was."""
        try:
            return self._idle.pop(), False
        except IndexError:  # all are in use
            return self._compiled.create_infer_request(), True

    def _output(self, request: ov.InferRequest, *, first: bool) -> Output:
        """What a request has computed; it can be used again."""
        found: Output = request.get_output_tensor(0).data.copy()
        self._idle.append(request)
        if first:  # by now the weights are packed as they are multiplied
            for weights in self._originals:
                weights.give_back()
        return found


def fastest_precision() -> str:
    """The precision for what need not be exact: bf16 where the processor multiplies it natively, else fp32."""
    return "bf16" if "BF16" in _core().get_property("CPU", "OPTIMIZATION_CAPABILITIES") else "f32"


@cache
def _core() -> ov.Core:
    """One for all graphs: each would load what computes them anew."""
    return ov.Core()


def processor_count() -> int:
    """How many threads compute: as many as there are processors for this process, or as the usual variable says."""
    given = os.environ.get("OMP_NUM_THREADS", "")
    if given.isdigit() and int(given):
        return int(given)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
