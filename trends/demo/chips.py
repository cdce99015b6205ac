"""Pieces of the topic Chips: one gravely corrected, an opinion, one scheduled, one retracted."""

from .glass_yield import GLASS_YIELD
from .story import Picture, Piece, Step, When, checked, published

WATT_LABEL = Piece(
    key="watt-label",
    topic="chips",
    started=When(-17, "13:00"),
    by="wes",
    title="Stop selling chips by the nanometre and print the joules on the box",
    content={
        "kind": "opinion",
        "standfirst": (
            "The number that names a process has not measured anything for years. Buyers need one "
            "that does, and it already stands on every washing machine."
        ),
        "disclosure": (
            "Rei Tsubakihara’s brother works for a maker of power supplies. She owns no shares in "
            "any maker of chips."
        ),
        "lede": """
            Ask a seller what the nanometres in the brochure measure, and you will be told about
            density, performance or tradition. You will not be shown anything of that length.""",
        "context": """
            Names of processes once gave the length of a transistor’s gate. The two parted company
            decades ago, and each maker now counts in its own way.

            Household appliances carry a label with the energy that a standard task takes. No rule
            anywhere asks for the like on a processor.""",
        "analysis": """
            A label works when it names something that the buyer pays for later. A washing machine’s
            label does; a nanometre does not. What costs money in a data hall is joules: once to do
            the work, and once more to carry away the heat.

            So agree on four tasks, dull ones that any machine can run, and print what each of them
            takes. Makers will object that no four tasks are fair. They are right, and it matters
            less than they think. Nobody washes the standard load either, yet everybody can tell a
            thrifty machine from a greedy one.

            The makers of the best chips should want this most. At present they must explain why
            their number is worth more than the same number from somebody else.""",
        "key_points": [
            "The number in a process’s name no longer measures any part of the chip.",
            "Energy for four standard tasks would tell buyers what they will pay for later.",
        ],
        "not_needed": {
            "evidence": "Opinion. Its facts are common knowledge; nothing rests on a source.",
            "actions": "The argument is the action.",
        },
        "author": ["rei"],
        "related": [{"target": "glass-yield"}, {"target": "cooling-leases"}],
    },
    story=published(-16, "11:00"),
)

PHOTONIC_SWITCH = Piece(
    key="photonic-switch",
    topic="chips",
    started=When(-4, "09:40"),
    by="wes",
    title="Perrinolt will ship a switch that never turns light into current, and never buffers it",
    hero=Picture(
        "light",
        59,
        "Drawing of beams of light that cross in a block of glass and leave it in other directions",
    ),
    content={
        "standfirst": (
            "The box saves most of the power that a data hall spends on its network. What it "
            "cannot do is wait, so somebody else’s software must."
        ),
        "dateline": "Wrocław",
        "lede": """
            Perrinolt will start to deliver a network switch that steers light without turning it
            into current on {+2}. It uses a tenth of the power of the switch that it replaces and
            has no memory at all. [[E1]]""",
        "context": """
            An ordinary switch turns light into current, holds each packet until the way is free,
            and turns it back into light. Perrinolt’s box tilts tiny mirrors instead. Setting up a
            path takes 40 microseconds, during which nothing may arrive. [[E1]] Engineers at a
            university who tried a prototype lost 0.3 per cent of packets before they changed
            their own scheduler. [[E2]]""",
        "analysis": """
            This is less a faster switch than a different division of labour: the network stops
            promising delivery and the software that sends must plan. Those who train large models
            know their traffic seconds ahead and will hardly notice. Everybody else will find that
            the power they save was paying for patience. [[E2]]""",
        "evidence": [
            {
                "kind": "document",
                "claim": "Power, time to set up a path, and the absence of a buffer.",
                "excerpt": "Typical power 61 W (before: 610 W). Path setup 40 µs. Buffer: none.",
                "locator": "p. 2",
                "source_title": "Data sheet, given to us under embargo",
                "publisher": "Perrinolt",
                "dated_on": -5,
                "independence": "own",
            }
            | checked("ada", -3),
            {
                "kind": "report",
                "claim": "A prototype lost packets until the scheduler was changed.",
                "excerpt": "With the stock scheduler 0.3% of packets were lost, with ours none.",
                "locator": "section 4",
                "source_title": "Six weeks with a bufferless switch",
                "publisher": "Aldwark University networking group",
                "url": "https://networks.aldwark.example/reports/bufferless",
                "dated_on": -11,
                "independence": "independent",
            }
            | checked("ada", -3),
        ],
        "key_points": [
            "The switch needs a tenth of the power of its predecessor and has no buffer. [[E1]]",
            "Software that sends must plan ahead; a prototype lost packets until it did. [[E2]]",
        ],
        "actions": [
            {
                "audience": "Network engineers",
                "text": "Measure how far ahead your scheduler knows its traffic. [[E2]]",
                "timing": "before asking for a trial",
            }
        ],
        "author": ["jagna"],
        "related": [{"target": "watt-label"}, {"target": "cooling-leases"}],
    },
    story=(
        Step(
            "set_embargo",
            When(-4, "09:45"),
            "ada",
            options={"until": When(2, "06:00")},
        ),
        Step("submit", When(-3, "11:00"), "wes", "Embargo is in the form; they mean it."),
        Step("approve", When(-3, "16:20"), "ada"),
        Step("schedule", When(-2, "10:00"), "pam", options={"live_from": When(2, "06:30")}),
    ),
)

OSMUNDREY_LETTER = Piece(
    key="osmundrey-letter",
    topic="chips",
    started=When(-26, "09:15"),
    by="wes",
    title="Osmundrey will close its oldest plant in spring, a letter to suppliers says",
    hero=Picture("factory", 61, "Drawing of a long low factory with one lit window"),
    content={
        "kind": "report",
        "standfirst": (
            "Suppliers have been asked to end deliveries within six months. The company has not "
            "said so to its staff or to its shareholders."
        ),
        "lede": """
            Osmundrey is telling suppliers that its oldest chip plant will close in spring,
            according to a letter that we have seen. [[E1]]""",
        "context": """
            The plant makes parts for cars and has 900 employees. The letter asks suppliers to end
            deliveries within six months. [[E1]]""",
        "evidence": [
            {
                "kind": "document",
                "claim": "Suppliers are asked to end deliveries.",
                "excerpt": "We ask you to complete all deliveries within six months.",
                "source_title": "Letter to suppliers",
                "publisher": "Osmundrey",
                "dated_on": -27,
                "independence": "own",
            }
        ],
        "author": ["wes"],
    },
    story=(
        *published(-25, "18:00"),
        Step(
            "retract",
            When(-23, "12:15"),
            "pam",
            "Osmundrey showed us the real letter with that number. Source no longer answers.",
            {
                "notice": "We have taken this report back. It rested on a letter that Osmundrey "
                "did not write: the company showed us that its reference number belongs to another "
                "document, and the person who gave it to us could not explain that. We should have "
                "asked the company before we published and not after. We apologise to Osmundrey "
                "and to the people who work there."
            },
        ),
    ),
)

PIECES = (GLASS_YIELD, WATT_LABEL, PHOTONIC_SWITCH, OSMUNDREY_LETTER)
