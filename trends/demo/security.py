"""Pieces of the topic Security: one slightly corrected, one paid for, one on hold, one removed."""

from .passkey_branches import PASSKEY_BRANCHES
from .story import Owes, Picture, Piece, Step, When, published

SIGNING_KEYS = Piece(
    key="signing-keys",
    topic="security",
    started=When(-22, "14:30"),
    by="ada",
    title="Three questions to ask before somebody else keeps your signing keys",
    hero=Picture("vault", 101, "Drawing of a round vault door that stands a hand’s breadth open"),
    content={
        "kind": "sponsored",
        "sponsor": "Lantmerrow Keys",
        "standfirst": (
            "Keeping the keys that sign your software is dull work, and many firms hand it over. "
            "Here is what a careful buyer asks, from a company that sells the service."
        ),
        "disclosure": (
            "Lantmerrow Keys wrote and paid for this page. Our reporters had no part in it; an "
            "editor checked that it is marked, and that it makes no claim about a competitor."
        ),
        "lede": """
            A signing key says that a program is yours. Whoever holds it can say so too, which is
            why the contract matters more than the machine.""",
        "context": """
            A keeper of keys signs on your behalf: your build sends a fingerprint, the keeper
            returns a signature, and the key stays where it is.""",
        "analysis": """
            <h3>Who can sign when you are asleep?</h3>

            Ask for the roles that may release a signature, and how many of them must agree. One is
            too few, and a role that the keeper fills alone is a role that you have given away.

            <h3>How would you know?</h3>

            Every signature should appear in a log that you can read at any hour and the keeper
            cannot change. Compare it with what you meant to release: a log that nobody reads is a
            diary.

            <h3>How do you leave?</h3>

            Some keys cannot be moved, which is a good thing until you want to move. Such a key
            should be one that you can declare dead within the hour, and the hour should be in the
            contract.""",
        "key_points": [
            "The contract decides who can sign in your name; the hardware only keeps count.",
            "Read the log of signatures yourself, and rehearse the day on which you leave.",
        ],
        "actions": [
            {
                "audience": "Those who release software",
                "text": "Put the three questions into your next tender.",
                "timing": "before signing a contract",
            }
        ],
        "not_needed": {
            "evidence": "Sponsored: it reports nothing.",
            "author": "Written by the sponsor, who is named above the text.",
        },
        "related": [{"target": "passkey-branches"}],
    },
    story=published(-21, "12:00", by="ada", approved_by="pam"),
)

FREIGHT_OUTAGE = Piece(
    key="freight-outage",
    topic="security",
    started=When(-8, "10:00"),
    by="wes",
    title="Tolleshaven’s outage began with a contractor’s laptop, a former employee says",
    hero=Picture("ships", 103, "Drawing of containers on a quay, one of them standing open"),
    content={
        "kind": "report",
        "standfirst": (
            "The freight broker was offline for nine days and has not said why. Somebody who was "
            "in the room has."
        ),
        "lede": """
            The nine days for which Tolleshaven could not book freight began with a stolen laptop
            that nobody reported, says a person who worked on the recovery. [[E1]]""",
        "context": """
            The laptop belonged to a contractor and held a session that did not expire. The person
            says that it was missed on a Friday and reported nine days later. [[E1]]""",
        "evidence": [
            {
                "kind": "interview",
                "claim": "Somebody who worked on the recovery tells how the outage began.",
                "excerpt": "Everybody knew it was gone. Nobody knew whose job it was to say so.",
                "source_title": "Former member of the operations team",
                "publisher": "Tolleshaven",
                "dated_on": -9,
                "independence": "interested",
                "disclosure": "described",
            }
        ],
        "key_points": [
            "A stolen laptop with an open session came first, says somebody who was there. [[E1]]",
        ],
        "author": ["rei"],
    },
    fields={"legal_review_required": True},
    story=(
        Step("submit", When(-5, "17:50"), "wes"),
        Step(
            "return_to_writer",
            When(-4, "11:10"),
            "ada",
            "One person’s word against a company’s silence. Find the incident report or a second "
            "person, and put every sentence of the context to Tolleshaven.",
        ),
        Step(
            "hold",
            When(-4, "15:30"),
            "pam",
            "Tolleshaven has five working days to answer our questions.",
        ),
    ),
    owes=(Owes("evidence", "wes", -1), Owes("analysis", "ada", -2)),
)

PUPIL_TIMETABLES = Piece(
    key="pupil-timetables",
    topic="security",
    started=When(-39, "09:00"),
    by="wes",
    title="Pupilane left the timetables of a school open to anybody with the link",
    content={
        "kind": "report",
        "standfirst": (
            "An app that parents must use gave away where each child was at each hour. The link "
            "was closed within a day of our call."
        ),
        "lede": """
            Timetables of one school could be read by anybody who had a link that the school app
            Pupilane sends to parents.""",
        "context": """
            Pupilane closed the link on {-38}. It says that it knows of no misuse and has told the
            school.""",
        "author": ["rei"],
    },
    story=(
        *published(-37, "13:00"),
        Step(
            "remove",
            When(-36, "18:20"),
            "admin",
            "Our text let a reader work out the school, and so the children. Nothing may remain.",
        ),
    ),
)

PIECES = (PASSKEY_BRANCHES, SIGNING_KEYS, FREIGHT_OUTAGE, PUPIL_TIMETABLES)
