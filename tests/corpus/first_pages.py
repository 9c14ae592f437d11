"""First pages of papers of many kinds, with the facts that a person reads from them. All names and words are invented.

The pages are given as text. ``kind`` is the kind's key, ``inspected`` the first and last day of the inspection, and
``published`` the date of publication or, for a decision or a council's paper, the date by which it is known.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

PDF, PAGE, TEXT = "application/pdf", "text/html", "text/plain"


@dataclass(frozen=True, slots=True)
class FirstPage:
    """A first page and its facts."""

    name: str
    text: str
    kind: str | None
    authority: str | None
    inspected: tuple[date, date] | None = None
    published: date | None = None
    media_type: str = PDF
    inspected_as: str | None = None
    grades: tuple[tuple[str, str], ...] = ()


FIRST_PAGES = (
    FirstPage(
        "children's home, private provider",
        """SC412345
Registered provider: Brightwater Care Limited
Full inspection
Inspected under the social care common inspection framework
Information about this children’s home
The home is registered to provide care for up to four children. It is owned by a private company.
Inspection dates: 3 to 4 May 2023
Overall experiences and progress of children and young people, taking into account: inadequate
How well children and young people are helped and protected: inadequate
The effectiveness of leaders and managers: requires improvement to be good
Date of last inspection: 12 July 2022""",
        "childrens-home",
        None,
        (date(2023, 5, 3), date(2023, 5, 4)),
        grades=(
            ("Overall experiences and progress of children and young people, taking into account", "inadequate"),
            ("How well children and young people are helped and protected", "inadequate"),
            ("The effectiveness of leaders and managers", "requires improvement to be good"),
        ),
    ),
    FirstPage(
        "children's home of a council",
        """1234567
Registered provider: Leeds City Council
Full inspection
Inspected under the social care common inspection framework
Information about this children’s home
This home is run by the local authority. It cares for up to six children.
Inspection dates: 14 and 15 November 2023
Overall experiences and progress of children and young people, taking into account: good""",
        "childrens-home",
        "Leeds",
        (date(2023, 11, 14), date(2023, 11, 15)),
        grades=(("Overall experiences and progress of children and young people, taking into account", "good"),),
    ),
    FirstPage(
        "independent fostering agency",
        """Harbour Lights Fostering
SC987654
Registered provider: Harbour Lights Fostering Limited
Full inspection
Inspected under the social care common inspection framework
Information about this independent fostering agency
The agency has 41 fostering households and 62 children are placed with them.
Inspection dates: 20 to 24 February 2023
Overall experiences and progress of children and young people, taking into account: outstanding""",
        "fostering-agency",
        None,
        (date(2023, 2, 20), date(2023, 2, 24)),
        grades=(("Overall experiences and progress of children and young people, taking into account", "outstanding"),),
    ),
    FirstPage(
        "regional adoption agency",
        """Adopt North Vale
Registered provider: Adopt North Vale Trust
Full inspection
Information about this regional adoption agency
Inspection dates: 6–10/3/23
Overall experiences and progress of service users, taking into account: good""",
        "adoption-agency",
        None,
        (date(2023, 3, 6), date(2023, 3, 10)),
        grades=(("Overall experiences and progress of service users, taking into account", "good"),),
    ),
    FirstPage(
        "school, section 5",
        """Inspection of Millbrook Primary School
12 High Lane, Bolton, Lancashire BL1 4QQ
Inspection dates: 7 and 8 November 2023
Overall effectiveness Good
The quality of education Good
Behaviour and attitudes Outstanding
Personal development Good
Leadership and management Good
Previous inspection grade Requires improvement""",
        "school",
        None,
        (date(2023, 11, 7), date(2023, 11, 8)),
        grades=(
            ("Overall effectiveness", "Good"),
            ("The quality of education", "Good"),
            ("Behaviour and attitudes", "Outstanding"),
            ("Personal development", "Good"),
            ("Leadership and management", "Good"),
        ),
    ),
    FirstPage(
        "nursery",
        """Inspection of Little Larks Day Nursery
The Old Chapel, Mill Road, Stockport SK3 9ZZ
Inspection date: 21 June 2022
Overall effectiveness Requires improvement""",
        "early-years",
        None,
        (date(2022, 6, 21), date(2022, 6, 21)),
        grades=(("Overall effectiveness", "Requires improvement"),),
    ),
    FirstPage(
        "PEEL",
        """PEEL 2021/22
Police effectiveness, efficiency and legitimacy
An inspection of Northwold Constabulary
HMICFRS
Published: 2 May 2023
In Leeds, the force works with the council.""",
        "police-peel",
        None,
        None,
        date(2023, 5, 2),
    ),
    FirstPage(
        "youth justice",
        """An inspection of youth offending services in
Bolton
HM Inspectorate of Probation, March 2023
Overall rating: Requires improvement
Published: 02 May 2023""",
        "youth-justice",
        "Bolton",
        None,
        date(2023, 5, 2),
        grades=(("Overall rating", "Requires improvement"),),
    ),
    FirstPage(
        "CQC care home",
        """Hollybrook House
Hollybrook Homes Ltd
Inspection report
14 Station Road, Coventry CV1 2AB
Tel: 024 7600 0000
Date of inspection visit: 06 June 2022
Date of publication: 15 July 2022
Care Quality Commission
Overall rating for this service Inadequate
Is the service safe? Inadequate
Is the service well-led? Requires Improvement""",
        "cqc",
        None,
        (date(2022, 6, 6), date(2022, 6, 6)),
        date(2022, 7, 15),
        grades=(
            ("Overall rating for this service", "Inadequate"),
            ("Is the service safe?", "Inadequate"),
            ("Is the service well-led?", "Requires Improvement"),
        ),
    ),
    FirstPage(
        "ombudsman, upheld",
        """Leeds City Council (22 001 234)
Category : Children's care services > Child protection
Decision : Upheld
Decision date : 12 May 2023
The Ombudsman's final decision:
Summary: Mr X complained that the Council delayed an assessment of his son. We found fault.""",
        "ombudsman-decision",
        "Leeds",
        None,
        date(2023, 5, 12),
        PAGE,
        grades=(("Decision", "Upheld"),),
    ),
    FirstPage(
        "practice review of a partnership",
        """Dudley Safeguarding Children Partnership
Local Child Safeguarding Practice Review
Child Robin
Author: P. Marsh
Published: 9 January 2024""",
        "practice-review",
        "Dudley",
        None,
        date(2024, 1, 9),
    ),
    FirstPage(
        "LGA peer challenge",
        """LGA Corporate Peer Challenge
Dudley Metropolitan Borough Council
On-site dates: Tuesday 14 March to Thursday 16 March 2023
Feedback report
Recommendations
Bring the plans of Dudley Council together.""",
        "peer-challenge",
        "Dudley",
        (date(2023, 3, 14), date(2023, 3, 16)),
    ),
    FirstPage(
        "cabinet paper about an inspection",
        """Report to Cabinet
Date of meeting: 14 September 2023
Outcome of the Ofsted inspection of Leeds children’s services
Report of the Director of Children’s Services
Recommendations
That Cabinet of Leeds City Council notes the report.""",
        "council-paper",
        "Leeds",
        None,
        date(2023, 9, 14),
    ),
    FirstPage(
        "Ofsted's annual report",
        """The Annual Report of His Majesty’s Chief Inspector of Education, Children’s Services and Skills 2022/23
Published 23 November 2023
In Leeds, inspectors saw social workers who knew children well. In most local authorities this was so.""",
        "ofsted-annual-report",
        None,
        None,
        date(2023, 11, 23),
    ),
    FirstPage(
        "Estyn",
        """Estyn
Inspection report
A report on
Ysgol Bryn Derw
Date of inspection: March 2023
by Estyn, His Majesty’s Inspectorate for Education and Training in Wales""",
        "estyn",
        None,
        (date(2023, 3, 1), date(2023, 3, 31)),
        inspected_as="March 2023",
    ),
    FirstPage(
        "Care Inspectorate, Scotland",
        """Glen Rannoch House
Care Home Service
Care service inspection report
Care Inspectorate
Inspection dates: w/c 6 March 2023
How well do we support people’s wellbeing? 4 - Good
How good is our leadership? 3 - Adequate""",
        "care-inspectorate-scotland",
        None,
        (date(2023, 3, 6), date(2023, 3, 12)),
        inspected_as="w/c 6 March 2023",
        grades=(
            ("How well do we support people’s wellbeing?", "4 - Good"),
            ("How good is our leadership?", "3 - Adequate"),
        ),
    ),
    FirstPage(
        "ILACS, dates in figures",
        """Inspection of Dudley local authority children’s services
Inspection dates: 06.03.2023 – 17.03.2023
Lead inspector: Ann Reed, His Majesty’s Inspector
Report published: 28.04.2023""",
        "ilacs",
        "Dudley",
        (date(2023, 3, 6), date(2023, 3, 17)),
        date(2023, 4, 28),
    ),
    FirstPage(
        "JTAI",
        """Joint targeted area inspection of Bolton
Inspection of the multi-agency response to serious youth violence
Inspection dates: 8th–12th May 2023
Published: 3 July 2023""",
        "joint-targeted",
        "Bolton",
        (date(2023, 5, 8), date(2023, 5, 12)),
        date(2023, 7, 3),
    ),
    FirstPage(
        "a paper of no known kind, with running text about another event",
        """Annual statement of sufficiency
The council agreed its strategy, which was published on 4 May 2022 after the inspection date was moved from 3 March.
Most children live close to home.""",
        None,
        None,
    ),
    FirstPage(
        "national news",
        """Children’s services are better than ever, says chief inspector
Councils across England have improved. In Leeds, leaders know their services well, and local authorities elsewhere
are catching up. Councils told inspectors that recruitment was hard.""",
        None,
        None,
        media_type=PAGE,
    ),
    FirstPage(
        "secure children's home",
        """Harrow Down
Information about this secure children’s home
The home is managed by a local authority. It provides for up to 12 children.
Inspection dates: Tuesday 3 to Thursday 5 October 2023
Overall experiences and progress of children and young people, taking into account: good
Children’s health: outstanding""",
        "secure-childrens-home",
        None,
        (date(2023, 10, 3), date(2023, 10, 5)),
        grades=(
            ("Overall experiences and progress of children and young people, taking into account", "good"),
            ("Children’s health", "outstanding"),
        ),
    ),
    FirstPage(
        "residential family centre",
        """Inspection report for residential family centre
Unique reference number: SC300300
Inspection dates: 16/05/2023 to 17/05/2023
Overall experiences and progress of children and parents, taking into account: requires improvement to be good""",
        "residential-family-centre",
        None,
        (date(2023, 5, 16), date(2023, 5, 17)),
        grades=(
            (
                "Overall experiences and progress of children and parents, taking into account",
                "requires improvement to be good",
            ),
        ),
    ),
    FirstPage(
        "school, section 8",
        """Ofsted
Piccadilly Gate, Store Street, Manchester M1 2WD
Section 8 monitoring inspection
Kestrel Academy
Inspection date: 9 February 2022""",
        "school",
        None,
        (date(2022, 2, 9), date(2022, 2, 9)),
    ),
    FirstPage(
        "college",
        """Inspection of Marlow Vale College
Unique reference number: 130001
Type of provider: General further education college
Inspection dates: 28 February to 3 March 2023
Overall effectiveness Good
Apprenticeships Requires improvement""",
        "college",
        None,
        (date(2023, 2, 28), date(2023, 3, 3)),
        grades=(("Overall effectiveness", "Good"), ("Apprenticeships", "Requires improvement")),
    ),
    FirstPage(
        "childminder",
        """Childminder report
Inspection date: 21 March 2023
Overall effectiveness Good
This inspection
What is it like to attend this early years setting?""",
        "early-years",
        None,
        (date(2023, 3, 21), date(2023, 3, 21)),
        grades=(("Overall effectiveness", "Good"),),
    ),
    FirstPage(
        "police child protection",
        """National child protection inspection
Greater Manchester Police
HMICFRS
Date published: 12 August 2022""",
        "police-child-protection",
        None,
        None,
        date(2022, 8, 12),
    ),
    FirstPage(
        "youth offending work, an authority that is not in our list",
        """Inspection of youth offending services in
Skelby
An inspection by HM Inspectorate of Probation
Published: 4 June 2020
Overall rating Good""",
        "youth-justice",
        "Skelby",
        None,
        date(2020, 6, 4),
        grades=(("Overall rating", "Good"),),
    ),
    FirstPage(
        "CQC assessment of a council",
        """Dudley Metropolitan Borough Council: local authority assessment
Care Quality Commission
Overall Good
Assessment published: 20 September 2024""",
        "cqc-local-authority",
        "Dudley",
        None,
        date(2024, 9, 20),
        PAGE,
        grades=(("Overall", "Good"),),
    ),
    FirstPage(
        "Care Inspectorate Wales",
        """Inspection Report on
Ty Gwyn
Care Inspectorate Wales
Date(s) of inspection visit(s): 14 September 2023
Well-being Good
Leadership and Management Needs improvement""",
        "care-inspectorate-wales",
        None,
        (date(2023, 9, 14), date(2023, 9, 14)),
        grades=(("Well-being", "Good"), ("Leadership and Management", "Needs improvement")),
    ),
    FirstPage(
        "joint inspection in Scotland",
        """Joint inspection of services for children and young people in need of care and protection in Glen Rannoch
Care Inspectorate
Published: September 2021""",
        "care-inspectorate-scotland",
        None,
    ),
    FirstPage(
        "ombudsman, not upheld, council that is not in our list",
        """Skelby Borough Council (21 017 555)
Category : Education > Special educational needs
Decision : Not upheld
Decision date : 03 Mar 2022
The Ombudsman's final decision:""",
        "ombudsman-decision",
        "Skelby",
        None,
        date(2022, 3, 3),
        PAGE,
        grades=(("Decision", "Not upheld"),),
    ),
    FirstPage(
        "serious case review",
        """SERIOUS CASE REVIEW
Child K
Bolton Safeguarding Children Board
Publication date: 11/07/2018""",
        "practice-review",
        "Bolton",
        None,
        date(2018, 7, 11),
    ),
    FirstPage(
        "peer challenge of children's services as a letter",
        """21 June 2023
Ann Marsh
Director of Children’s Services, Dudley Council
Dear Ann
Children’s services peer challenge
Thank you for inviting us. The visit took place from 6 to 9 June 2023 and this letter gives our findings.""",
        "peer-challenge",
        "Dudley",
        (date(2023, 6, 6), date(2023, 6, 9)),
        date(2023, 6, 21),
    ),
    FirstPage(
        "scrutiny paper with the inspection first",
        """Ofsted inspection of Bolton children’s services
Report to: Children’s Services Scrutiny Committee
Date of meeting: 6 July 2023
Report of the Director of People
Purpose
To tell members of the inspection of 8 to 19 May 2023.""",
        "council-paper",
        "Bolton",
        None,
        date(2023, 7, 6),
    ),
    FirstPage(
        "self-evaluation",
        """Leeds City Council
Children’s services self-evaluation
March 2024""",
        "council-paper",
        "Leeds",
    ),
    FirstPage(
        "corrected letter",
        """16 April 2025
Dear Ms Reed
Focused visit to Dudley children’s services
This letter replaces one published on 2 April 2025. It summarises the findings of the focused visit to Dudley
children’s services on 11 and 12 March 2025.""",
        "focused-visit",
        "Dudley",
        (date(2025, 3, 11), date(2025, 3, 12)),
        date(2025, 4, 16),
    ),
    FirstPage(
        "two authorities in one title",
        """Monitoring visit to Bolton and Dudley children’s services
Inspection dates: 4 and 5 July 2023""",
        "monitoring-visit",
        None,
        (date(2023, 7, 4), date(2023, 7, 5)),
    ),
    FirstPage(
        "American dates",
        """Inspection of Dudley children’s services
Inspection dates: 3/6/2023 to 3/17/2023
Published: 4/28/2023""",
        "ilacs",
        "Dudley",
    ),
    FirstPage(
        "a council's own page that names it only in the site's name",
        """Our children’s services are getting better – Leeds City Council
Inspectors have praised our social workers. They said that children were safe.
Published: 2 May 2023""",
        None,
        "Leeds",
        None,
        date(2023, 5, 2),
        PAGE,
    ),
    FirstPage(
        "a statement of a kind that we do not know",
        """Sufficiency statement 2023 to 2026
Dudley Council
This statement follows a focused visit in March and a peer challenge in May. It was agreed after the annual
conversation on 4 May 2023.""",
        None,
        "Dudley",
    ),
)
