#!/bin/sh
# Install the product, editable, with its tests' needs, into the virtual environment named. Says what to do on failure.
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
[ -n "$python" ] || { log "Python 3.11 or newer is needed: install it, or name it with PYTHON=…"; exit 1; }

case $(readlink -f "$(command -v "$python")") in
    /root/* | /home/*) [ "$(id -u)" != 0 ] || log "$python lies in a home: only who may read that can run what is set up \
with it. For a service of its own account: make clean setup PYTHON=/usr/bin/python3" ;;
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

# torch first: what is installed and fits stays; on Linux without a GPU the small CPU build; else what pip finds.
wanted=$(sed -n 's/^torch==//p' constraints.txt)
have=$("$venv/bin/python" -c 'import importlib.metadata as m; print(m.version("torch").split("+")[0])' 2>/dev/null || true)
if [ "$have" != "$wanted" ]; then
    index=${TORCH_INDEX:-https://download.pytorch.org/whl/cpu}
    if [ "$(uname -s)" = Linux ] && ! command -v nvidia-smi >/dev/null 2>&1 && "$pip" install --quiet --timeout 5 \
        --retries 0 --index-url "$index" --no-deps "torch==$wanted" 2>/dev/null; then
        log "Installed torch $wanted from $index"
    else
        log "Installing torch $wanted from the default index (from 200 MB; on Linux with CUDA packages 2 GB and more) …"
        "$pip" install --quiet "torch==$wanted"
    fi
fi
log "Installing the product and its tools …"
"$pip" install --quiet --editable ".[dev]"
