"""Keeping it true: reminders, outside links, related trends, the rights in pictures, and what is
done with."""

from ..models.housekeeping import housekeeping
from ..models.link_check import CHECK, check_link, recheck_links
from ..models.related_trend import RELATE
from ..models.relating import relate_piece
from ..models.reminding import remind_of_reviews, remind_of_rights, withdraw_pictures
from .registry import daily, handler, hourly

NIGHT, MORNING = daily(3), daily(6)

handler("housekeeping", "Clearing out what is done with", slow=True, next_at=NIGHT)(housekeeping)
handler("withdraw_pictures", "Pictures whose rights have ended", slow=True, next_at=hourly)(
    withdraw_pictures
)
handler("remind_of_rights", "Reminders of rights that end", next_at=MORNING)(remind_of_rights)
handler("remind_of_reviews", "Reminders to look again", next_at=MORNING)(remind_of_reviews)
handler("recheck_links", "Planning checks of outside links", next_at=NIGHT)(recheck_links)
handler(RELATE, "Related trends of piece", slow=True)(relate_piece)
handler(CHECK, "Asking an outside link", slow=True)(check_link)
