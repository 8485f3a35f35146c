// urql with its normalising cache, set up as docs/clients.md says: urql.mjs ADDRESS FOLDER
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { Client, fetchExchange } from "@urql/core";
import { cacheExchange } from "@urql/exchange-graphcache";
import { relayPagination } from "@urql/exchange-graphcache/extras";
import { persistedExchange } from "@urql/exchange-persisted";
import { address, EDITIONS, introspection, observed, plain, queries, run, same } from "./documented.mjs";

// Types without an id stand where they were found.
const embedded = (key) => (introspection.__schema.types.some(({ name }) => name === key) ? () => null : undefined);
const WITHOUT_ID = introspection.__schema.types
  .filter(({ kind, fields }) => kind === "OBJECT" && !fields.some(({ name }) => name === "id"))
  .map(({ name }) => name);
const EDITION_TYPES = ["EventEdition", "AwardEdition", "PublicationEdition", "Change"];
const keys = Object.fromEntries([...WITHOUT_ID, ...EDITION_TYPES].map((name) => [name, embedded(name)]));

function client({ fetch, exchanges = [], resolvers = {} } = {}) {
  // What it cannot find in its cache, and what has no id, it complains of as well.
  const cache = cacheExchange({ schema: introspection, keys, resolvers, logger: () => undefined });
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
  ["a list is continued to its end", continuesAList],
  ["queries are asked by hash, by GET", asksByHash],
  ["an error has its code", hearsTheCode],
]);
