"""A report that was gravely wrong for two days, and how it was put right."""

from .story import Picture, Piece, Save, Step, When, checked, published

GLASS_YIELD = Piece(
    key="glass-yield",
    topic="chips",
    started=When(-33, "10:10"),
    by="wes",
    title="Velmarith can sell two of three glass panels, close to what its packaging line promised",
    hero=Picture(
        "chip",
        47,
        "Drawing of a pane of glass with a grid of squares, some of them crossed out",
        "A panel is cut into substrates; one flaw can cost several of them.",
    ),
    content={
        "kind": "report",
        "standfirst": (
            "The maker of glass substrates has shown its first figures from volume production. "
            "Rivals that still use resin will read them closely."
        ),
        "dateline": "Wrocław",
        "lede": """
            Velmarith says that 64 per cent of the glass panels it made in the last quarter were
            good enough to sell. [[E1]] It is the first yield that anybody has published for glass
            substrates made in volume. [[E2]]""",
        "context": """
            A substrate is the board inside a chip’s package that joins the silicon to the outside.
            Glass stays flatter than resin when it is heated, so the wiring on it can be finer;
            it also cracks. [[E2]]

            Velmarith opened its line eighteen months ago with a target of 90 per cent by the end
            of its third year. [[E1]] In a survey of comparable lines, panels released for sale lay
            between 30 and 50 per cent in the second year. [[E2]] Thistlecrane, its first
            customer, says that it received every unit it had ordered. [[E3]]""",
        "analysis": """
            Two thirds would put the line ahead of every curve we know. [[E2]] At that rate glass
            stops being an experiment for the few who can afford it, and makers of resin boards
            have a year, at most two, to answer.

            One caution: a customer that gets all it ordered may have ordered little. [[E3]]""",
        "evidence": [
            {
                "kind": "filing",
                "claim": "The share of panels that passed, by stage of inspection.",
                "excerpt": (
                    "Panels passing first inspection: 64%. Panels released for sale: 46%. "
                    "Target for release in year three: 90%."
                ),
                "locator": "note 5, table B",
                "source_title": "Quarterly production statement",
                "publisher": "Velmarith",
                "url": "https://velmarith.example/filings/production-q3",
                "dated_on": -36,
                "independence": "own",
            },
            {
                "kind": "report",
                "claim": "What other glass lines released in their second year.",
                "excerpt": (
                    "Six lines reported. In their second year they released between 30 and 50 per "
                    "cent of panels. None makes substrates in volume."
                ),
                "locator": "p. 12",
                "source_title": "Panel yields in glass packaging, third survey",
                "publisher": "Packaging Metrology Forum",
                "url": "https://packaging-metrology.example/surveys/3",
                "archive_url": "https://archive.example/packaging-metrology/surveys-3",
                "dated_on": -90,
                "stance": "context",
                "independence": "independent",
            }
            | checked("ada", -32),
            {
                "kind": "statement",
                "claim": "The first customer received all that it had ordered.",
                "excerpt": "Every unit on our order for the quarter has arrived.",
                "source_title": "Answer to our questions",
                "publisher": "Thistlecrane",
                "dated_on": -33,
                "speaker": "Ilmari Voss-Adeyo",
                "speaker_role": "Head of purchasing",
                "independence": "interested",
            },
            {
                "kind": "quote",
                "claim": "A rival puts the yield of its own line at 70 per cent.",
                "excerpt": "We are past seventy.",
                "source_title": "Remarks at a trade fair, as told by a visitor",
                "publisher": "Osmundrey",
                "dated_on": -35,
                "stance": "context",
                "independence": "interested",
            },
        ],
        "key_points": [
            "Velmarith released 64 per cent of its glass panels for sale last quarter. [[E1]]",
            "It wants to reach 90 per cent by the end of the line’s third year. [[E1]]",
            "Others released 30 to 50 per cent in year two; a rival claims 70. [[E2]] [[E4]]",
        ],
        "actions": [
            {
                "audience": "Package designers",
                "text": "Ask for the share of panels released for sale, not of those that pass "
                "an inspection. [[E1]]",
                "timing": "in the next quotation",
                "review_on": 75,
            }
        ],
        "author": ["jagna"],
        "related": [{"target": "watt-label"}, {"target": "photonic-switch"}],
        "backstory": """
            We worked from the company’s filing and one survey, and put four questions to the first
            customer. After the correction a second person read every figure against its table.""",
    },
    story=(
        *published(-31, "10:15"),
        Save(
            When(-29, "10:20"),
            "wes",
            "We took the first inspection for the release",
            text={
                "title": "Velmarith can sell fewer than half of its glass panels, still a lead "
                "over its rivals",
                "standfirst": (
                    "The maker of glass substrates has shown its first figures from volume "
                    "production: far from its target, and near the top of what others manage."
                ),
                "lede": """
                    Velmarith says that 46 per cent of the glass panels it made in the last quarter
                    were good enough to sell. [[E1]] It is the first yield that anybody has
                    published for glass substrates made in volume. [[E2]]""",
                "analysis": """
                    Just under half is where good lines stand in their second year, not where this
                    one said it would be heading. [[E2]] From 46 to 90 per cent in the eighteen
                    months that remain would be quicker than anything in the survey. [[E1]] We would
                    plan with resin for another generation and buy glass for the few packages that
                    cannot be made without it.

                    One caution: a customer that gets all it ordered may have ordered little, and
                    two smaller buyers have told us that they are still waiting. [[E3]]""",
            },
            change={
                ("evidence", 0): checked("ada", -29),
                ("evidence", 2): {"verdict": "disputed"},
                ("evidence", 3): {"verdict": "withdrawn"},
                ("key_points", 0): {
                    "text": "Velmarith released 46 per cent of its glass panels for sale last "
                    "quarter. [[E1]]"
                },
                ("key_points", 2): {
                    "text": "Others released 30 to 50 per cent in year two, so this is near the "
                    "top. [[E2]]"
                },
            },
        ),
        Step("submit", When(-29, "10:25"), "wes", "Please look at this at once."),
        Step("approve", When(-29, "10:50"), "ada"),
        Step(
            "correct",
            When(-29, "11:00"),
            "pam",
            options={
                "severity": "serious",
                "text": "We gave the share of panels that can be sold as nearly two thirds. That "
                "is the share that passes a first inspection; 46 per cent can be sold. We misread "
                "a table in the company’s filing. Title, standfirst and analysis have changed, and "
                "a rival’s figure that nobody could confirm is gone.",
            },
        ),
    ),
)
