"""Random requests for benchmarks.fuzz: the same ones for the same seed."""

# ruff: noqa: S311, E501
import json
import random
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLObjectType,
    build_schema,
    get_named_type,
    get_nullable_type,
    is_composite_type,
    is_list_type,
    is_required_argument,
)

DOCUMENTS = Path(__file__).parent.parent / "home" / "frontend" / "documents"
SCHEMA = Path(__file__).parent.parent / "config" / "schema.graphql"
PATHS = ["/sl/", "/en/", "/sl/odprta/", "/sl/veja/", "/staro-1/", "/sl/kompetencni-centri/odprti/"]
WORDS = [
    "",
    "a",
    "knjiga",
    "šč",
    "\0",
    "%",
    "'",
    '"',
    "\\",
    "(a+)+$",
    "../../etc/passwd",
    "𝔘",
    "\ud83d",
    "1" * 400,
]
SLUGS = [
    "odprti",
    "odprti-program",
    "priznanje",
    "librarians",
    "reading",
    "youth",
    "mkl",
    "center",
    "zq",
    "zqa",
]
NUMBERS = [0, 1, -1, 100, 101, 2**31, 2**63, -(2**63) - 1, 1e308, 0.5]


class Fuzzer:
    """Makes requests from documents of the frontend, fields of the schema and noise."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.sources = [path.read_text() for path in sorted(DOCUMENTS.glob("*.graphql"))]
        text = SCHEMA.read_text()
        self.schema = build_schema(text)
        self.names = sorted(set(re.findall(r"^  (\w+)[(:]", text, re.MULTILINE)))
        query = text.partition("type Query {")[2].partition("\n}")[0]
        self.roots = re.findall(r"^  (\w+)[(:]", query, re.MULTILINE)

    def request(self) -> tuple[str, str, bytes, dict[str, str]]:
        """Return method, address, body and headers of one more request."""
        query = self.random.choice(
            [self._document, self._valid, self._valid, self._valid, self._tree, self._mutated, self._noise]
        )()
        body = {
            "query": query,
            "variables": self._variables(query),
            "operationName": self.random.choice([None, None, "x"]),
        }
        if self.random.random() < 0.1:
            body[self.random.choice(["extensions", "documentId", "query", "variables"])] = self._value(0)
        headers = {
            "Content-Type": "application/json",
            "Accept": self.random.choice(
                ["*/*", "application/json", "application/graphql-response+json", "*/*", "*/*", "x"]
            ),
        }
        if self.random.random() < 0.1:
            headers["Authorization"] = f"Bearer {self.random.choice(['wagtail_' + '0' * 33, 'x', ''])}"
        if self.random.random() < 0.1:
            headers["Cookie"] = f"sessionid={self.random.getrandbits(80):x}"
        kind = self.random.random()
        if kind < 0.25:
            return (
                "GET",
                f"/graphql/?query={quote(query.encode('utf-8', 'surrogatepass'))[:12_000]}",
                b"",
                headers,
            )
        if kind < 0.3:
            return "GET", self._address(), b"", headers
        sent = json.dumps(body).encode()
        return "POST", "/graphql/", self._spoiled(sent) if kind > 0.85 else sent, headers

    def _document(self) -> str:
        return self.random.choice(self.sources)

    def _tree(self, level: int = 0) -> str:
        names = self.roots if level == 0 else self.names
        parts = []
        for _part in range(self.random.randint(1, 4)):
            name = self.random.choice(names)
            given = f"({self.random.choice(['first', 'id', 'locale', 'slug', 'path', 'filter', 'after', 'query'])}: {json.dumps(self._value(1))})"
            below = self._tree(level + 1) if level < 5 and self.random.random() < 0.6 else ""
            parts.append(f"{name}{given if self.random.random() < 0.3 else ''} {below}")
        return "{ " + " ".join(parts) + " }"

    def _valid(self) -> str:
        """Return a document that fits the schema, with arguments that are mostly plausible."""
        return self._selection(self.schema.type_map["Query"], 0)

    def _selection(self, type_: Any, level: int) -> str:
        if not isinstance(type_, GraphQLObjectType):
            possible = self.random.sample(list(self.schema.get_possible_types(type_)), k=1)
            inside = " ".join(f"... on {one.name} {self._selection(one, level)}" for one in possible)
            return f"{{ __typename {inside} }}"
        chosen = self.random.sample(
            list(type_.fields.items()), k=min(len(type_.fields), self.random.randint(1, 5))
        )
        parts = [f"x{level}: __typename"]
        for place, (name, of_type) in enumerate(chosen):
            named = get_named_type(of_type.type)
            if is_composite_type(named) and level > 5:
                continue
            below = self._selection(named, level + 1) if is_composite_type(named) else ""
            given = [
                f"{key}: {self._literal(key, one)}"
                for key, one in of_type.args.items()
                if is_required_argument(one) or self.random.random() < 0.3
            ]
            parts.append(f"f{place}: {name}{'(' + ', '.join(given) + ')' if given else ''} {below}")
        return "{ " + " ".join(parts) + " }"

    def _literal(self, name: str, argument: GraphQLArgument, type_: Any = None) -> str:
        given: Any = type_ or argument.type
        type_ = get_nullable_type(given)
        if is_list_type(type_):
            return "[" + self._literal(name, argument, type_.of_type) + "]"
        named = get_named_type(type_)
        if isinstance(named, GraphQLEnumType):
            return self.random.choice(list(named.values))
        if isinstance(named, GraphQLInputObjectType):
            fields = self.random.sample(list(named.fields.items()), k=1)
            return (
                "{"
                + ", ".join(f"{key}: {self._literal(key, argument, one.type)}" for key, one in fields)
                + "}"
            )
        if self.random.random() < 0.1:
            return json.dumps(self._value(9), ensure_ascii=self.random.random() < 0.5)
        return self._plausible(name, named.name)

    def _plausible(self, name: str, type_name: str) -> str:
        if type_name in ("Int", "Float"):
            return str(self.random.choice([1, 2, 3, 5, 10, 20, 100]))
        if type_name == "Boolean":
            return self.random.choice(["true", "false"])
        if type_name == "ID":
            return f'"{self.random.randint(1, 90)}"'
        if type_name in ("Date", "DateTime"):
            day = f"20{self.random.randint(10, 33)}-0{self.random.randint(1, 9)}-1{self.random.randint(0, 9)}"
            return f'"{day}{"T09:00:00+01:00" if type_name == "DateTime" else ""}"'
        words = {"path": PATHS, "locale": ["sl", "en", "de"], "fallback": ["sl", "en"]}
        return json.dumps(self.random.choice(words.get(name, [*SLUGS, *WORDS[:6]])))

    def _mutated(self) -> str:
        text = list(self.random.choice(self.sources))
        for _change in range(self.random.randint(1, 12)):
            place = self.random.randrange(len(text))
            match self.random.randint(0, 3):
                case 0:
                    del text[place : place + self.random.randint(1, 40)]
                case 1:
                    text[place:place] = self.random.choice(
                        ["{", "}", "(", "...", "@", '"', "\0", "$", "fragment", "é", "#"]
                    )
                case 2:
                    end = place + self.random.randint(1, 60)
                    text[place:place] = text[place:end] * self.random.randint(1, 30)
                case _:
                    text[place] = chr(self.random.randrange(1, 0xD7FF))
            text = text or ["{"]
        return "".join(text)

    def _noise(self) -> str:
        return "".join(chr(self.random.randrange(1, 0x2FF)) for _letter in range(self.random.randint(0, 400)))

    def _spoiled(self, body: bytes) -> bytes:
        spoiled = bytearray(body)
        for _byte in range(self.random.randint(1, 8)):
            spoiled[self.random.randrange(len(spoiled))] = self.random.randrange(256)
        return bytes(spoiled)

    def _variables(self, query: str) -> dict[str, Any]:
        return {name: self._value(0) for name in re.findall(r"\$(\w+)", query)[:20]}

    def _value(self, level: int) -> Any:
        kinds = [
            lambda: self.random.choice(WORDS),
            lambda: self.random.choice(NUMBERS),
            lambda: None,
            lambda: True,
        ]
        if level < 4:
            kinds += [
                lambda: [self._value(level + 1) for _ in range(self.random.randint(0, 5))],
                lambda: {self.random.choice(self.names): self._value(level + 1) for _ in range(3)},
            ]
        return self.random.choice(kinds)()

    def _address(self) -> str:
        paths = [
            "/sitemap.xml",
            "/robots.txt",
            "/sl/koledar.ics",
            "/sl/",
            "/documents/1/x",
            "/media/images/",
            "/graphql/",
        ]
        tail = self.random.choice(
            ["", "?", "?x=%00", "?page=" + "9" * 300, "%2e%2e/", "%ff", "/../../etc/passwd"]
        )
        return self.random.choice(paths) + tail
