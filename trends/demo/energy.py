"""Pieces of the topic Energy: one that will change, one enriched, one approved, one begun."""

from .island_battery import ISLAND_BATTERY
from .story import Owes, Picture, Piece, Remark, Save, Step, When, checked, published

SOLAR_HOURS = Piece(
    key="solar-hours",
    topic="energy",
    started=When(-16, "09:30"),
    by="wes",
    title="Fadelume sells computing by the sunny hour, and the cheap hours sell out first",
    hero=Picture(
        "solar",
        83,
        "Drawing of rows of solar panels under a large sun, with a small hall behind them",
    ),
    content={
        "kind": "report",
        "standfirst": (
            "A cloud with no generator of its own prices work by the weather. Customers turn out "
            "to be more patient than the industry assumes."
        ),
        "dateline": "Lagos",
        "lede": """
            Fadelume, a cloud that runs on solar power north of Lagos, has sold every one of its
            midday hours since it began to price them by the weather forecast.""",
        "context": """
            A customer books work that can wait, such as training or rendering, for hours that the
            forecast calls sunny. The price falls as the panels’ expected output rises. When a cloud
            comes after all, the work pauses and the customer gets half of the price back.""",
        "analysis": """
            Sellers of computing speak as if every task were urgent, because urgency is what they
            sell. A price that changes with the sky shows which tasks are not. The lesson reaches
            beyond Lagos: wherever solar power is thrown away at noon, somebody’s batch of work
            could have used it.

            It has a limit. The cheap hours are full, so the next customer pays more or waits until
            Fadelume has more panels; and a price that nobody can plan with will not suit those who
            must promise a result by a date. We would call it a second market, and not the future
            of the first.""",
        "key_points": [
            "All midday hours have been sold since their price follows the forecast.",
            "Work that is paused by clouds costs half; few customers seem to mind.",
        ],
        "author": ["oluchi"],
        "related": [{"target": "island-battery"}, {"target": "cooling-leases"}],
    },
    story=(
        *published(-15, "10:30"),
        Save(
            When(-13, "14:00"),
            "wes",
            "Price list and the university’s measurements",
            text={
                "lede": """
                    Fadelume, a cloud that runs on solar power north of Lagos, has sold every one of
                    its midday hours since it began to price them by the weather forecast.
                    [[E1]]""",
                "context": """
                    A customer books work that can wait, such as training or rendering, for hours
                    that the forecast calls sunny. The price falls as the panels’ expected output
                    rises, from 9 naira a core-hour to 2. [[E1]] When a cloud comes after all, the
                    work pauses and the customer gets half of the price back. [[E1]] Researchers
                    who logged the service for four months counted pauses in 7 per cent of the
                    hours sold. [[E2]]""",
            },
            add={
                "evidence": [
                    {
                        "kind": "data",
                        "claim": "Prices by forecast, refunds, and hours sold.",
                        "excerpt": "Bands A–E: ₦9, ₦7, ₦5, ₦3, ₦2 a core-hour. 11:00–14:00: full.",
                        "source_title": "Public price list and booking calendar",
                        "publisher": "Fadelume",
                        "url": "https://fadelume.example/prices",
                        "archive_url": "https://archive.example/fadelume/prices",
                        "dated_on": -14,
                        "independence": "own",
                    }
                    | checked("ada", -13),
                    {
                        "kind": "report",
                        "claim": "Work was paused in 7 per cent of the hours sold.",
                        "excerpt": "Of 1,904 hours sold in the four months, 133 saw a pause.",
                        "locator": "p. 6",
                        "source_title": "Four months of weather-priced computing",
                        "publisher": "Lekan Ashby Institute",
                        "url": "https://lekan-ashby.example/papers/weather-priced",
                        "dated_on": -30,
                        "independence": "independent",
                    }
                    | checked("ada", -13),
                ]
            },
            change={
                ("key_points", 0): {
                    "text": "All midday hours have been sold since their price follows the "
                    "forecast. [[E1]]"
                },
                ("key_points", 1): {
                    "text": "Clouds paused 7 per cent of the hours sold; those cost half. [[E2]]"
                },
            },
        ),
        *published(-13, "17:00"),
        Remark(
            When(-2, "09:30"),
            "ada",
            "A customer of Fadelume says that clouds paused a fifth of the hours that he had "
            "booked, not 7 per cent. He has sent his bills.",
            section="key_points",
            facts={
                "kind": "complaint",
                "received_on": -2,
                "due_on": 5,
                "name": "Idowu Marchbanks",
            },
        ),
    ),
    owes=(Owes("actions", "wes", 6),),
)

TRANSFORMERS = Piece(
    key="transformers",
    topic="energy",
    started=When(-5, "13:15"),
    by="wes",
    title="Ostermarck’s order book for large transformers is full for the next five years",
    hero=Picture("transformer", 89, "Drawing of a transformer with three tall insulators"),
    content={
        "standfirst": (
            "Data halls, wind farms and grids all want the same steel boxes. The maker will not "
            "add a plant for what it calls somebody else’s boom."
        ),
        "lede": """
            Ostermarck, which builds the transformers that join large users to the grid, has told
            investors that it has no free place in its works for five years. [[E1]]""",
        "context": """
            A transformer of this size takes seven months to build and is made to order. Ostermarck
            finishes about 130 a year. Its order book holds 650. [[E1]] A tenth of the orders are
            reservations without a design, which can be sold on. [[E2]]""",
        "analysis": """
            A reservation that can be sold is a currency, and it is being used as one. [[E2]] That
            makes the queue look longer than it is. We would look at how many of the 650 have a
            drawing before believing in five years.""",
        "evidence": [
            {
                "kind": "filing",
                "claim": "Orders in hand and yearly output.",
                "excerpt": "Orders in hand: 650 units. Output in the year: 131 units.",
                "locator": "p. 9",
                "source_title": "Half-year report",
                "publisher": "Ostermarck",
                "url": "https://ostermarck.example/reports/half-year",
                "dated_on": -18,
                "independence": "own",
            }
            | checked("ada", -3),
            {
                "kind": "interview",
                "claim": "Reservations without a design are sold on.",
                "excerpt": "We bought two places from a wind farm that was never built.",
                "source_title": "Head of grid connections",
                "publisher": "Skerrymoor",
                "dated_on": -5,
                "speaker": "Catrin Oyelaran-Hughes",
                "speaker_role": "Head of grid connections, Skerrymoor",
                "independence": "independent",
            },
        ],
        "key_points": [
            "Ostermarck has 650 large transformers to build and finishes about 130 a year. [[E1]]",
            "Places in the queue are bought and sold, so it may be shorter than it looks. [[E2]]",
        ],
        "actions": [
            {
                "audience": "Anybody who waits for a connection",
                "text": "Ask whether your supplier’s place in the queue has a drawing. [[E2]]",
                "timing": "this quarter",
            }
        ],
        "author": ["oluchi", "jagna"],
        "related": [{"target": "island-battery"}],
    },
    story=(
        Step("submit", When(-4, "10:00"), "wes"),
        Step("approve", When(-1, "16:00"), "ada", "Good. Any day this week."),
    ),
)

QUARRY_STORAGE = Piece(
    key="quarry-storage",
    topic="energy",
    started=When(-1, "12:40"),
    by="wes",
    title="Two quarries bid to become batteries",
    content={
        "lede": """
            Two slate quarries have applied to store power by pumping water uphill at night. Neither
            has said who would buy it."""
    },
    story=(
        Remark(
            When(-1, "15:30"),
            "wes",
            "On paper both quarries belong to the same man. @ada, is that the story?",
        ),
    ),
    owes=(Owes("context", "wes", 3), Owes("evidence", "ada", 7)),
)

PIECES = (ISLAND_BATTERY, SOLAR_HOURS, TRANSFORMERS, QUARRY_STORAGE)
