// Apollo Client, set up as docs/clients.md says: apollo.mjs ADDRESS FOLDER
import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { createHash } from "node:crypto";
import { ApolloClient, ApolloLink, gql, HttpLink, InMemoryCache } from "@apollo/client/core";
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries";
import { relayStylePagination } from "@apollo/client/utilities";
import {
  address,
  EDITIONS,
  inEveryLocale,
  observed,
  plain,
  possibleTypes,
  queries,
  run,
  same,
  values,
} from "./documented.mjs";

const ofValues = Object.fromEntries(values.map((name) => [name, { keyFields: false, merge: true }]));
const arguments_ = ["filter", "orderBy", "locale", "fallback"];

const cache = () =>
  new InMemoryCache({
    possibleTypes,
    typePolicies: {
      ...ofValues,
      Query: {
        fields: {
          centres: relayStylePagination(arguments_),
          programmes: relayStylePagination(arguments_),
          editions: relayStylePagination(arguments_),
        },
      },
    },
  });
const client = (link, store = cache()) => new ApolloClient({ link, cache: store });
const uri = address;

const documented = queries.map(({ title, query, variables }) => [
  `documented: ${title}`,
  async () => {
    const apollo = client(new HttpLink({ uri }));
    const expected = await plain(query, variables);
    same((await apollo.query({ query: gql(query), variables })).data, expected);
    // Once more from the cache alone: nothing was lost or mixed up when it was taken to pieces.
    const kept = await apollo.query({ query: gql(query), variables, fetchPolicy: "cache-only" });
    same(kept.data, expected);
  },
]);

// One store for all queries, without lists that go on: those give more than was asked for.
const whole = client(new HttpLink({ uri: address }), new InMemoryCache({ possibleTypes, typePolicies: ofValues }));
const ask = async (query, variables, fetchPolicy) =>
  (await whole.query({ query: gql(query), variables, fetchPolicy })).data;

async function continuesAList() {
  const apollo = client(new HttpLink({ uri }));
  const list = apollo.watchQuery({ query: gql(EDITIONS), variables: { first: 7 } });
  // A query that nobody watches is not kept up to date.
  list.subscribe(() => undefined);
  let page = (await list.refetch()).data.editions;
  for (let pages = 1; page.pageInfo.hasNextPage; pages += 1) {
    ok(pages < 50, "the list has no end");
    page = (await list.fetchMore({ variables: { after: page.pageInfo.endCursor } })).data.editions;
  }
  const whole = await plain(EDITIONS, { first: 100 });
  ok(whole.editions.edges.length > 7);
  deepStrictEqual(
    list.getCurrentResult().data.editions.edges.map(({ node }) => node.id),
    whole.editions.edges.map(({ node }) => node.id),
  );
}

async function asksByHash() {
  const { observe, seen } = observed();
  const persisted = new PersistedQueryLink({
    sha256: (text) => createHash("sha256").update(text).digest("hex"),
    useGETForHashedQueries: true,
  });
  const apollo = client(ApolloLink.from([persisted, new HttpLink({ uri, fetch: observe })]));
  const query = gql`query OnlyHere { topics(locale: "sl") { code name } site { name } }`;
  await apollo.query({ query });
  await apollo.query({ query, fetchPolicy: "network-only" });
  // The hash is not known, the document goes along once, and from then on the hash will do.
  strictEqual(seen.length, 3);
  strictEqual(seen.at(-1).method, "GET");
  strictEqual(seen.at(-1).status, 200);
  ok(!new URL(seen.at(-1).url).searchParams.has("query"));
}

async function hearsTheCode() {
  const apollo = client(new HttpLink({ uri }));
  const asked = await apollo.query({ query: gql`{ topics(locale: "xx") { code } }`, errorPolicy: "all" });
  strictEqual(asked.error.errors[0].extensions.code, "UNKNOWN_LOCALE");
}

await run([
  ...documented,
  ...inEveryLocale(
    ({ query, variables }) => ask(query, variables, "network-only"),
    ({ query, variables }) => ask(query, variables, "cache-only"),
  ),
  ["a list is continued to its end", continuesAList],
  ["queries are asked by hash, by GET", asksByHash],
  ["an error has its code", hearsTheCode],
]);
