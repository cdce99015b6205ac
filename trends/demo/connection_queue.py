"""Two pieces about one register of grid connections, to go live together."""

from .story import Piece, Step, When, checked

REGISTER = {
    "kind": "data",
    "claim": "Every place in the queue, with its holder, its size and its permits.",
    "source_title": "Register of connection requests",
    "publisher": "Norderwey Grid",
    "url": "https://norderwey.example/connections/register",
    "dated_on": -8,
    "independence": "own",
} | checked("ada", -2)

QUEUE_AUDIT = Piece(
    key="queue-audit",
    topic="energy",
    started=When(-6, "10:40"),
    by="wes",
    title="A third of the places in Norderwey’s grid queue are held by empty companies",
    content={
        "standfirst": (
            "We matched the queue for connections with the register of firms. Many who wait have "
            "neither land nor a permit, and some have no telephone."
        ),
        "lede": """
            Of 412 places in the queue for a connection to Norderwey’s grid, 138 are held by
            companies without land, staff or a permit. [[E1]]""",
        "context": """
            A place costs 900 crowns to ask for and nothing to keep. Data halls wait four years for
            one. [[E1]] The grid may not ask what a place is for.""",
        "analysis": """
            A queue that costs nothing fills up with options. We do not think that most of them are
            meant badly; we do think that nobody would miss them.""",
        "evidence": [REGISTER],
        "key_points": ["138 of 412 places in the queue belong to companies without land. [[E1]]"],
        "actions": [
            {
                "audience": "Whoever waits behind them",
                "text": "Look your neighbours in the queue up before you buy a place from one.",
                "timing": "before you pay",
            }
        ],
        "author": ["oluchi", "wes"],
        "related": [{"target": "transformers"}],
    },
    story=(
        Step("submit", When(-3, "12:20"), "wes", "Goes with the piece on deposits, please."),
        Step("approve", When(-2, "15:10"), "ada"),
    ),
)

QUEUE_DEPOSITS = Piece(
    key="queue-deposits",
    topic="energy",
    started=When(-5, "16:00"),
    by="wes",
    title="Norderwey’s grid wants a deposit from everybody who waits",
    content={
        "standfirst": (
            "A place in the queue would cost as much as a small car for each megawatt, and the "
            "money would come back with the first kilowatt-hour."
        ),
        "lede": """
            Norderwey Grid has proposed that whoever waits for a connection pays a deposit, and
            gets it back when power flows. [[E1]]""",
        "context": """
            The regulator has to agree. Those who hold a permit today would have a year to pay.
            [[E1]]""",
        "analysis": """
            A deposit asks the right question: would you still want the place if it cost something?
            It asks it of small users as well, for whom the sum is a hurdle.""",
        "evidence": [
            {
                "kind": "document",
                "claim": "The deposit, who pays it, and when it is paid back.",
                "excerpt": "The deposit is returned in full with the first delivery.",
                "source_title": "Proposal for a fair queue",
                "publisher": "Norderwey Grid",
                "url": "https://norderwey.example/connections/proposal",
                "dated_on": -6,
                "independence": "own",
            }
            | checked("ada", -2),
        ],
        "key_points": ["Whoever waits would pay a deposit and get it back with the power. [[E1]]"],
        "actions": [
            {
                "audience": "Small users with a place in the queue",
                "text": "Write to the regulator while the proposal is open for comments.",
                "timing": "this month",
            }
        ],
        "author": ["oluchi"],
        "related": [{"target": "queue-audit"}],
    },
    story=(
        Step("submit", When(-3, "12:30"), "wes"),
        Step("approve", When(-2, "15:25"), "ada", "Both together: each is half of it."),
    ),
)

PIECES = (QUEUE_AUDIT, QUEUE_DEPOSITS)
