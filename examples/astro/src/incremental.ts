/**
 * Builds only the pages that changed: the recipe of docs/static-builds.md of the CMS as an integration of Astro.
 *
 * A page is built again if a change has a tag of one of its responses and that response, asked again, says something
 * else. What a build keeps for the next one is in .cms/state.json; without it, after a change of the code and with
 * FULL=1 everything is built.
 */
import { createHash } from "node:crypto";
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import type { AstroIntegration } from "astro";
import { ask, type Asked, CmsError, notes, send } from "./cms";
import { ChangesDocument, CursorDocument, RedirectsDocument } from "./graphql";
import { allPaths } from "./paths";

interface State {
  code: string;
  cursor: string;
  queries: Record<string, Asked>;
  pages: Record<string, string[]>;
}

const STATE = ".cms/state.json";

export default function incremental(target = "dist"): AstroIntegration {
  let next: State;
  let full = false;
  return {
    name: "cms-incremental",
    hooks: {
      "astro:config:setup": async ({ command, logger }) => {
        if (command !== "build") return;
        notes.wanted = [];
        const kept = await readState();
        // Before all else: what changes while we build is then in the next build.
        const { changeCursor } = await ask(CursorDocument, {});
        const paths = await allPaths();
        const changes = kept && (await changesSince(kept.cursor));
        full = !changes;
        next = { code: await fingerprint(), cursor: changes?.cursor ?? changeCursor, queries: {}, pages: {} };
        for (const path of paths) {
          const keys = changes && kept.pages[path];
          if (keys && (await areSame(keys, kept, changes.tags, next))) next.pages[path] = keys;
          else notes.wanted.push(path);
        }
        for (const path of notes.wanted) logger.info(`build ${path}`);
        logger.info(`${notes.wanted.length} of ${paths.length} pages to build`);
      },
      "astro:build:done": async ({ logger }) => {
        const kept = full ? undefined : await readState();
        if (full) await rm(target, { recursive: true, force: true });
        for (const path of Object.keys(kept?.pages ?? {})) {
          if (next.pages[path] || notes.pages.has(path)) continue;
          logger.info(`remove ${path}`);
          await rm(join(target, path, "index.html"), { force: true });
        }
        await cp(".cms/out", target, { recursive: true });
        await writeFile(join(target, "_redirects"), await redirects());
        for (const path of notes.wanted ?? []) next.pages[path] = [...(notes.pages.get(path) ?? [])];
        for (const [key, asked] of notes.queries) next.queries[key] = asked;
        await mkdir(".cms", { recursive: true });
        await writeFile(STATE, JSON.stringify(next));
      },
    },
  };
}

async function readState(): Promise<State | undefined> {
  if (process.env.FULL) return undefined;
  const state: State | undefined = await readFile(STATE, "utf8").then(JSON.parse, () => undefined);
  return state?.code === (await fingerprint()) ? state : undefined;
}

/** The tags of all changes after a cursor; undefined if the CMS no longer knows it. */
async function changesSince(cursor: string) {
  const tags = new Set<string>();
  try {
    for (let more = true; more; ) {
      const { changes } = await ask(ChangesDocument, { after: cursor });
      for (const change of changes.nodes) for (const tag of change.tags) tags.add(tag);
      cursor = changes.cursor;
      more = changes.hasMore;
    }
  } catch (error) {
    if (error instanceof CmsError && error.code === "INVALID_CURSOR") return undefined;
    throw error;
  }
  return { tags, cursor };
}

/** Whether no query of a page says anything new. Queries that were asked again are kept with their new tags. */
async function areSame(keys: string[], kept: State, changed: Set<string>, next: State): Promise<boolean> {
  for (const key of keys) {
    const before = kept.queries[key];
    if (!before) return false;
    const stale = changed.size > 0 && (before.tags.includes("many") || before.tags.some((tag) => changed.has(tag)));
    next.queries[key] = stale ? (await send(before.query, before.variables)).asked : before;
    if (next.queries[key].digest !== before.digest) return false;
  }
  return true;
}

/** The lines of _redirects, as Netlify and others read them. */
async function redirects(): Promise<string> {
  const lines = ["/ /sl/ 302"];
  let after: string | null = null;
  do {
    const { redirects }: Awaited<ReturnType<typeof part>> = await part(after);
    for (const { path, location, permanent } of redirects.nodes)
      lines.push(location ? `${path} ${location} ${permanent ? 301 : 302}` : `${path} /410/index.html 410`);
    after = redirects.pageInfo.hasNextPage ? redirects.pageInfo.endCursor : null;
  } while (after);
  return `${lines.join("\n")}\n`;
}

const part = (after: string | null) => ask(RedirectsDocument, { after });

/** A hash of all code that decides how a page looks. */
async function fingerprint(): Promise<string> {
  const hash = createHash("sha256").update(process.env.CMS_URL ?? "");
  const files = ["astro.config.ts", "package-lock.json"];
  for (const folder of ["src", "public", "../shared"])
    for (const name of await readdir(folder, { recursive: true })) if (extname(name)) files.push(join(folder, name));
  for (const file of files.sort()) hash.update(file).update(await readFile(file, "utf8"));
  return hash.digest("base64url");
}
