"""A fully sourced report with a slip of the pen, corrected the next day."""

from .story import Picture, Piece, Save, Step, When, checked, published

PASSKEY_BRANCHES = Piece(
    key="passkey-branches",
    topic="security",
    started=When(-30, "11:00"),
    by="wes",
    title="Brindlewick stops sending codes by text, and its branches fill up before they empty",
    hero=Picture(
        "key",
        97,
        "Drawing of a key whose bow is a fingerprint, above a row of small shop fronts",
    ),
    content={
        "standfirst": (
            "A building society moved its members to passkeys within a quarter. Fraud fell at "
            "once; the queues at the counter took eleven weeks to follow."
        ),
        "dateline": "Brindlewick",
        "lede": """
            Since Brindlewick Building Society stopped sending codes by text message, money lost to
            account takeover has fallen by 83 per cent. [[E1]] In the first month half as many
            members again came to a branch for help. [[E1]]""",
        "context": """
            The society has 310,000 members, a third of them over 65, and 47 branches. [[E1]] It
            switched them over between {-160} and {-70}: members enrolled a passkey on a phone or,
            in a branch, received a small key of plastic. [[E1]] Two in five chose the plastic.
            [[E2]]

            Codes by text had been the way in for most of the fraud that the society paid back.
            [[E1]] A charity that advises older people logged 214 complaints in the period, most of
            them about phones too old to enrol. [[E3]]""",
        "analysis": """
            The fall in fraud is what everybody expects of passkeys. The news is the plastic. Where
            staff put a physical key into people’s hands and showed them once, calls for help ended;
            where members enrolled alone at home, they did not. [[E2]]

            The society paid for this with eleven hard weeks at the counter, and could do so because
            it still has counters. A bank without branches should plan for the same weeks on the
            telephone, where they cost more. [[E1]] The complaints also show who pays when nobody
            plans: those with the oldest phones. [[E3]]""",
        "evidence": [
            {
                "kind": "document",
                "claim": "Losses, visits and members before and after the change.",
                "excerpt": (
                    "Losses to account takeover fell from £412,000 to £70,000 in comparable "
                    "quarters. Branch visits for access: +52% in month one, +3% in week eleven."
                ),
                "locator": "pp. 4–7",
                "source_title": "Report to members on the move to passkeys",
                "publisher": "Brindlewick Building Society",
                "url": "https://brindlewick.example/reports/passkeys",
                "dated_on": -40,
                "independence": "own",
            }
            | checked("ada", -29),
            {
                "kind": "data",
                "claim": "Who chose which key, and who called again.",
                "excerpt": (
                    "Plastic key: 41% of members, 0.2 calls each. Phone, enrolled at home: 38%, "
                    "1.1 calls each. Phone, enrolled in a branch: 21%, 0.3 calls each."
                ),
                "locator": "figure 2",
                "source_title": "Enrolment and support load, an outside evaluation",
                "publisher": "Institute for Ordinary Security",
                "url": "https://ordinary-security.example/evaluations/passkeys",
                "archive_url": "https://archive.example/ordinary-security/passkeys",
                "dated_on": -35,
                "independence": "independent",
            }
            | checked("ada", -29),
            {
                "kind": "statement",
                "claim": "Older people complained about phones that could not enrol.",
                "excerpt": "214 complaints, 160 of them about a phone that could not enrol.",
                "source_title": "Answer to our questions",
                "publisher": "Lantern Line for Older People",
                "dated_on": -31,
                "speaker": "Bettrys Kalinowska-Rowe",
                "speaker_role": "Director of advice",
                "stance": "context",
                "independence": "independent",
            },
            {
                "kind": "interview",
                "claim": "Two branches nearly ran out of plastic keys in the third week.",
                "source_title": "A branch manager",
                "dated_on": -30,
                "independence": "interested",
                "disclosure": "internal",
                "private_note": "Would lose the job. For our understanding only.",
            },
        ],
        "key_points": [
            "Losses to account takeover fell by 83 per cent after codes by text ended. [[E1]]",
            "Members who were handed a plastic key called for help least. [[E2]]",
            "Branches were busier for eleven weeks; a bank without them needs a plan. [[E1]]",
        ],
        "actions": [
            {
                "audience": "Banks that still send codes",
                "text": "Order physical keys for two members in five before you announce a date. "
                "[[E2]]",
                "timing": "a quarter ahead",
                "review_on": 120,
            },
            {
                "audience": "People who help older relatives",
                "text": "Enrol in a branch and take the plastic key. [[E2]]",
                "timing": "before the codes end",
            },
        ],
        "author": ["rei", {"author": "wes", "role": "Reporting from the branches"}],
        "related": [{"target": "signing-keys"}, {"target": "watt-label"}],
        "backstory": """
            We visited six branches without telling the society, then asked it about what we had
            seen. The evaluation is by people who were paid by nobody in this story. [[E2]]""",
    },
    story=(
        *published(-28, "11:20"),
        Save(
            When(-27, "09:20"),
            "wes",
            "Branches: 74, not 47",
            text={
                "context": """
                    The society has 310,000 members, a third of them over 65, and 74 branches.
                    [[E1]] It switched them over between {-160} and {-70}: members enrolled a
                    passkey on a phone or, in a branch, received a small key of plastic. [[E1]] Two
                    in five chose the plastic. [[E2]]

                    Codes by text had been the way in for most of the fraud that the society paid
                    back. [[E1]] A charity that advises older people logged 214 complaints in the
                    period, most of them about phones too old to enrol. [[E3]]""",
            },
        ),
        Step("submit", When(-27, "09:25"), "wes"),
        Step("approve", When(-27, "09:40"), "ada"),
        Step(
            "correct",
            When(-27, "10:00"),
            "pam",
            options={
                "text": "We gave the number of branches as 47. It is 74; two digits had changed "
                "places in our notes."
            },
        ),
        Step(
            "confirm",
            When(-2, "11:15"),
            "ada",
            "Asked the society again: still 74 branches, and the plastic keys are still free.",
        ),
    ),
)
