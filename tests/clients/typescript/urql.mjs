// urql with its normalising cache, set up as docs/clients.md says: urql.mjs ADDRESS FOLDER
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { Client, fetchExchange } from "@urql/core";
import { cacheExchange } from "@urql/exchange-graphcache";
import { relayPagination } from "@urql/exchange-graphcache/extras";
import { persistedExchange } from "@urql/exchange-persisted";
import {
  address,
  EDITIONS,
  inEveryLocale,
  introspection,
  observed,
  plain,
  queries,
  run,
  same,
  values,
} from "./documented.mjs";

const types = introspection.__schema.types.filter(({ kind }) => kind === "OBJECT").map(({ name }) => name);
const keys = Object.fromEntries(types.map((name) => [name, ({ id }) => (values.includes(name) ? null : (id ?? null))]));
const warnings = [];

function client({ fetch, exchanges = [], resolvers = {} } = {}) {
  // On the level "debug" it tells what it does not have yet and fetches.
  const logger = (level, message) => level === "debug" || warnings.push(`${level}: ${message}`);
  const cache = cacheExchange({ schema: introspection, keys, resolvers, logger });
  return new Client({ url: address, preferGetMethod: true, fetch, exchanges: [cache, ...exchanges, fetchExchange] });
}

async function data(urql, query, variables, options) {
  const answer = await urql.query(query, variables, options).toPromise();
  if (answer.error) throw answer.error;
  return answer.data;
}

const documented = queries.map(({ title, query, variables }) => [
  `documented: ${title}`,
  async () => {
    const urql = client();
    const expected = await plain(query, variables);
    same(await data(urql, query, variables), expected);
    same(await data(urql, query, variables, { requestPolicy: "cache-only" }), expected);
  },
]);

// One store for all queries.
const whole = client();

async function warnsOfNothing() {
  deepStrictEqual([...new Set(warnings)].slice(0, 5), []);
}

async function continuesAList() {
  const urql = client({ resolvers: { Query: { editions: relayPagination() } } });
  let shown = await data(urql, EDITIONS, { first: 7 });
  for (let page = 0; shown.editions.pageInfo.hasNextPage; page += 1) {
    ok(page < 50, "the list has no end");
    shown = await data(urql, EDITIONS, { first: 7, after: shown.editions.pageInfo.endCursor });
  }
  const whole = await plain(EDITIONS, { first: 100 });
  ok(whole.editions.edges.length > 7);
  deepStrictEqual(
    shown.editions.edges.map(({ node }) => node.id),
    whole.editions.edges.map(({ node }) => node.id),
  );
}

async function asksByHash() {
  const { observe, seen } = observed();
  const urql = client({ fetch: observe, exchanges: [persistedExchange({ preferGetForPersistedQueries: true })] });
  const query = 'query OnlyForUrql { audiences(locale: "sl") { code name } site { name } }';
  await data(urql, query, {});
  await data(urql, query, {}, { requestPolicy: "network-only" });
  strictEqual(seen.length, 3);
  strictEqual(seen.at(-1).method, "GET");
  strictEqual(seen.at(-1).status, 200);
  ok(!new URL(seen.at(-1).url).searchParams.has("query"));
}

async function hearsTheCode() {
  const urql = client();
  const { error } = await urql.query('{ topics(locale: "xx") { code } }', {}).toPromise();
  strictEqual(error.graphQLErrors[0].extensions.code, "UNKNOWN_LOCALE");
}

await run([
  ...documented,
  ...inEveryLocale(
    ({ query, variables }) => data(whole, query, variables, { requestPolicy: "network-only" }),
    ({ query, variables }) => data(whole, query, variables, { requestPolicy: "cache-only" }),
  ),
  ["there is no warning", warnsOfNothing],
  ["a list is continued to its end", continuesAList],
  ["queries are asked by hash, by GET", asksByHash],
  ["an error has its code", hearsTheCode],
]);
