"""Blocks of a body, each written once in both languages; values are named as in `cms.body.blocks`."""

from centres.demo.shapes import Block, PartialDate, Ref, Words, rich, words


def heading(sl: str, en: str = "", level: int = 2) -> Block:
    return Block("heading", {"text": words(sl, en), "level": str(level)})


def paragraph(sl: str, en: str = "") -> Block:
    return Block("paragraph", {"text": rich(sl, en)})


def figure(picture: str, caption: Words, credit: Words) -> Block:
    return Block("figure", {"image": Ref("picture", picture), "caption": caption, "credit": credit})


def quote(text: Words, attribution: Words) -> Block:
    return Block("quote", {"quote": text, "attribution": attribution})


def table(caption: Words, header: list[Words], rows: list[list[Words | str]]) -> Block:
    return Block(
        "table",
        {
            "caption": caption,
            "columns": [{"type": "text", "heading": head} for head in header],
            "rows": [{"values": cells} for cells in rows],
        },
    )


def document(key: str, description: Words) -> Block:
    return Block("document", {"document": Ref("document", key), "description": description})


def video(url: str, title: Words, transcript: Words) -> Block:
    return Block("video", {"url": url, "title": title, "has_captions": True, "transcript": transcript})


def accordion(*items: tuple[Words, Words]) -> Block:
    return Block("accordion", {"items": [{"heading": head, "text": text} for head, text in items]})


def call_to_action(label: Words, *, page: str = "", url: str = "") -> Block:
    return Block("call_to_action", {"label": label, "page": Ref("page", page) if page else None, "href": url})


def programmes(title: Words, *keys: str, kind: str = "", topic: str = "") -> Block:
    """Programmes chosen by hand (``keys``) or by a rule: those of a ``kind`` or on a ``topic``."""
    return Block(
        "programmes",
        {
            "heading": title,
            "programmes": [Ref("page", key) for key in keys],
            "centre": None,
            "kind": kind,
            "topic": Ref("topic", topic) if topic else None,
            "limit": 6,
        },
    )


def statistics(*items: tuple[str, Words]) -> Block:
    return Block("statistics", {"items": [{"value": value, "label": label} for value, label in items]})


def timeline(*items: tuple[PartialDate, Words]) -> Block:
    return Block("timeline", {"items": [{"date": when, "text": text} for when, text in items]})


def shared_text(key: str) -> Block:
    return Block("shared_text", {"text": Ref("shared_text", key)})


DRAWN = words("Risba: demonstracijsko spletišče", "Drawing: demo site")
