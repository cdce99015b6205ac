"""Pieces of the topic Compute: one with everything, one pending, one in review, one in the bin."""

from .openai_foxconn import OPENAI_FOXCONN
from .story import Owes, Picture, Piece, Remark, Save, Step, When, checked, published

COOLING_LEASES = Piece(
    key="cooling-leases",
    topic="compute",
    started=When(-6, "14:05"),
    by="wes",
    title="Skerrymoor writes its cooling bill into the lease, and tenants redesign their racks",
    hero=Picture(
        "cooling",
        11,
        "Drawing of a cold and a warm pipe that run along a row of racks and meet at a meter",
        "Where the tenant’s loop meets the landlord’s, the new lease puts a meter.",
    ),
    content={
        "standfirst": (
            "A landlord of data halls will meter heat instead of floor. Those who choose their own "
            "machines can save; those who rent them finished can only pay."
        ),
        "dateline": "Port Carrow",
        "disclosure": (
            "Newsroom rents two racks from another operator, under a lease that bills floor area."
        ),
        "lede": """
            Skerrymoor, which lets data halls on the west coast of Scotland, will charge tenants for
            the heat that it carries away and no longer for the floor they stand on, in every lease
            that begins after {+38}. [[E1]] At least one of its five largest tenants has already
            taken fans out of its servers because of it. [[E2]]""",
        "context": """
            The new standard lease sets a meter at the point where the tenant’s cooling loop hands
            its heat to the landlord’s. [[E1]]

            <blockquote><p>Heat removed from the Premises shall be metered at the secondary loop and
            charged per kilowatt-hour thermal, at the tariff of the season. [[E1]]</p></blockquote>

            Until now cooling was part of a flat rent. Billing it by the meter is still rare: nine
            of 41 operators in a survey published on {-48} do so, up from three two years before.
            [[E3]]

            An association of tenants expects costs to rise by 6 to 11 per cent for members whose
            machines run flat out all year, since they cannot move their work into a cooler season.
            [[E4]] Skerrymoor’s lease gives no forecast. [[E1]]""",
        "analysis": """
            A flat rent hides the cost of heat from the only party that can avoid making it. Under
            the old lease a slower fan or warmer water saved the landlord money, and the tenant who
            had paid for the change saw nothing of it. [[E2]] The meter moves the saving to where
            the decision is made.

            <h3>Who gains, and who only pays</h3>

            Tenants that specify their own hardware gain most: they can cool it with liquid, accept
            warmer water and bargain with measured heat. Those who rent finished servers cannot, and
            for them the association’s objection is fair. A price that one cannot respond to is a
            rent rise with a meter attached. [[E4]]

            We expect the clause to travel. It is plainly drafted, the meters exist, and a landlord
            who offers both leases side by side learns within a year which tenants fear the meter.
            [[E3]] Two things could stop it. Meters of this kind want calibrating more often than
            the lease allows for [[E5]], and it names no referee for the day when two of them
            disagree. [[E1]]

            <p>Once heat is measured it can also be sold. We are looking at
            <a href="trend:heat-reuse">a town that would like to buy some</a>.</p>""",
        "backstory": """
            We read the lease in full and compared it with the revision that it replaces. We spoke
            to three tenants; one agreed to be described, none to be named. Skerrymoor answered
            questions in writing and saw no part of this text before it was published.""",
        "evidence": [
            {
                "kind": "document",
                "claim": "The lease meters and bills heat at the tenant’s loop.",
                "excerpt": (
                    "Heat removed from the Premises shall be metered at the secondary loop and "
                    "charged per kilowatt-hour thermal, at the tariff of the season."
                ),
                "locator": "clause 14.2",
                "source_title": "Standard lease of data halls, revision 7",
                "publisher": "Skerrymoor",
                "url": "https://skerrymoor.example/leases/standard-7",
                "archive_url": "https://archive.example/skerrymoor/standard-7",
                "dated_on": -18,
                "independence": "own",
            }
            | checked("ada", -4),
            {
                "kind": "interview",
                "claim": "The head of infrastructure at one of the five largest tenants has "
                "changed its servers because of the new price.",
                "excerpt": (
                    "We took two fans out of every chassis. Under the old lease that would have "
                    "saved the landlord money, not us."
                ),
                "source_title": "Call with the tenant of halls 3 and 4",
                "publisher": "Thistlecrane",
                "dated_on": -7,
                "independence": "interested",
                "disclosure": "described",
                "private_note": "Recording with Ada. Agreed: the office held, never the firm.",
            }
            | checked("ada", -4),
            {
                "kind": "data",
                "claim": "Nine of 41 operators bill heat by the meter.",
                "excerpt": "Heat metered at the tenant’s loop: 9 of 41 (two years earlier: 3).",
                "locator": "table 6",
                "source_title": "Heat metering in leased data halls",
                "publisher": "Northern Heat Observatory",
                "url": "https://heat-observatory.example/surveys/leased-halls",
                "dated_on": -48,
                "independence": "independent",
            }
            | checked("ada", -4),
            {
                "kind": "statement",
                "claim": "For steady workloads the change is a rise in rent.",
                "excerpt": (
                    "A member with a steady workload cannot respond to the price. For these the "
                    "change is a rise in rent of 6 to 11 per cent."
                ),
                "source_title": "Comment on metered cooling",
                "publisher": "Association of Hall Tenants",
                "url": "https://hall-tenants.example/comments/metered-cooling",
                "dated_on": -10,
                "stance": "contradicts",
                "independence": "interested",
            },
            {
                "kind": "interview",
                "claim": "The meters drift by more than the lease tolerates within a year.",
                "source_title": "Somebody who used to run one of the halls",
                "dated_on": -5,
                "independence": "independent",
                "disclosure": "internal",
                "private_note": "Asked not to appear at all, not even described.",
            },
        ],
        "key_points": [
            "Leases that begin after {+38} bill the heat a tenant makes, not the floor. [[E1]]",
            "Tenants that pick their own hardware can lower the bill; one already has. [[E2]]",
            "Those with steady workloads expect to pay 6 to 11 per cent more. [[E4]]",
            "Metered heat is rare but spreading: nine of 41 operators bill it. [[E3]]",
        ],
        "author": [
            {"author": "marisa", "role": "Reporting and analysis"},
            {"author": "wes", "role": "Additional reporting in Glasgow"},
        ],
        "related": [
            {"target": "island-battery"},
            {
                "url": "https://heat-observatory.example/surveys/leased-halls",
                "label": "Survey: heat metering in leased data halls (Northern Heat Observatory)",
            },
        ],
    },
    story=(
        *published(-3, "10:30"),
        Save(
            When(-1, "09:45"),
            "wes",
            "Actions, asked for by three readers",
            add={
                "actions": [
                    {
                        "audience": "Tenants with a renewal within the year",
                        "text": "Ask for a year of heat readings and model the tariff on your "
                        "worst month. [[E1]]",
                        "timing": "before you sign",
                        "review_on": 60,
                    },
                    {
                        "audience": "Buyers of servers",
                        "text": "Write the highest water temperature that you accept into the "
                        "next tender. [[E2]]",
                        "timing": "with the next order",
                    },
                    {
                        "audience": "Landlords",
                        "text": "Name a referee for disputed meters before a tenant asks for one.",
                        "timing": "now",
                    },
                ]
            },
        ),
        *published(-1, "12:30", update_line="Added: what tenants can do before they sign"),
    ),
)

HEAT_REUSE = Piece(
    key="heat-reuse",
    topic="compute",
    started=When(-7, "11:20"),
    by="wes",
    title="Fennimarsh would heat its swimming bath with a data hall, if a pipe beats the gas bill",
    hero=Picture(
        "water",
        31,
        "Drawing of a swimming bath with lanes, into which a pipe from the left pours warmth",
    ),
    content={
        "standfirst": (
            "The town has a bath that costs too much to heat and a neighbour that pays to be rid "
            "of its warmth. Between them lie 600 metres and one road."
        ),
        "dateline": "Fennimarsh",
        "lede": """
            The council of Fennimarsh will decide on {+9} whether to lay a pipe from a data hall on
            its edge to a swimming bath in its middle, and to stop burning gas for most of the
            year.""",
        "context": """
            The bath is the town’s largest user of gas. The hall opened two years ago and blows its
            heat into the air. An engineer’s study, which the council ordered in spring, puts the
            pipe at 600 metres and its payback at nine years.""",
        "analysis": """
            Nine years is a long time to trust a neighbour. The hall’s tenants may leave, or bring
            machines that run warmer or cooler, and the town would own a pipe to nowhere. The study
            is silent on who carries that risk; the contract should not be.""",
        "key_points": [
            "The council decides on {+9} about a pipe that would replace most of the bath’s gas.",
            "A payback of nine years rests on a tenant that may leave sooner than that.",
        ],
        "author": ["wes"],
        "related": [{"target": "cooling-leases"}],
    },
    story=(
        Step("submit", When(-2, "16:45"), "wes", "Study attached; figures still to be checked."),
        Remark(
            When(-1, "10:20"),
            "ada",
            "The study counts heat that nobody takes. @wes, do we have the metered figure?",
            section="evidence",
        ),
        Remark(
            When(-1, "14:05"),
            "wes",
            "Asked the works for it, @ada. They promise the meter readings by the end of the week.",
            answers=True,
        ),
    ),
    owes=(Owes("evidence", "wes", 2), Owes("actions", "ada", 0)),
)

QUARTER_TABLE = Piece(
    key="quarter-table",
    topic="compute",
    started=When(-10, "10:15"),
    by="wes",
    title="The quarter in data halls, in one table",
    content={"lede": "Four figures that tell how the quarter went for those who let data halls."},
    story=(
        Step(
            "discard",
            When(-9, "17:30"),
            "ada",
            "Two of the figures stand in the cooling piece already, and two have no source.",
        ),
    ),
)

PIECES = (COOLING_LEASES, OPENAI_FOXCONN, HEAT_REUSE, QUARTER_TABLE)
