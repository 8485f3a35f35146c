"""Addresses directly below the home page that no page may take, because something else answers there."""

_slugs: set[str] = set()


def reserve(*slugs: str) -> None:
    """Keep ``slugs`` free of pages; an app says so when it starts."""
    _slugs.update(slugs)


def is_reserved(slug: str) -> bool:
    """Return whether an app answers at this address itself."""
    return slug in _slugs
