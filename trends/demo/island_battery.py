"""A live piece whose next text is approved and waits for the day on which it becomes true."""

from .story import Picture, Piece, Pinned, Save, Step, When, checked, published

ISLAND_BATTERY = Piece(
    key="island-battery",
    topic="energy",
    started=When(-12, "10:30"),
    by="wes",
    title="Calverhythe lets data halls jump the queue for power if they bring a battery to share",
    hero=Picture(
        "grid",
        71,
        "Drawing of an island with pylons, a battery on its shore and a cable into the sea",
        "The battery stands with the customer; the grid may draw on it for an hour a day.",
    ),
    content={
        "standfirst": (
            "An island grid has more applicants than cable. It sells the next places to those who "
            "can carry themselves, and others, through an hour of need."
        ),
        "dateline": "Sundrey",
        "ai_use": "assisted",
        "ai_note": "Machine translation of the tariff’s annex; a native speaker checked it.",
        "lede": """
            From {+3} Calverhythe, which runs the grid of the Sundrey Isles, will connect data halls
            ahead of the queue if they bring a battery and let the grid draw on it for one hour a
            day. [[E1]]""",
        "context": """
            The isles hang on one sea cable of 220 megawatts, and applications for 310 are waiting.
            [[E1]] Under the new tariff an applicant that adds a battery of its own connected load
            moves to the front, pays a third less for its connection, and hands the operator one
            hour of discharge a day. [[E1]]

            The isles’ regulator approved the tariff for three years and asked for a report after
            the first. [[E2]] A users’ group says that smaller firms, for whom a battery costs more
            than the connection, will wait longer. [[E3]]""",
        "analysis": """
            Queues for power usually reward whoever applied first, whether or not they ever build.
            This one rewards those who make the shortage smaller, which is new and worth copying
            wherever a cable and not a power station is the bottleneck. [[E1]]

            The price is a quieter one. Who can pay for a battery is not the same question as whose
            work the isles need, and the users’ group is right that nobody has answered the second.
            [[E3]] The regulator’s report in a year is the place to look. [[E2]]""",
        "evidence": [
            {
                "kind": "document",
                "claim": "Terms of the tariff, capacity of the cable and length of the queue.",
                "excerpt": (
                    "An Applicant providing storage equal to its contracted load shall be "
                    "connected in priority, and shall make available one hour of discharge daily."
                ),
                "locator": "article 3 and annex 2",
                "source_title": "Tariff for connections with shared storage",
                "publisher": "Calverhythe",
                "url": "https://calverhythe.example/tariffs/shared-storage",
                "archive_url": "https://archive.example/calverhythe/shared-storage",
                "dated_on": -20,
                "independence": "own",
            }
            | checked("ada", -10),
            {
                "kind": "filing",
                "claim": "Approved for three years, with a report after the first.",
                "excerpt": "Approved for a term of three years; the operator reports after one.",
                "locator": "decision 4",
                "source_title": "Minutes of the energy council",
                "publisher": "Energy Council of the Sundrey Isles",
                "url": "https://energy-council.example/minutes/shared-storage",
                "dated_on": -14,
                "independence": "independent",
            }
            | checked("ada", -10),
            {
                "kind": "statement",
                "claim": "Smaller firms expect to wait longer.",
                "excerpt": "For a bakery or a clinic the battery costs more than the connection.",
                "source_title": "Objection to the tariff",
                "publisher": "Sundrey Users of Power",
                "url": "https://sundrey-users.example/objection",
                "dated_on": -16,
                "stance": "contradicts",
                "independence": "interested",
            },
        ],
        "key_points": [
            "From {+3} a shared battery buys a place at the front of the isles’ queue. [[E1]]",
            "Batteries must match the load and serve the grid for one hour a day. [[E1]]",
            "Smaller firms may wait longer; the regulator wants a report in a year. [[E2]] [[E3]]",
        ],
        "actions": [
            {
                "audience": "Planners of data halls",
                "text": "Price a battery of your full load against two years of waiting. [[E1]]",
                "timing": "before applying",
                "review_on": 90,
            },
            {
                "audience": "Grid operators with one cable",
                "text": "Ask Calverhythe for its load flows; it says that it will share them.",
                "timing": "this quarter",
            },
        ],
        "author": ["oluchi", {"author": "wes", "role": "Reporting from Sundrey"}],
        "related": [{"target": "solar-hours"}, {"target": "cooling-leases"}],
        "backstory": """
            Calverhythe published the tariff in Norwegian and English; where the two differ we
            followed the Norwegian. The operator and the users’ group both answered us.""",
    },
    story=(
        *published(-9, "10:40"),
        Pinned(When(-2, "08:30"), "ada", slot=0, days=14),
        Save(
            When(-2, "15:00"),
            "wes",
            "For the day on which the tariff begins",
            text={
                "lede": """
                    Calverhythe, which runs the grid of the Sundrey Isles, now connects data halls
                    ahead of the queue if they bring a battery and let the grid draw on it for one
                    hour a day. [[E1]]""",
            },
            change={
                ("key_points", 0): {
                    "text": "A shared battery now buys a place at the front of the isles’ queue. "
                    "[[E1]]"
                },
            },
        ),
        Step("submit", When(-2, "15:05"), "wes", "For the morning when it begins."),
        Step("approve", When(-1, "11:30"), "ada"),
        Step(
            "schedule",
            When(-1, "12:00"),
            "pam",
            options={
                "live_from": When(3, "06:00"),
                "change": "update",
                "update_line": "The tariff is in force.",
            },
        ),
    ),
)
