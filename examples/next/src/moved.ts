/** Where old paths lead, and which are gone: the list of the CMS, asked for again after half a minute. */
import { RedirectsDocument, type RedirectsQuery } from "./graphql";

type Moved = Map<string, RedirectsQuery["redirects"]["nodes"][number]>;

const CMS_URL = process.env.CMS_URL ?? "http://localhost:8000";
const SECONDS = 30;
let known: Promise<Moved> | undefined;
let until = 0;

export function movedPaths(): Promise<Moved> {
  if (!known || Date.now() > until) {
    until = Date.now() + SECONDS * 1000;
    const before = known;
    // While the CMS does not answer, what it said last holds; a path that moved is a 404 until then.
    known = fetched().catch(() => before ?? new Map());
  }
  return known;
}

async function fetched(): Promise<Moved> {
  const moved: Moved = new Map();
  let after: string | null = null;
  do {
    const response: Response = await fetch(`${CMS_URL}/graphql/`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ query: RedirectsDocument.toString(), variables: { after } }),
      cache: "no-store",
    });
    const { data }: { data: RedirectsQuery } = await response.json();
    for (const one of data.redirects.nodes) moved.set(one.path, one);
    after = data.redirects.pageInfo.hasNextPage ? data.redirects.pageInfo.endCursor : null;
  } while (after);
  return moved;
}
