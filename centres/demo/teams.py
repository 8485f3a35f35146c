"""Sets up the demo's centres as an administrator would, and puts the pictures into their collections."""

from functools import partial

from wagtail.models import Collection

from centres.demo.pictures import DOCUMENTS
from centres.demo.stage_pages import CENTRES, PROGRAMMES
from centres.demo.store import Store
from centres.rights.groups import shared_files
from centres.rights.set_up import set_up_centre
from cms.models import Document, Image


def load(store: Store) -> None:
    """Set up each centre that has no team yet; files that still lie in the root get their place once."""
    for centre in CENTRES:
        page = store[f"page:{centre.key}:sl"]
        if store.make(f"team:{centre.key}", partial(set_up_centre, page)):
            team = store[f"team:{centre.key}"]
            programmes = [one for one in PROGRAMMES if one.centre == centre.key]
            pictures = {centre.lead_image, *(one.lead_image for one in programmes)}
            _move(store, [f"picture:{key}" for key in pictures if key], team.collection)
            _move(
                store,
                [f"document:{key}" for key, one in DOCUMENTS.items() if one.centre == centre.key],
                team.collection,
            )
    if "team:files" not in store:
        _move(
            store, [key for key in store.records if key.startswith(("picture:", "document:"))], shared_files()
        )
        store.done("team:files")


def _move(store: Store, keys: list[str], place: Collection) -> None:
    """Put files into ``place`` that nobody has put anywhere yet."""
    root = Collection.get_first_root_node()
    for key in keys:
        row: Image | Document = store[key]
        if row.collection_id == root.pk:
            type(row).objects.filter(pk=row.pk).update(collection=place)
            row.collection = place
