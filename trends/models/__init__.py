"""One noun a file. Article and its rows are the working copy, Edition is what readers get."""

from .access import Access
from .action import Action
from .address import Address
from .advice import Advice
from .article import Article
from .assignment import Assignment
from .author import Author
from .autosave import Autosave
from .byline import Byline
from .complainant import Complainant
from .correction import Correction
from .day_views import DayViews
from .edition import Edition
from .edition_byline import EditionByline
from .evidence import Evidence
from .file_deletion import FileDeletion
from .image import Image
from .job import Job
from .key_point import KeyPoint
from .legacy_document import LegacyDocument
from .link_check import LinkCheck
from .member import Member
from .note import Note
from .notice import Notice
from .pin import Pin
from .purge import Purge
from .related_link import RelatedLink
from .related_trend import RelatedTrend
from .release import Release
from .releasing import NotAll
from .revision import Revision
from .search_row import SearchRow
from .shared_link import SharedLink
from .states import Stage, Status
from .stepping import Refused, transitioned
from .text_picture import EditionPicture, TextPicture
from .topic import Topic
from .transition import Transition
from .verbs import VERBS

__all__ = [
    "VERBS",
    "Access",
    "Action",
    "Address",
    "Advice",
    "Article",
    "Assignment",
    "Author",
    "Autosave",
    "Byline",
    "Complainant",
    "Correction",
    "DayViews",
    "Edition",
    "EditionByline",
    "EditionPicture",
    "Evidence",
    "FileDeletion",
    "Image",
    "Job",
    "KeyPoint",
    "LegacyDocument",
    "LinkCheck",
    "Member",
    "NotAll",
    "Note",
    "Notice",
    "Pin",
    "Purge",
    "Refused",
    "RelatedLink",
    "RelatedTrend",
    "Release",
    "Revision",
    "SearchRow",
    "SharedLink",
    "Stage",
    "Status",
    "TextPicture",
    "Topic",
    "Transition",
    "transitioned",
]
