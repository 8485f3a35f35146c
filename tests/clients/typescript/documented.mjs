// What both clients are put to: the documented queries, and the same asked with nothing but fetch.
import { deepStrictEqual } from "node:assert/strict";
import { readFile } from "node:fs/promises";

export const [address, folder] = process.argv.slice(2);

const load = async (name) => JSON.parse(await readFile(`${folder}/${name}`, "utf8"));
export const queries = await load("queries.json");
export const possibleTypes = (await load("generated/possibleTypes.json")).possibleTypes;
/** Names of types that have no id: `values` of config/cache-keys.json. */
export const { values } = await load("cache-keys.json");
/** Documented and random queries, each as it is asked in Slovenian, in English and in Slovenian again. */
export const asked = await load("asked.json");
export const introspection = await load("generated/introspection.json");

/** Returns the data of a query, asked without any client. */
export async function plain(query, variables) {
  const response = await fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

/** Compares what a client gives with the plain answer, but for the type names that clients add. */
export function same(given, expected) {
  deepStrictEqual(untyped(given), untyped(expected));
}

function untyped(value) {
  if (Array.isArray(value)) return value.map(untyped);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      // Relay gives a field of another type than the object's as undefined.
      .filter(([key, inner]) => key !== "__typename" && inner !== undefined)
      .map(([key, inner]) => [key, untyped(inner)]),
  );
}

// What a client adds can make a random query too expensive, and a busy machine too slow. That says nothing of its store.
const REFUSED = /COST_LIMIT|TIMEOUT|took too long|could read/;

/** Checks that ask in every locale by one store, and read back from it alone what a plain answer says. */
export function inEveryLocale(ask, readBack, queries = asked) {
  const check = async (turns) => {
    for (const turn of turns) same(await ask(turn), await plain(turn.query, turn.variables));
    for (const turn of turns) same(await readBack(turn), await plain(turn.query, turn.variables));
  };
  return queries.map(({ title, turns }) => [
    `in both locales: ${title}`,
    async () => {
      try {
        await check(turns);
      } catch (error) {
        if (!title.startsWith("random") || !REFUSED.test(error.message)) throw error;
      }
    },
  ]);
}

/** A fetch that writes down method, address and status of all that goes through it. */
export function observed() {
  const seen = [];
  const observe = async (url, options) => {
    const response = await fetch(url, options);
    seen.push({ method: options?.method ?? "GET", url: String(url), status: response.status });
    return response;
  };
  return { observe, seen };
}

/** Runs named checks one after the other, prints a line for each, and ends with 1 if one failed. */
export async function run(checks) {
  let failed = 0;
  for (const [name, check] of checks) {
    try {
      await check();
      console.log(`ok ${name}`);
    } catch (error) {
      failed += 1;
      console.log(`failed ${name}: ${error.message.replaceAll("\n", " ")}`);
    }
  }
  process.exit(failed ? 1 : 0);
}

/** A list longer than one page of it, as Relay would ask for it. */
export const EDITIONS = `query Editions($first: Int, $after: String) {
  editions(orderBy: START_ASC, first: $first, after: $after, locale: "sl") {
    edges { cursor node { __typename id label } }
    pageInfo { hasNextPage endCursor }
  }
}`;
