"""Compiles each translation that is newer than its compiled form. Needs no gettext on the machine."""

import os
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
APPS = ("cms", "home", "centres", "config")


def compile_messages() -> None:
    """Write the .mo file beside every newer .po file, whole or not at all."""
    for app in APPS:
        for source in (ROOT / app).glob("**/locale/*/LC_MESSAGES/*.po"):
            target = source.with_suffix(".mo")
            if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
                continue
            part = target.with_name(f".{target.name}.{os.getpid()}")
            polib.pofile(str(source)).save_as_mofile(str(part))
            part.replace(target)


if __name__ == "__main__":
    compile_messages()
