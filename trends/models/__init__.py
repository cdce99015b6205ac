"""One noun a file. Article and its rows are the working copy, Edition is what readers get."""

from .action import Action
from .address import Address
from .article import Article
from .assignment import Assignment
from .author import Author
from .byline import Byline
from .correction import Correction
from .edition import Edition, EditionByline
from .evidence import Evidence
from .file_deletion import FileDeletion
from .image import Image
from .key_point import KeyPoint
from .legacy_document import LegacyDocument
from .related_link import RelatedLink
from .revision import Revision
from .states import Stage, Status
from .text_picture import EditionPicture, TextPicture
from .topic import Topic
from .transition import Transition
from .verbs import VERBS
from .workflow import Refused, transitioned

__all__ = [
    "VERBS",
    "Action",
    "Address",
    "Article",
    "Assignment",
    "Author",
    "Byline",
    "Correction",
    "Edition",
    "EditionByline",
    "EditionPicture",
    "Evidence",
    "FileDeletion",
    "Image",
    "KeyPoint",
    "LegacyDocument",
    "Refused",
    "RelatedLink",
    "Revision",
    "Stage",
    "Status",
    "TextPicture",
    "Topic",
    "Transition",
    "transitioned",
]
