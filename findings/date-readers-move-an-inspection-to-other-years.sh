#!/usr/bin/env bash
# python-dateutil 4.0.0, edtf 5.0.2, parsedatetime 2.6 and timefhuman 0.1.5: the dates of an inspection of two weeks.
#
# It touches those who put reports in order of time. The first page of a report gives its dates as "11-22 September 2023".
# Expected: timefhuman and edtf give a range, because both know ranges ("September 11-22, 2023" and "2020-2023"). dateutil
# has no ranges, and is strict unless asked otherwise, so it raises an error. parsedatetime gives one of the days.
# Seen: none of the four has the right days, and none raises an error. dateutil gives 22 September 2011, 23 minutes past 8
# in the evening: the first day is the year, and the year is the time. edtf, which is for dates in archives, gives the same
# day. parsedatetime gives 22 November 2023, because it reads "11-22" as a month and a day. timefhuman gives 1 September
# 2023, from 11:00 to 22:00. For dateutil, "20-24 May 2019" is 24 May 2020, a year after the inspection.
#
# Exits with 0 while this is so, and with 1 once it changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${PYTHON:-python3}" -m venv "$folder/first"
"$folder/first/bin/pip" install --quiet --disable-pip-version-check \
    python-dateutil==4.0.0 edtf==5.0.2 parsedatetime==2.6 2>/dev/null
"$folder/first/bin/python" - <<'PYTHON'
import sys
from datetime import datetime
from importlib.metadata import version

import edtf
import parsedatetime
from dateutil.parser import parse

now = datetime(2026, 2, 2)
dates = "11-22 September 2023"
seen = {
    "python-dateutil": parse(dates, default=now),
    "edtf": edtf.text_to_edtf(dates),
    "parsedatetime": parsedatetime.Calendar().parseDT(dates, sourceTime=now)[0],
}
want = {
    "python-dateutil": datetime(2011, 9, 22, 20, 23),
    "edtf": "2011-09-22",
    "parsedatetime": datetime(2023, 11, 22),
}
for name, found in seen.items():
    print(name, version(name), repr(dates), "→", found)
later = parse("20-24 May 2019", default=now)
print("python-dateutil '20-24 May 2019' →", later)
years = edtf.text_to_edtf("2020-2023")
print("edtf '2020-2023' →", years)
sys.exit(0 if seen == want and later == datetime(2020, 5, 24, 20, 19) and years == "2020/2023" else 1)
PYTHON
"${PYTHON:-python3}" -m venv "$folder/second"
"$folder/second/bin/pip" install --quiet --disable-pip-version-check timefhuman==0.1.5 2>/dev/null
"$folder/second/bin/python" - <<'PYTHON'
import sys
from datetime import datetime
from importlib.metadata import version

from timefhuman import tfhConfig, timefhuman

now = tfhConfig(now=datetime(2026, 2, 2))
seen = {dates: timefhuman(dates, now) for dates in ("11-22 September 2023", "September 11-22, 2023")}
for dates, found in seen.items():
    print("timefhuman", version("timefhuman"), repr(dates), "→", found)
hours, days = seen.values()
same = hours == [(datetime(2023, 9, 1, 11), datetime(2023, 9, 1, 22))]
sys.exit(0 if same and days == [(datetime(2023, 9, 11), datetime(2023, 9, 22))] else 1)
PYTHON
