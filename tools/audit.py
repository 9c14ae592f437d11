"""Ask the registry whether a fault is known in any library that is installed. Exit status 1 where one is.

Where the registry knows nothing of advisories, or is not reached, that is said, and is no failure: a check that passes
on a laptop without a network must not claim what it did not look at.
"""

from __future__ import annotations

import json
import subprocess
import sys

_TIMEOUT = 120
_UNREACHED = ("Connection", "resolve", "Max retries", "Timeout", "timed out", "Proxy")
"""Words of errors by which a registry was not reached; any other error is a fault of the check itself."""


def main() -> int:
    """Run pip-audit over this environment, and tell what it found."""
    command = [sys.executable, "-m", "pip_audit", "--format=json", "--progress-spinner=off", "--skip-editable"]
    try:
        run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_TIMEOUT)  # noqa: S603 - fixed
        told = json.loads(run.stdout)["dependencies"]
    except subprocess.TimeoutExpired:
        print(f"Libraries were NOT audited: the registry did not answer within {_TIMEOUT} seconds.")
        return 0
    except (ValueError, KeyError):
        said = run.stderr.strip().splitlines() or ["pip-audit told nothing."]
        print(f"Libraries were NOT audited: {said[-1]}")
        return 0 if any(word in run.stderr for word in _UNREACHED) else 1
    faulty = [one for one in told if one.get("vulns")]
    unknown = [one["name"] for one in told if "skip_reason" in one]
    for one in faulty:
        for fault in one["vulns"]:
            print(f"{one['name']} {one['version']}: {fault['id']}, mended in {', '.join(fault['fix_versions']) or '–'}")
    print(f"{len(told) - len(unknown)} libraries audited, {len(faulty)} with known faults; {len(unknown)} NOT audited.")
    return 1 if faulty else 0


if __name__ == "__main__":
    sys.exit(main())
