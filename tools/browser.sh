#!/bin/sh
# Check that the end-to-end tests have Chromium, curl and jq. As root on Debian, install what is missing.
set -eu
missing=""
found=""
for name in chromium chromium-browser google-chrome; do
    if command -v "$name" >/dev/null 2>&1; then found=$name; fi
done
[ -n "$found" ] || missing="chromium"
for name in curl jq; do
    command -v "$name" >/dev/null 2>&1 || missing="$missing $name"
done
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Debian's $missing …" >&2
    apt-get update -qq
    # shellcheck disable=SC2086 - the names are words
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $missing >/dev/null
else
    echo "The end-to-end tests need $missing. On Debian: sudo apt-get install $missing" >&2
    exit 1
fi
