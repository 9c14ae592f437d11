"""Sentences that say how much of a report's own list of improvements an answer quotes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.types import Improvement, Report
from qa_service.wording import in_list, the_reports

_LIST_IN = ("This is the list of what needs to improve in", "These are the lists of what needs to improve in")
"""How the reason for an answer begins. The first wording is for one list, and the second is for several."""


@dataclass(frozen=True, slots=True)
class CutList:
    """A report's own list of improvements, of which an answer quotes only some items."""

    report: Report
    shown: int
    total: int
    elsewhere: tuple[str, ...] = ()
    """The headings of the report's other lists, if all items under the shown headings are shown."""

    @property
    def words(self) -> str:
        """How much of the lists is shown, if there is only one report: "We show 5 of the 6 items in the list"."""
        return self.words_in(several=False)

    def words_in(self, *, several: bool) -> str:
        """How much of a report's lists is shown, without the last full stop.

        If there are several reports, this one is named.
        """
        of_report = f" in {the_reports([self.report])}" if several else ""
        if not self.elsewhere:
            return f"We show {self.shown} of the {self.total} items in the list{of_report}"
        others = self.total - self.shown
        these = f"The list{of_report} has {self.shown} item{'' if self.shown == 1 else 's'}"
        under = in_list([f"“{heading}”" for heading in self.elsewhere])
        return f"{these}. The report has {others} other item{'' if others == 1 else 's'} under {under}"


def own_list_words(reports: Sequence[Report]) -> str:
    """Say that an answer quotes the reports' own lists."""
    return f"{_LIST_IN[len(reports) > 1]} {the_reports(reports)}."


def says_own_list(reason: str) -> bool:
    """Whether a reason begins as :func:`own_list_words` does."""
    return reason.startswith(_LIST_IN)


def cut_words(cuts: Sequence[CutList], lists: int) -> str:
    """Say how many items of each list are shown, given how many lists the answer quotes.

    Empty if every list is shown in full.
    """
    several = lists > 1
    return " ".join(f"{cut.words_in(several=several)}. The report’s page has all of them." for cut in cuts)


def unread_words(reports: Sequence[Report]) -> str:
    """Say in which reports we could not read every item of a list. Empty if we could read every item."""
    unread = [report for report in reports if report.unread_lists]
    if not unread:
        return ""
    where = "the report" if len(unread) == 1 else "the reports"
    return f"We could not read every item of the lists in {the_reports(unread)}. Check them in {where}."


def cut_lists(quoted: Iterable[tuple[Report, str]]) -> list[CutList]:
    """Given the quotes with their reports, return the lists that are quoted only in part."""
    by_report: dict[str, tuple[Report, list[str]]] = {}
    for report, text in quoted:
        by_report.setdefault(report.id, (report, []))[1].append(text)
    lists = (_quoted_of(report, texts) for report, texts in by_report.values())
    return [cut for cut in lists if 0 < cut.shown < cut.total]


def items_quoted(report: Report, texts: Iterable[str]) -> list[Improvement]:
    """Return the items of a report's own list that are quoted, in whole or in part, in the order of the report."""
    quoted = [_plain(text) for text in texts]
    return [improvement for improvement in report.improvements if _is_quoted(_plain(improvement.text), quoted)]


def _quoted_of(report: Report, texts: Sequence[str]) -> CutList:
    """Return how many items of a report's lists are quoted, in whole or in part."""
    quoted = items_quoted(report, texts)
    headings = {_heading(item) for item in quoted}
    others = [item for item in report.improvements if item not in quoted]
    is_whole = not any(_heading(item) in headings for item in others)
    elsewhere = dict.fromkeys(map(_heading, others)) if is_whole else ()
    return CutList(report, len(quoted), len(report.improvements), tuple(elsewhere))


def _heading(item: Improvement) -> str:
    return item.section.rstrip(" :")


def is_part_of(text: str, item: str) -> bool:
    """Whether a sentence is an item of a list, or a part of one."""
    return _plain(text) in _plain(item)


def _is_quoted(item: str, texts: Sequence[str]) -> bool:
    """Whether an item is quoted.

    A long item is quoted one sentence at a time, and a short item may be part of a quoted sentence.
    """
    return any(text in item or item in text for text in texts)


def _plain(text: str) -> str:
    """Return a text in small letters, with single spaces and no full stop at its end."""
    return " ".join(text.split()).rstrip(".;").casefold()
