"""Node's fetch lets its connections go after a 304, whatever the server was asked for, and the program ends."""

import json
import re
import subprocess
from pathlib import Path
from urllib.parse import urlencode

import pytest
import requests

pytestmark = pytest.mark.django_db

PROGRAM = """
const [, , ...addresses] = process.argv;
for (const address of addresses) {
  const first = await fetch(address);
  await first.arrayBuffer();
  const tag = first.headers.get("etag");
  const conditions = tag ? { "If-None-Match": tag } : { "If-Modified-Since": first.headers.get("last-modified") };
  const described = new Set();
  const statuses = new Set();
  for (let times = 0; times < 12; times += 1) {
    const again = await fetch(address, { headers: conditions });
    statuses.add(again.status);
    for (const [name, value] of again.headers)
      // The development server adds a length of 0 by itself, for which nobody waits.
      if (/^content-(length|type|encoding)$/.test(name) && value !== "0") described.add(name);
  }
  const sockets = process.getActiveResourcesInfo().filter((name) => name === "TCPSocketWrap").length;
  console.log(JSON.stringify({ address, statuses: [...statuses], described: [...described], sockets }));
}
"""


def test_conditional_requests_leave_no_socket_open(demo_server: str, tmp_path: Path) -> None:
    (tmp_path / "conditional.mjs").write_text(PROGRAM, "utf-8")
    asked = urlencode({"query": "{ site { name } }"})
    page = requests.get(f"{demo_server}/sl/", timeout=60).text
    feeds = re.findall(
        r'<link rel="alternate" type="(?:application/atom\+xml|text/calendar)"[^>]* href="([^"]+)"', page
    )
    assert len(feeds) == 2
    paths = [
        f"/graphql/?{asked}",
        "/sl/",
        "/sitemap.xml",
        "/graphql/schema.graphql",
        "/static/frontend/icon.svg",
        *feeds,
    ]
    addresses = [f"{demo_server}{path}" for path in paths]
    ended = subprocess.run(
        ["node", "conditional.mjs", *addresses],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
    )
    told = [json.loads(line) for line in ended.stdout.splitlines()]
    assert [one["address"] for one in told] == addresses
    for one in told:
        assert (one["statuses"], one["described"]) == ([304], []), one
        assert one["sockets"] <= 1, one
