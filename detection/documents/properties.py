"""What a document says about itself: its title, its subject, its keywords."""

from detection.documents.xml_text import Rules

PROPERTIES = Rules(
    words=frozenset({"title", "subject", "keywords", "keyword", "description", "category", "creator", "lpwstr"}),
    breaks=frozenset({"title", "subject", "keywords", "keyword", "description", "category", "creator", "lpwstr"}),
)
"""Of Office Open XML (docProps), OpenDocument (meta.xml) and EPUB (the package file) alike."""
