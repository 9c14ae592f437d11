"""Compiles and runs OpenVINO graphs. No other module imports OpenVINO itself."""

from __future__ import annotations

import os
import sys
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

# The first module tells OpenVINO's maker that the second was imported.
for _blocked in ("openvino_telemetry", "openvino.tools.ovc"):
    sys.modules[_blocked] = None  # type: ignore[assignment]  # makes the import fail, but openvino works without it

import numpy as np
import numpy.typing as npt
import openvino as ov
from openvino import opset13 as ops

from index.encoding.graphs.mapped_weights import MappedWeights

__all__ = ["Graph", "Inputs", "Model", "Output", "fastest_precision", "ops", "ov", "processor_count"]
Inputs = Mapping[str, npt.NDArray[np.generic]]
Output = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Model:
    """A graph to compile, and the mapped weights that it uses without a copy."""

    graph: ov.Model
    weights: tuple[MappedWeights, ...]


class Graph:
    """A compiled graph that any thread may use. A batch runs on one processor, and several batches can run at once.

    To use all processors, split the work into batches and run them from several threads.
    """

    def __init__(self, model: Model, precision: str) -> None:
        settings = {
            "INFERENCE_PRECISION_HINT": precision,
            "INFERENCE_NUM_THREADS": processor_count(),
            "NUM_STREAMS": processor_count(),
            "ENABLE_CPU_PINNING": False,  # otherwise all processes would use the same few processors
        }
        self._weights = model.weights
        self._compiled = _core().compile_model(model.graph, "CPU", settings)
        self._idle: deque[ov.InferRequest] = deque()

    def begin(self, inputs: Inputs) -> Callable[[], Output]:
        """Start computing an output from named inputs. To wait for the output, call the returned function once.

        The computation does not use a Python thread, so the caller can do other work in the meantime.
        """
        (request, first), held_inputs = self._request(), dict(inputs)
        request.start_async(held_inputs, share_inputs=True)

        def wait() -> Output:
            request.wait()
            held_inputs.clear()  # the computation is done, so nothing needs the inputs any more
            return self._output(request, first=first)

        return wait

    def run(self, inputs: Inputs) -> Output:
        """Compute the output from named inputs."""
        request, first = self._request()
        request.infer(dict(inputs), share_inputs=True)
        return self._output(request, first=first)

    def _request(self) -> tuple[ov.InferRequest, bool]:
        """Return a request that is not in use, and whether it is new."""
        try:
            return self._idle.pop(), False
        except IndexError:  # all requests are in use
            return self._compiled.create_infer_request(), True

    def _output(self, request: ov.InferRequest, *, first: bool) -> Output:
        """Return the output of a request, and make the request available for reuse."""
        output: Output = request.get_output_tensor(0).data.copy()
        self._idle.append(request)
        if first:  # OpenVINO has now packed the weights for multiplication
            for weights in self._weights:
                weights.free_pages()
        return output


def fastest_precision() -> str:
    """Return the fastest number format: bf16 if the processor multiplies it natively, and otherwise fp32."""
    return "bf16" if "BF16" in _core().get_property("CPU", "OPTIMIZATION_CAPABILITIES") else "f32"


@cache
def _core() -> ov.Core:
    """Return the core that all graphs share. A second core would load the same libraries again."""
    return ov.Core()


def processor_count() -> int:
    """Return the number of processors that this process may use, or the number set in OMP_NUM_THREADS."""
    setting = os.environ.get("OMP_NUM_THREADS", "")
    if setting.isdigit() and int(setting):
        return int(setting)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
