from __future__ import annotations

import html
import io
import re
from dataclasses import replace
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from PIL import Image

from corpus.quotes.originals import locate
from corpus.types import Form, Grading, Report
from index.building.build import Builder
from index.building.sources import find_sources
from index.encoding.encoder_files import default_folder
from index.encoding.encoders import PassageEncoder
from index.storage.data_folder import DataFolder
from qa_service.answering.pipeline import Answerer
from tests.remembering import OpenScorer
from web.app import create_app
from web.pages import labels


def sentence_of(answerer: Answerer, report: Report) -> tuple[str, int]:
    """Return a sentence from a report, and the number of the page that it is on."""
    for indexed in answerer.index.store.passages_of(report.id)[3:]:
        passage = indexed.passage
        if passage.sentences and len(passage.pages) == 1:
            start, end = max(passage.sentences, key=lambda span: span[1] - span[0])
            return passage.text[start:end], passage.pages[0]
    raise AssertionError("no such sentence")


def test_the_list_shows_each_report_in_british_dates(client: FlaskClient, answerer: Answerer) -> None:
    page = client.get("/reports").text
    for report in answerer.index.store.reports:
        assert f"/reports/{report.id}" in page
    assert "3 November 2023" in page


def test_the_list_is_filtered_by_a_plain_form(client: FlaskClient) -> None:
    page = client.get("/reports?authority=Westmarsh&kind=").text
    assert "2 reports" in page
    assert '<option value="Westmarsh" selected>' in page
    assert 'data-label="Type">Full inspection' in page
    assert 'data-label="Type">Focused visit' not in page


def test_the_list_in_pages(client: FlaskClient) -> None:
    page = client.get("/reports?limit=4&page=2").text
    assert "page 2 of 3" in page
    assert 'rel="prev"' in page
    assert 'rel="next"' in page


def test_one_report_s_facts_grades_and_contents(client: FlaskClient, westmarsh: Report) -> None:
    page = client.get(f"/reports/{westmarsh.id}").text
    assert westmarsh.title in page
    assert westmarsh.judgements
    assert all(judgement.area in page for judgement in westmarsh.judgements)
    assert "<h2>Contents</h2>" in page


def test_a_quote_is_marked_on_its_page(client: FlaskClient, answerer: Answerer, westmarsh: Report) -> None:
    text, number = sentence_of(answerer, westmarsh)
    page = client.get(f"/reports/{westmarsh.id}/pages/{number}?quote={quote(text)}").text
    rects = re.findall(r'<rect[^>]* x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"', page)
    assert rects
    assert all(0 < float(x) < 1000 and float(width) > 5 for x, _, width, _ in rects)
    assert "Marked on this page" in page
    assert "<mark>" in page


def test_a_quote_on_the_next_page_is_linked(client: FlaskClient, answerer: Answerer, westmarsh: Report) -> None:
    text, number = sentence_of(answerer, westmarsh)
    page = client.get(f"/reports/{westmarsh.id}/pages/{number - 1}?quote={quote(text)}").text
    assert f">page {number}</a>. Nothing is marked on this page." in page
    assert "<rect" not in page


def test_words_that_are_not_on_the_page_are_reported(client: FlaskClient, westmarsh: Report) -> None:
    page = client.get(f"/reports/{westmarsh.id}/pages/2?quote=Everything+is+<b>perfect</b>.").text
    assert "We could not find these exact words on this page, so nothing is marked." in page
    assert "<rect" not in page
    assert "<b>perfect" not in page


def test_a_report_without_layout_shows_its_text(client: FlaskClient, answerer: Answerer, news: Report) -> None:
    text = answerer.index.store.passages_of(news.id)[0].passage.text.split("\n")[0]
    page = client.get(f"/reports/{news.id}/pages/1?quote={quote(text)}").text
    assert "<img" not in page
    assert page.count('<mark id="marked">') == 1


def test_a_page_s_picture(client: FlaskClient, westmarsh: Report) -> None:
    response = client.get(f"/reports/{westmarsh.id}/pages/1.png?width=800")
    assert response.mimetype == "image/png"
    assert response.headers["Cache-Control"].startswith("private")
    assert Image.open(io.BytesIO(response.data)).width == 800
    again = client.get(response.request.path + "?width=800", headers={"If-None-Match": response.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    other = client.get(response.request.path + "?width=1600")
    assert other.headers["ETag"] != response.headers["ETag"]


@pytest.mark.parametrize("width", ["599", "1601", "-800", "wide", "8e2", "99999999999", "８００"])
def test_an_invalid_width_is_refused(client: FlaskClient, westmarsh: Report, width: str) -> None:
    response = client.get(f"/reports/{westmarsh.id}/pages/1.png", query_string={"width": width})
    assert response.status_code == 422
    assert "600 to 1600" in response.text


def test_an_unknown_page_has_no_picture(client: FlaskClient, westmarsh: Report, news: Report) -> None:
    assert client.get(f"/reports/{westmarsh.id}/pages/999.png").status_code == 404
    assert client.get(f"/reports/{news.id}/pages/1.png").status_code == 404


def test_the_original_downloads_unchanged(client: FlaskClient, answerer: Answerer, westmarsh: Report) -> None:
    original = answerer.index.data.find_original(westmarsh.sha256)
    assert original
    with client.get(f"/reports/{westmarsh.id}/file") as response:
        assert response.data == original.read_bytes()
        assert response.headers["Content-Disposition"] == f"attachment; filename={westmarsh.file}"
        assert response.mimetype == "application/pdf"


@pytest.mark.parametrize("path", ["/reports/0000000000000000", "/reports/..%2f..%2fetc%2fpasswd/file", "/nothing"])
def test_people_get_a_page_about_an_unknown_address(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert (response.status_code, response.mimetype) == (404, "text/html")
    assert "ask a question" in response.text


def test_programs_get_json_about_an_unknown_address(client: FlaskClient) -> None:
    response = client.get("/reports/0000000000000000", headers={"Accept": "application/json"})
    assert (response.status_code, response.mimetype) == (404, "application/problem+json")


def test_a_quote_over_two_pages_is_marked_on_both(client: FlaskClient, answerer: Answerer) -> None:
    store, data = answerer.index.store, answerer.index.data
    sample = None
    for report in store.reports:
        path = data.find_original(report.sha256)
        assert path
        for passage in (indexed.passage for indexed in store.passages_of(report.id)):
            for start, end in passage.sentences if len(passage.pages) > 1 else ():
                places = locate(passage.text[start:end], path, report.media_type, passage.pages)
                if len(places) == 2:
                    sample = report, passage.text[start:end], [place.page for place in places]
    assert sample, "a sentence of the samples runs over the end of a page"
    report, text, numbers = sample
    for number in numbers:
        page = client.get(f"/reports/{report.id}/pages/{number}?quote={quote(text)}").text
        assert 'id="marked"' in page


Clients = dict[str, tuple[FlaskClient, str]]
SHORT = """<html><body><article><h1>Inspection of Pellbrook local authority children’s services</h1>
<p>Inspection dates: 3 June 2024 to 7 June 2024</p>
<p>Children in Pellbrook are listened to by people who know them well, and plans for them are clear and up to date.</p>
<table><tr><th>Judgement</th><th>Grade</th></tr><tr><td>Overall effectiveness</td><td>Good</td></tr>
<tr><td>Adoption performance</td><td>Not judged</td></tr></table>
<p>Managers check that practice gets better, and they know where it is not yet good enough for every child.</p>
</article></body></html>"""
"""A report with fewer grades than inspections of this kind give."""
SIDECAR = """authority = "Pellbrook <East>"
lead_inspector = "Ada Reedling"
published = 2023-04-01
judgements = [{area = "Leaders", grade = "good", page = 1}]
"""
NEWS = (
    "Carrowby praised\n\n{}\n\nThe second monitoring visit to Carrowby was on 7 and 8 February 2023. Staff are glad.\n"
)


def words_of(page: str) -> str:
    """Return the text of a page without its tags."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory, encoder: PassageEncoder, open_scorer: OpenScorer) -> Clients:
    """A client and a report id for each of two similar articles. Only one of them has a sidecar."""
    folder = tmp_path_factory.mktemp("reports")
    data = DataFolder.prepare(tmp_path_factory.mktemp("data"))
    (folder / "mended.txt").write_text(NEWS.format("It was judged inadequate in March 2022."), encoding="utf-8")
    (folder / "plain.txt").write_text(NEWS.format("It was judged inadequate last year."), encoding="utf-8")
    (folder / "mended.txt.toml").write_text(SIDECAR, encoding="utf-8")
    (folder / "short.html").write_text(SHORT, encoding="utf-8")
    builder = Builder(data, encoder, default_folder(), encoder.precision, lambda stage, done, total: None)
    builder.build(find_sources([folder]))
    answerer = Answerer.open(data, encoder, open_scorer=open_scorer)
    client = create_app(answerer).test_client()
    return {report.file: (client, report.id) for report in answerer.index.store.reports}


def test_a_reports_page_shows_the_corrections_of_its_sidecar(
    corrected: Clients,
) -> None:
    client, report_id = corrected["mended.txt"]
    page = client.get(f"/reports/{report_id}").text
    assert "Pellbrook <East>" not in page
    words = words_of(page)
    assert "Authority Pellbrook <East> Type" in words
    assert "Corrected details Authority, judgements, lead inspector, published" in words
    assert "Published 1 April 2023 (corrected by the people who run this service)" in words
    assert "Lead inspector Ada Reedling" in words
    assert "Leaders Good page 1" in words
    assert "About Second monitoring visit, after a judgement of inadequate in March 2022" in words


def test_a_report_names_the_grades_that_could_not_be_read_and_the_areas_that_were_not_judged(
    corrected: Clients,
) -> None:
    client, report_id = corrected["short.html"]
    words = words_of(client.get(f"/reports/{report_id}").text)
    assert "Overall effectiveness Good page 1" in words
    assert "The report says that these areas were not judged: Adoption performance." in words
    assert (
        "We could not read every grade. Inspections of this type grade these areas too: The impact of leaders" in words
    )
    assert "(4 grades could not be read)" in words_of(client.get("/reports").text)
    reply = client.get(f"/api/v1/reports/{report_id}").get_json()
    assert (len(reply["missing_areas"]), reply["not_judged"]) == (4, ["Adoption performance"])


def test_a_report_without_a_sidecar_shows_no_correction(corrected: Clients) -> None:
    client, report_id = corrected["plain.txt"]
    words = words_of(client.get(f"/reports/{report_id}").text)
    assert "About Second monitoring visit" in words
    assert "This report does not give any grades." in words
    assert not [text for text in ("orrected", "after a judgement", "Lead inspector", "None") if text in words]


def test_the_json_of_a_corrected_report_says_the_same(corrected: Clients) -> None:
    client, report_id = corrected["mended.txt"]
    report = client.get(f"/api/v1/reports/{report_id}").json
    assert report["corrected"] == ["authority", "judgements", "lead_inspector", "published"]
    assert (report["published"], report["published_source"]) == ("2023-04-01", "sidecar")
    assert (report["authority"], report["lead_inspector"]) == ("Pellbrook <East>", "Ada Reedling")
    assert (report["grading"], report["judgements"]) == ("graded", [{"area": "Leaders", "grade": "good", "page": 1}])
    assert (report["visit"], report["follows_judgement"]) == ("second monitoring visit", "inadequate in March 2022")
    client, report_id = corrected["plain.txt"]
    assert client.get(f"/api/v1/reports/{report_id}").json["corrected"] == []


def test_a_report_s_page_shows_its_lead_inspector_and_improvements(client: FlaskClient, westmarsh: Report) -> None:
    page = client.get(f"/reports/{westmarsh.id}").text
    words = words_of(page)
    assert f"Lead inspector {westmarsh.lead_inspector}" in words
    assert "<h2>What needs to improve</h2>" in page
    assert westmarsh.improvements
    for asked in westmarsh.improvements:
        assert f"{asked.text} page {asked.page}" in words
        assert f'/reports/{westmarsh.id}/pages/{asked.page}"' in page
    assert "Corrected details" not in words


def test_recommendations_have_their_own_heading_and_numbers(client: FlaskClient, answerer: Answerer) -> None:
    report = next(r for r in answerer.index.store.reports if r.improvements and r.improvements[0].label)
    words = words_of(client.get(f"/reports/{report.id}").text)
    assert f"Recommendations 1. {report.improvements[0].text}" in words
    assert "What needs to improve 1." not in words


def test_a_report_without_grades_says_why_and_one_with_grades_does_not(client: FlaskClient, answerer: Answerer) -> None:
    reasons = {
        Grading.NOT_JUDGED: "This type of inspection does not give grades.",
        Grading.NOT_PRINTED: "This report does not give any grades.",
    }
    seen = set()
    for report in answerer.index.store.reports:
        words = words_of(client.get(f"/reports/{report.id}").text)
        assert [reason for reason in reasons.values() if reason in words] == [
            reasons[g] for g in reasons if g is report.grading
        ]
        assert ("Grades as printed in the report" in words) is (report.grading is Grading.GRADED)
        seen.add(report.grading)
    assert seen == {Grading.GRADED, *reasons}


def test_the_list_says_how_many_grades_could_not_be_read(answerer: Answerer) -> None:
    report = next(r for r in answerer.index.store.reports if r.judgements)
    assert "could not be read" not in labels.overall(report)
    one, two = (replace(report, missing_areas=areas) for areas in (("Leaders",), ("Leaders", "Care leavers")))
    assert labels.overall(one) == f"{labels.overall(report)} (1 grade could not be read)"
    assert labels.overall(two) == f"{labels.overall(report)} (2 grades could not be read)"


def test_an_article_and_a_thematic_report_have_no_improvements(client: FlaskClient, answerer: Answerer) -> None:
    others = [r for r in answerer.index.store.reports if r.form in (Form.ARTICLE, Form.THEMATIC)]
    assert others
    for report in others:
        assert '<ul class="asked">' not in client.get(f"/reports/{report.id}").text


def test_a_report_that_both_programs_read_alike_says_nothing_about_the_second(
    client: FlaskClient, westmarsh: Report
) -> None:
    assert "second program" not in client.get(f"/reports/{westmarsh.id}").text
    assert client.get(f"/api/v1/reports/{westmarsh.id}").json["differing_pages"] == []
