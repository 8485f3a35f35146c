/** Asks the CMS, and notes what each page was made from, so that the next build makes only what changed. */
import { createHash } from "node:crypto";
import type { TypedDocumentString } from "./graphql";

export const CMS_URL = process.env.CMS_URL ?? "http://localhost:8000";

export interface Asked {
  query: string;
  variables: unknown;
  /** The words of Cache-Tag: a change with one of them may change the response. */
  tags: string[];
  /** Hash of the data: whether it did change. */
  digest: string;
}

interface Notes {
  /** Each query by its key. */
  queries: Map<string, Asked>;
  /** By path, the keys of the queries that its page shows. */
  pages: Map<string, Set<string>>;
  /** What to build. Null while developing: all that is asked for. */
  wanted: string[] | null;
}

// Pages are bundled apart from incremental.ts, but run in the same process.
const place = globalThis as { cmsNotes?: Notes };
place.cmsNotes ??= { queries: new Map(), pages: new Map(), wanted: null };
export const notes = place.cmsNotes;

const responses = new Map<string, Promise<{ data: unknown; asked: Asked }>>();

/** Sends a query once in each build. Throws an error with the code of the first error in the response. */
export function send(query: string, variables: unknown): Promise<{ key: string; data: unknown; asked: Asked }> {
  const key = createHash("sha256").update(JSON.stringify([query, variables])).digest("base64url");
  let response = responses.get(key);
  if (!response) {
    response = fetched(query, variables);
    // A development server asks again.
    if (notes.wanted) responses.set(key, response);
  }
  return response.then((found) => ({ key, ...found }));
}

async function fetched(query: string, variables: unknown) {
  const response = await fetch(`${CMS_URL}/graphql/`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/graphql-response+json" },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new CmsError(errors[0].message, errors[0].extensions?.code);
  const digest = createHash("sha256").update(JSON.stringify(data)).digest("base64url");
  const tags = response.headers.get("Cache-Tag")?.split(",") ?? [];
  return { data, asked: { query, variables, tags, digest } };
}

export class CmsError extends Error {
  constructor(
    message: string,
    readonly code: string | undefined,
  ) {
    super(code ? `${code}: ${message}` : message);
  }
}

export async function ask<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
): Promise<Result> {
  return (await send(document.toString(), variables)).data as Result;
}

/** Returns `ask` for one page: what it asks is noted under the page's path. */
export function reader(path: string): typeof ask {
  const keys = new Set<string>();
  notes.pages.set(path, keys);
  return async (document, variables) => {
    const { key, data, asked } = await send(document.toString(), variables);
    keys.add(key);
    notes.queries.set(key, asked);
    return data as never;
  };
}
