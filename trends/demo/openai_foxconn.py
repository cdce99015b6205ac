"""The one piece about companies that exist: pending, and with nobody assigned.

It says what is known of the partnership and nothing else: no figure, no name, no guess at a
motive. tests/test_demo.py holds it to that.
"""

from .story import Picture, Piece, When, published

OPENAI_FOXCONN = Piece(
    key="openai-foxconn",
    topic="compute",
    started=When(-6, "15:30"),
    by="ada",
    title="Foxconn is to build data-centre hardware for OpenAI in the US, with no order promised",
    hero=Picture(
        "racks",
        23,
        "Drawing of a row of racks with cables that come down from above",
    ),
    content={
        "standfirst": (
            "The two will design racks, power and cooling together. OpenAI may evaluate the "
            "systems early and buy them later, but it has committed to nothing."
        ),
        "lede": """
            OpenAI and Foxconn have agreed to design hardware for AI data centres together and to
            have it made in the United States. It is a partnership without a purchase: OpenAI gets
            an early look and the option to buy, and owes nothing yet.""",
        "context": """
            Foxconn, also known as Hon Hai Technology Group, is to make the components around the
            computing itself: racks, cabling, networking, power systems and cooling. All of it is to
            come from its facilities in the United States.

            The agreement gives OpenAI early access to evaluate the systems. It may purchase them,
            but it has made no immediate financial commitment and has no obligation to do so.""",
        "analysis": """
            The aim is speed. Hardware that is designed around what OpenAI will need could bring the
            next generation of data centres into use sooner than hardware designed for anybody.

            The place matters as much as the product. Foxconn already manufactures in several
            states, Wisconsin, Ohio and Texas among them, and these sites could become the hubs of
            the work. If they do, core parts of AI infrastructure would depend less on
            manufacturing overseas, and the partnership would be a step towards rebuilding the
            supply chain at home. How large a step depends on an order that nobody has promised.""",
        "key_points": [
            "Foxconn will make racks, cabling and power systems in the US; OpenAI sees them early.",
            "OpenAI may buy but need not. The deal may matter to geopolitics and the economy.",
        ],
        "related": [{"target": "cooling-leases"}, {"target": "glass-yield"}],
    },
    story=published(-5, "10:00", by="ada", approved_by="pam"),
)
