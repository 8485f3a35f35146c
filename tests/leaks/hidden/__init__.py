"""A site full of secrets, each with a word of its own, behind every door that the graph has."""

from tests.leaks.hidden import pages, people_and_files, rows, ways
from tests.leaks.hidden.world import DOORS, MARKER, World

__all__ = ["MARKER", "World", "build"]


def build() -> World:
    """Make the site, and return what is hidden in it."""
    world = World()
    people_and_files.add_users(world)
    collections = people_and_files.add_collections()
    people_and_files.add_files(world, collections)
    people_and_files.add_organisation(world)
    pages.add_open_pages(world)
    for door in DOORS:
        pages.add_hidden_pages(world, door)
    pages.plan_unpublished_changes(world)
    rows.add_shared_texts(world)
    rows.add_records(world)
    rows.add_editions(world)
    rows.add_external_editions(world)
    ways.lead_to_hidden(world)
    people_and_files.withdraw_consent(world)
    return world
