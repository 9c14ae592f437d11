#!/bin/sh
# Install the product in editable mode, with its test tools, into the virtual environment given as the first argument.
set -eu
venv=${1:-.venv}
log() { printf '%s\n' "$*" >&2; }

python=""
for candidate in ${PYTHON:-} python3.11 python3.12 python3.13 python3; do
    if command -v "$candidate" >/dev/null 2>&1 &&
        "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        python=$candidate
        break
    fi
done
[ -n "$python" ] || { log "This needs Python 3.11 or newer. Install it, or set PYTHON=… to its path."; exit 1; }

case $(readlink -f "$(command -v "$python")") in
    /root/* | /home/*) [ "$(id -u)" != 0 ] || log "$python is in a home folder, so other accounts may not be able to \
run this installation. For a service with its own account, run: make clean setup PYTHON=/usr/bin/python3" ;;
esac
if ! [ -x "$venv/bin/pip" ]; then
    rm -rf "$venv"
    if ! "$python" -m venv "$venv" 2>/dev/null; then
        if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
            log "Installing Debian's python3-venv …"
            apt-get update -qq && apt-get install -y -qq python3-venv >/dev/null
            rm -rf "$venv"
            "$python" -m venv "$venv"
        else
            log "This Python has no venv module. On Debian or Ubuntu: sudo apt-get install python3-venv"
            exit 1
        fi
    fi
fi

PIP_CONSTRAINT=$(pwd)/constraints.txt
export PIP_CONSTRAINT PIP_DISABLE_PIP_VERSION_CHECK=1
pip="$venv/bin/pip"

# Install torch first. Keep a version that fits. On Linux without a GPU, try the small CPU build, then pip's default.
wanted=$(sed -n 's/^torch==//p' constraints.txt)
have=$("$venv/bin/python" -c 'import importlib.metadata as m; print(m.version("torch").split("+")[0])' 2>/dev/null || true)
if [ "$have" != "$wanted" ]; then
    index=${TORCH_INDEX:-https://download.pytorch.org/whl/cpu}
    if [ "$(uname -s)" = Linux ] && ! command -v nvidia-smi >/dev/null 2>&1 && "$pip" install --quiet --timeout 5 \
        --retries 0 --index-url "$index" --no-deps "torch==$wanted" 2>/dev/null; then
        log "Installed torch $wanted from $index"
    else
        log "Installing torch $wanted from the default index (200 MB or more; over 2 GB on Linux, with CUDA) …"
        "$pip" install --quiet "torch==$wanted"
    fi
fi
log "Installing the product and its tools …"
"$pip" install --quiet --editable ".[dev]"
