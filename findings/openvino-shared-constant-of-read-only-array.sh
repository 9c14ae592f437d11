#!/usr/bin/env bash
# openvino 2026.4.1, numpy 2.4.6: a constant that shares the memory of a read-only array.
#
# Expected: opset13.constant(array, shared_memory=True) shares an array that is C-contiguous. Its docstring names only
# this requirement, and lists the cases in which sharing is switched off. A constant is only read, so an array that
# numpy.memmap opened with mode "r" should be accepted, or copied.
# Seen: ValueError "array is not writeable". The same file opened with mode "c" (copy on write) is shared.
#
# Exits with 0 as long as this happens, and with 1 when it no longer does.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check openvino==2026.4.1 numpy==2.4.6 2>/dev/null
cd "$folder"
venv/bin/python - <<'PYTHON'
import sys

sys.modules["openvino_telemetry"] = None  # so that the import reports nothing
import numpy as np
import openvino as ov
from openvino import opset13 as ops

print("openvino", ov.__version__, "numpy", np.__version__)
np.arange(4, dtype=np.float32).tofile("weights")
read_only = np.memmap("weights", dtype=np.float32, mode="r")
assert read_only.flags.c_contiguous
copy_on_write = np.memmap("weights", dtype=np.float32, mode="c")

assert ops.constant(copy_on_write, shared_memory=True).data.tolist() == [0, 1, 2, 3]
assert ops.constant(read_only, shared_memory=False).data.tolist() == [0, 1, 2, 3]
print('shared, mode "c" and copied, mode "r": as expected')
try:
    ops.constant(read_only, shared_memory=True)
except ValueError as error:
    print(f'shared, mode "r": ValueError: {error}')
    sys.exit(0 if "not writeable" in str(error) else 1)
print('shared, mode "r": it is taken now')
sys.exit(1)
PYTHON
