"""Twelve web pages in the manner of councils, regulators, newspapers and blogs, with what they say of their site."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SitePage:
    """A page, the words of it that are the report, and the words that are the site."""

    name: str
    html: str
    wanted: tuple[str, ...]
    unwanted: tuple[str, ...]


GOVERNMENT = SitePage(
    "government",
    """<!doctype html><html lang="en"><head><title>Fernholt: focused visit - GOV</title></head><body class="govuk-template__body">
<div class="gem-c-cookie-banner"><h2>Cookies on this site</h2><p>We use some essential cookies to make this website work.</p>
<button>Accept additional cookies</button></div>
<a href="#content" class="govuk-skip-link">Skip to main content</a>
<header role="banner"><a href="/">Government</a><button aria-controls="m">Menu</button></header>
<div class="govuk-width-container"><div class="gem-c-contextual-breadcrumbs"><ol><li><a href="/">Home</a></li>
<li><a href="/childcare">Childcare and parenting</a></li></ol></div>
<main id="content"><div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds"><span class="gem-c-title__context">Research and
analysis</span><h1>Fernholt: focused visit</h1></div></div>
<div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds metadata"><dl><dt>From:</dt><dd><a href="/o">Office for Inspection</a></dd>
<dt>Published</dt><dd>4 June 2024</dd></dl></div></div>
<div class="gem-c-contents-list-with-body"><nav class="gem-c-contents-list"><h2>Contents</h2><ol><li><a href="#f">Main findings</a></li>
<li><a href="#n">Next steps</a></li></ol></nav>
<div class="govspeak"><h2 id="f">Main findings</h2><p>Social workers in Fernholt know their families well and visit them often.</p>
<div class="call-to-action"><p>The authority must act on missing children within three months.</p></div>
<table><thead><tr><th>Area</th><th>Grade</th></tr></thead><tbody><tr><td>Help and protection</td><td>Good</td></tr></tbody></table>
<h2 id="n">Next steps</h2><p>Leaders should follow these recommendations:</p>
<ul><li><a href="/r1">Recommendation 1: visit each child within ten days</a></li><li><a href="/r2">Recommendation 2: write plans
that parents understand</a></li></ul>
<p>Inspectors will return within a year.</p></div></div>
<div class="gem-c-print-link"><button>Print this page</button></div>
<div class="gem-c-share-links"><h2>Share this page</h2><ul><li><a href="https://x.example">Share on Chirper</a></li>
<li><a href="https://f.example">Share on Facepage</a></li></ul></div></main>
<div class="related-aside"><aside role="complementary"><h2>Related content</h2><ul><li><a href="/a">Inspecting services for children</a></li>
<li><a href="/b">Oxbourne: inspection report</a></li></ul></aside></div></div>
<div class="gem-c-feedback"><h2>Is this page useful?</h2><button>Yes</button><button>No</button></div>
<footer role="contentinfo"><ul><li><a href="/help">Help</a></li><li><a href="/privacy">Privacy</a></li></ul></footer></body></html>""",
    (
        "4 June 2024", "Social workers in Fernholt know", "must act on missing children", "Help and protection Good",
        "Recommendation 1: visit each child", "Recommendation 2: write plans", "return within a year", "Next steps",
    ),
    (
        "essential cookies", "Skip to", "Childcare and parenting", "Print this page", "Share this page", "Chirper",
        "Related content", "Oxbourne", "Is this page useful", "Privacy",
    ),
)  # fmt: skip
COUNCIL = SitePage(
    "council without landmarks",
    """<html><head><title>Inspection outcome | Harrowmere Council</title></head><body>
<div id="cookieNotice"><p>This site uses cookies to help us make it better. <a href="/c">Find out more about cookies</a></p></div>
<div id="header"><div class="logo"><a href="/">Harrowmere Council</a></div><ul class="topnav"><li><a href="/pay">Pay</a></li>
<li><a href="/report">Report</a></li><li><a href="/apply">Apply</a></li></ul></div>
<div class="breadcrumb">You are here: <a href="/">Home</a> &raquo; <a href="/cs">Children and families</a> &raquo; Inspection outcome</div>
<div id="wrapper"><div id="left"><h2>In this section</h2><ul><li><a href="/1">Adoption</a></li><li><a href="/2">Fostering</a></li>
<li><a href="/3">Early help for families</a></li></ul></div>
<div id="maincol"><h1>Inspection outcome</h1><p>Inspectors came to Harrowmere from 3 to 14 March 2025 and met forty families.</p>
<h2>What inspectors found</h2><ul><li>Children are seen on time.</li><li>Care leavers have <a href="/homes">good homes</a>.</li></ul>
<div class="box"><h3>Key facts</h3><p>Lead inspector: Ann Orrell</p><p>Overall: good</p></div>
<p>The director said that staff had worked hard. A plan follows in May.</p>
<p class="updated">Last updated: 2 April 2025</p></div>
<div id="right"><h2>Latest news</h2><div class="news"><h3><a href="/n1">New playground opens in the park</a></h3><p>Families have a new place to
play, after months of work. <a href="/n1">Read more</a></p></div><div class="news"><h3><a href="/n2">Bins: changes over the holiday</a></h3>
<p>Your bin day may change. <a href="/n2">Read more</a></p></div></div></div>
<div id="pagetools"><a href="javascript:print()">Print this page</a> <a href="/mail">Email this page</a></div>
<div id="foot"><a href="/a-z">A to Z</a> <a href="/access">Accessibility</a> &copy; Harrowmere Council</div></body></html>""",
    (
        "met forty families", "Children are seen on time.", "Care leavers have good homes.", "Lead inspector: Ann Orrell",
        "Overall: good", "A plan follows in May.", "What inspectors found",
    ),
    (
        "uses cookies", "Apply", "You are here", "In this section", "Fostering", "Latest news", "new playground",
        "bin day", "Print this page", "A to Z",
    ),
)  # fmt: skip
NEWSPAPER = SitePage(
    "newspaper",
    """<html><head><meta property="og:title" content="Council praised for care leavers' homes"><title>x</title></head><body><div class="site">
<div class="top-bar"><a href="/s">Sign in</a> <a href="/sub">Subscribe</a></div><div class="nav-wrap"><ul><li><a href="/l">Local</a></li>
<li><a href="/sp">Sport</a></li></ul></div><div class="layout"><div class="layout__main"><div class="story">
<h1>Council praised for care leavers' homes</h1><div class="byline">By <a href="/au">Jo Tarrant</a> 12 May 2025</div>
<div class="story-body"><p>Ellerby Council has been praised by inspectors for finding homes for care leavers.</p>
<figure><img src="p.jpg" alt=""><figcaption>Councillor Lee Amos welcomed the report.</figcaption></figure>
<p><strong>READ MORE: <a href="/rm">Residents angry about parking charges in town</a></strong></p>
<p>The report says: "Personal advisers keep in touch with young people and act quickly."</p>
<div class="newsletter-signup"><h3>Sign up to our newsletter</h3><p>Get the best stories in your inbox every morning.</p></div>
<p>Inspectors also asked for better plans for children who go missing.</p></div>
<div class="author-bio"><img src="j.jpg"><p>Jo Tarrant covers councils in the east for us. <a href="/au">More</a></p></div></div>
<div class="tags">Tags: <a href="/t1">Ellerby</a>, <a href="/t2">Children</a></div>
<div class="related-stories"><h2>You may also like</h2><div class="card"><a href="/c1"><h3>School wins prize for garden</h3></a><p>Pupils grew
beans.</p></div><div class="card"><a href="/c2"><h3>Flood warning lifted</h3></a><p>The river has fallen.</p></div></div>
<div id="comments" class="comments-area"><h2>Comments</h2><ol class="comment-list"><li id="comment-1"><div class="comment-author">Pat</div>
<p>About time that somebody praised them for this.</p></li></ol><form><textarea></textarea></form></div></div>
<div class="layout__sidebar"><div class="widget"><h3>Most read</h3><ol><li><a href="/m1">Fire at old mill</a></li><li><a href="/m2">New
cinema to open</a></li></ol></div></div></div>
<div class="site-footer"><p>&copy; Ellerby Echo. <a href="/t">Terms</a> <a href="/p">Privacy</a> <a href="/i">IPSO</a></p></div></div></body></html>""",
    (
        "has been praised by inspectors", "Councillor Lee Amos welcomed", "Personal advisers keep in touch",
        "asked for better plans", "12 May 2025",
    ),
    (
        "Subscribe", "Sport", "parking charges", "Sign up to our newsletter", "every morning", "covers councils", "Tags:",
        "You may also like", "wins prize", "grew beans", "About time that somebody", "Most read", "old mill", "Terms",
    ),
)  # fmt: skip
REGULATOR = SitePage(
    "regulator",
    """<html><head><title>Larchwood House - Inspection report - Care Regulator</title></head><body><div id="page">
<div role="navigation"><a href="/find">Find care</a><a href="/reports">Reports</a></div>
<div role="main"><div class="l-main"><h1>Larchwood House</h1><div class="rating rating--good"><p>Overall rating: Good</p></div>
<div class="tabs"><ul role="tablist"><li><a href="#overview">Overview</a></li><li><a href="#reports">All reports</a></li></ul></div>
<section><h2>Summary</h2><dl><dt>Date of inspection</dt><dd>6 January 2025</dd><dt>Safe</dt><dd>Good</dd><dt>Well led</dt><dd>Requires
improvement</dd></dl><p>Staff knew how to keep children safe and could tell us when they had done so.</p></section>
<section><h2>Actions</h2><ol><li>The manager must keep records of visits.</li><li>The provider must check the fire doors.</li></ol></section>
<section class="previous"><h2>Earlier inspections</h2><ul><li><a href="/r/2023">Inspection of 4 March 2023: good</a></li><li><a
href="/r/2021">Inspection of 9 May 2021: inadequate</a></li></ul></section></div>
<div class="l-sidebar"><div class="sidebar-box"><h2>Get email alerts</h2><p>Sign up to hear when we publish a report about this home.</p><a
href="/alerts">Sign up</a></div><div class="sidebar-box"><h2>Useful links</h2><ul><li><a href="/how">How we inspect</a></li><li><a
href="/complain">Complain about us</a></li></ul></div></div></div>
<div role="contentinfo"><p>Care Regulator, 1 High Road. <a href="/jobs">Jobs</a></p></div></div></body></html>""",
    (
        "Overall rating: Good", "6 January 2025", "Well led Requires improvement", "Staff knew how to keep children safe",
        "must keep records of visits", "check the fire doors", "Inspection of 9 May 2021: inadequate",
    ),
    ("Find care", "All reports", "Get email alerts", "hear when we publish", "Useful links", "Complain about us", "Jobs"),
)  # fmt: skip
BLOG = SitePage(
    "blog",
    """<html><head><title>What the visit told us – Social Work Notes</title></head><body class="single-post"><div id="page" class="site">
<header id="masthead"><p class="site-title"><a href="/">Social Work Notes</a></p><nav><a href="/about">Our authors</a></nav></header>
<div id="content"><div id="primary"><main id="main"><article id="post-7" class="post"><header class="entry-header"><h1>What the visit told
us</h1><div class="entry-meta">Posted on <a href="/d">9 July 2024</a> by <a href="/w">Kit Warrender</a></div></header>
<div class="entry-content"><p>Three inspectors spent a week with us in Denholme. This is what they said.</p>
<blockquote><p>Managers listen to children and change their plans.</p></blockquote>
<aside class="pull"><p>Box: nine of ten children had a plan in time.</p></aside>
<p>We still have work to do on <a href="/h">homes for older children</a>, and we will write about it.</p>
<div class="sharedaddy"><h3>Share this:</h3><ul><li><a href="/t">Chirp</a></li><li><a href="/f">Post</a></li></ul></div>
<div id="jp-relatedposts" class="jp-relatedposts"><h3>Related</h3></div></div>
<footer class="entry-footer">Posted in <a href="/c">Inspection</a> | Tagged <a href="/x">visits</a>, <a href="/y">plans</a></footer></article>
<nav class="post-navigation"><a href="/p">Previous: Our garden</a></nav>
<div id="comments" class="comments-area"><h2 class="comments-title">2 thoughts on “What the visit told us”</h2><ol class="comment-list">
<li><article class="comment-body"><footer class="comment-meta"><b>Sam</b></footer><p>Thank you for writing this down for all of us.</p>
</article></li></ol><div id="respond" class="comment-respond"><h3>Leave a Reply</h3><form><textarea></textarea></form></div></div></main></div>
<aside id="secondary" class="widget-area"><section class="widget"><h2>Recent posts</h2><ul><li><a href="/1">A day in court</a></li><li><a
href="/2">Why records matter</a></li></ul></section></aside></div><footer><p>Proudly powered by a press.</p></footer></div></body></html>""",
    (
        "spent a week with us in Denholme", "Managers listen to children", "nine of ten children", "work to do on homes for older children",
        "9 July 2024",
    ),
    (
        "Share this", "Chirp", "Related", "Posted in", "Our garden", "2 thoughts on", "Thank you for writing", "Leave a Reply",
        "Recent posts", "A day in court", "Proudly powered", "Our authors",
    ),
)  # fmt: skip
TABLE_LAYOUT = SitePage(
    "old page laid out by a table",
    """<html><head><title>Monitoring visit to Stavely</title></head><body><table width="100%"><tr><td colspan="3"><a href="/">Home</a> |
<a href="/map">Site map</a> | <a href="/contact">Contact us</a></td></tr><tr><td width="20%"><a href="/a">Schools</a><br><a href="/b">Social
care</a><br><a href="/c">Libraries</a></td><td><h1>Monitoring visit to Stavely</h1><p><b>Date:</b> 8 and 9 October 2019</p>
<p>The lead inspector wrote to the director about progress since the last inspection. Leaders have made steady progress.</p>
<p>Caseloads are lower, and workers have time to see children alone. Records are now up to date.</p>
<table border="1"><tr><th>Measure</th><th>2018</th><th>2019</th></tr><tr><td>Visits in time</td><td>61%</td><td>88%</td></tr></table>
<p>Yours sincerely</p></td><td width="20%"><b>Quick links</b><br><a href="/q1">Apply for a school place</a><br><a href="/q2">Renew a
book</a></td></tr><tr><td colspan="3"><a href="/terms">Terms and disclaimer</a> <a href="/cookies">Cookies</a></td></tr></table></body></html>""",
    ("8 and 9 October 2019", "Leaders have made steady progress.", "Caseloads are lower", "Visits in time 61% 88%"),
    ("Site map", "Libraries", "Quick links", "Renew a book", "Terms and disclaimer"),
)  # fmt: skip
FORM_WRAPPED = SitePage(
    "page inside a form",
    """<html><head><title>Joint inspection of Wendle</title></head><body><form id="aspnetForm" action="."><input type="hidden" name="s">
<div id="s4-topheader"><a href="/">Wendle Borough</a><input type="text" name="q"><input type="submit" value="Search"></div>
<div id="s4-quicklaunch"><ul><li><a href="/p1">Our plans</a></li><li><a href="/p2">Our partners</a></li><li><a href="/p3">Meetings</a></li></ul></div>
<div id="s4-bodyarea"><h1>Joint inspection of Wendle</h1><div class="ms-rtestate-field"><div>Inspectors of care, health and police visited
Wendle for three weeks.</div><div><br></div><div><strong>Areas for improvement</strong></div><ol><li>Partners should share records of
risk.</li><li>Health staff should see children sooner.</li></ol><div>The partnership has until 1 September 2025 to reply.</div></div>
<div class="ms-webpart"><h3>Related documents</h3><ul><li><a href="/d1.pdf">Terms of reference (PDF)</a></li><li><a href="/d2.pdf">Agenda of
the board (PDF)</a></li></ul></div></div>
<div id="s4-feedback"><h3>Was this page helpful?</h3><label>Yes</label><input type="radio"><label>No</label><input type="radio"></div>
<div id="s4-footer"><a href="/x">Privacy notice</a> <a href="/y">Freedom of information</a></div></form></body></html>""",
    (
        "visited Wendle for three weeks.", "Areas for improvement", "share records of risk.", "see children sooner.",
        "until 1 September 2025",
    ),
    ("Our partners", "Meetings", "Related documents", "Agenda of the board", "Was this page helpful", "Privacy notice"),
)  # fmt: skip
CHARITY = SitePage(
    "charity",
    """<html><head><title>Children in care: what we learned | Harbour Trust</title></head><body><div class="alert-banner"><p>Our helpline is
closed today. <a href="/help">Other ways to reach us</a></p></div><header class="site-header"><a href="/">Harbour Trust</a></header>
<main><div class="hero"><h1>Children in care: what we learned</h1><p class="standfirst">We spoke to 40 children in five areas.</p></div>
<div class="content-with-sidebar"><div class="content"><h2>They want to be heard</h2><p>Most of the children said that their reviews were
about adults. One said: “I was there, but nobody asked me.”</p><details><summary>How we did it</summary><p>We met each child twice, in a
place that the child chose.</p></details><h2>Recommendations</h2><ol><li><a href="#a1">Let each child choose who comes to a review</a></li>
<li><a href="/more">Give each child the same worker for a year</a></li><li><a href="/more2">Tell brothers and sisters where they are</a></li></ol>
<p>Councils can ask us for the full report.</p></div><aside class="sidebar"><h2>At a glance</h2><p>Nine in ten children knew who their
social worker was, and that was more than in 2020.</p></aside></div>
<section class="cta-donate donate"><h2>Support us</h2><p>Your gift helps us to stand up for children. Please donate today.</p><a
href="/donate">Donate</a></section><section class="teaser-list related"><h2>Related stories</h2><ul><li><a href="/s1">Mia found a home</a><p>Mia
is 16.</p></li><li><a href="/s2">A letter to a judge</a><p>Read it here.</p></li></ul></section></main><footer><p>Registered charity.</p></footer></body></html>""",
    (
        "We spoke to 40 children", "nobody asked me", "We met each child twice", "Let each child choose who comes",
        "same worker for a year", "Tell brothers and sisters", "full report", "Nine in ten children knew", "At a glance",
    ),
    ("helpline", "Support us", "Your gift", "Related stories", "Mia found", "letter to a judge", "Registered charity"),
)  # fmt: skip
LISTING = SitePage(
    "index of reports",
    """<html><head><title>Inspection reports - Calder Valley Council</title></head><body><header><a href="/">Calder Valley</a></header>
<nav class="breadcrumbs"><a href="/">Home</a></nav><main><h1>Inspection reports</h1><p>We publish each report about our services for
children here.</p><ul><li><a href="/2019">Full inspection, May 2019: requires improvement to be good</a></li><li><a href="/2022">Focused visit,
June 2022</a></li><li><a href="/2024">Full inspection, March 2024: good</a></li></ul><h2>Our response</h2><p>We welcome each report and have a
plan for each one.</p><div class="pagination"><a href="?p=2">2</a> <a href="?p=3">3</a> <a href="?p=2">Next</a></div></main>
<div class="footer-links"><a href="/c">Contact</a> <a href="/p">Privacy</a></div></body></html>""",
    ("We publish each report", "requires improvement to be good", "Focused visit, June 2022", "March 2024: good", "We welcome each report"),
    ("Home", "Next", "Privacy"),
)  # fmt: skip
STATEMENT = SitePage(
    "statement with few words",
    """<html><head><title>Statement on the inspection - Brackley Trust</title></head><body><div class="page"><div class="menu"><a
href="/">Home</a> <a href="/news">News</a></div><div class="article"><h1>Statement on the inspection</h1><p>We accept the findings.</p>
<p>Our chair, Dr Ama Kusi, will report to members on 3 May.</p></div><div class="share"><p>Share this article</p><a href="/t">Chirp</a></div>
<div class="more"><h2>More news</h2><ul><li><a href="/1">New chair named</a></li><li><a href="/2">Summer fair</a></li></ul></div></div></body></html>""",
    ("We accept the findings.", "will report to members on 3 May."),
    ("Home", "Share this article", "Chirp", "More news", "Summer fair"),
)  # fmt: skip
SECTIONS = SitePage(
    "report in sections",
    """<html><head><title>Area inspection of Penhale</title></head><body><div class="app"><div class="app-header"><a href="/">Inspectorate</a>
<a href="/search">Search</a></div><div class="app-body"><section><h1>Area inspection of Penhale</h1><p>Inspection dates: 2 to 6 June 2025</p>
</section><section><h2>What is it like to be a child here?</h2><p>Children with special needs wait too long to be assessed.</p><p>Those with a
plan do well at school, and their parents are content.</p></section><section class="related-findings"><h2>Related findings</h2><p>Health
visitors meet <a href="/hv">new parents</a> at home.</p></section><section><h2>Areas for priority action</h2><table><tr><th>Responsible body</th>
<th>Action</th></tr><tr><td>The council</td><td>Assess children in time</td></tr></table></section><section class="links"><h2>Sources</h2><ol><li>
<a href="/s1">Census of schools, 2024.</a></li><li><a href="/s2">Survey of parents, 2025.</a></li></ol></section></div>
<div class="app-share"><h2>Share this page</h2><a href="/x">Chirp</a><a href="/y">Email</a></div><div class="app-footer"><a href="/a">About us</a>
<a href="/b">Accessibility statement</a></div></div></body></html>""",
    (
        "2 to 6 June 2025", "wait too long to be assessed.", "their parents are content.", "Health visitors meet new parents",
        "The council Assess children in time", "Census of schools, 2024.", "Survey of parents, 2025.", "Related findings",
    ),
    ("Inspectorate", "Share this page", "Chirp", "About us", "Accessibility statement"),
)  # fmt: skip
TRADE_NEWS = SitePage(
    "trade news",
    """<html><head><title>Inspectors find drift in Oakmoor plans | Care Weekly</title></head><body><div class="header-ad">Advertisement</div>
<div class="masthead"><a href="/">Care Weekly</a></div><article class="full"><h1>Inspectors find drift in Oakmoor plans</h1><p class="standfirst">A
third of plans were late, says a letter to the council.</p><p>The letter, of 1 November 2024, says that plans for children in need drift for
months. It praises the front door.</p><ul><li><a href="/letter">Read the letter</a></li></ul><h2>‘Not good enough’</h2><p>Oakmoor's leader said:
“This is not good enough, and we will put it right by spring.”</p><div class="mid-ad"><p>Advertisement</p></div><p>The council has hired ten
workers since June.</p><div class="callout"><h3>Ten workers in numbers</h3><p>Four are newly qualified. Six came from agencies.</p></div>
<div class="article-tags"><span>Topics</span> <a href="/t">Plans</a> <a href="/u">Oakmoor</a></div></article>
<section class="subscribe-box"><h2>Subscribe to Care Weekly</h2><p>Join 20,000 readers. Sign up for our free newsletter.</p><a href="/s">Sign
up</a></section><section><h2>More from Care Weekly</h2><div><a href="/1">Judge calls for more foster carers</a></div><div><a href="/2">Agency pay cap
explained</a></div></section><div class="cookie-consent"><p>We value your privacy. <a href="/c">Cookie policy</a></p></div></body></html>""",
    (
        "A third of plans were late", "of 1 November 2024", "It praises the front door.", "put it right by spring", "hired ten workers",
        "Four are newly qualified.", "Ten workers in numbers",
    ),
    ("Advertisement", "Subscribe to Care Weekly", "20,000 readers", "More from Care Weekly", "Agency pay cap", "We value your privacy"),
)  # fmt: skip
PAGES = (
    GOVERNMENT, COUNCIL, NEWSPAPER, REGULATOR, BLOG, TABLE_LAYOUT, FORM_WRAPPED, CHARITY, LISTING, STATEMENT, SECTIONS,
    TRADE_NEWS,
)  # fmt: skip
