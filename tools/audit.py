"""Ask the registry about known vulnerabilities in the installed libraries. The exit status is 1 if there are any.

If the registry cannot be reached, or has no advisories, the program says so and succeeds. The check must pass on a
laptop without a network, but in that case it must not claim to have checked anything.
"""

from __future__ import annotations

import json
import subprocess
import sys

_TIMEOUT = 120
_UNREACHED = ("Connection", "resolve", "Max retries", "Timeout", "timed out", "Proxy")
"""Wording in error messages that shows the registry could not be reached. Any other error is a failure of the check
itself."""


def main() -> int:
    """Run pip-audit on this environment and print the result."""
    command = [sys.executable, "-m", "pip_audit", "--format=json", "--progress-spinner=off", "--skip-editable"]
    try:
        run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_TIMEOUT)  # noqa: S603 - fixed
        libraries = json.loads(run.stdout)["dependencies"]
    except subprocess.TimeoutExpired:
        print(f"Libraries were NOT audited: the registry did not answer within {_TIMEOUT} seconds.")
        return 0
    except (ValueError, KeyError):
        errors = run.stderr.strip().splitlines() or ["pip-audit printed nothing."]
        print(f"Libraries were NOT audited: {errors[-1]}")
        return 0 if any(word in run.stderr for word in _UNREACHED) else 1
    vulnerable = [library for library in libraries if library.get("vulns")]
    skipped = [library for library in libraries if "skip_reason" in library]
    for library in vulnerable:
        for advisory in library["vulns"]:
            fixed = ", ".join(advisory["fix_versions"])
            remedy = f"Upgrade to {fixed}." if fixed else "No version fixes it yet."
            print(f"{library['name']} {library['version']}: {advisory['id']}. {remedy}")
    audited = len(libraries) - len(skipped)
    print(f"{audited} libraries audited, {len(vulnerable)} with known vulnerabilities. {len(skipped)} NOT audited.")
    return 1 if vulnerable else 0


if __name__ == "__main__":
    sys.exit(main())
