// Relay's store, set up as docs/clients.md says, with queries that its compiler took: relay.mjs ADDRESS FOLDER
import { strictEqual } from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import relay from "relay-runtime";
import { asked, folder, inEveryLocale, plain, run, values } from "./documented.mjs";

const { createOperationDescriptor, Environment, fetchQuery, Network, RecordSource, Store } = relay;
const here = `${folder}/relay`;

// Relay takes the name of a query from the name of its file.
async function compiled() {
  const texts = [...new Set(asked.flatMap(({ turns }) => turns.map(({ query }) => query)))];
  await mkdir(`${here}/src/__generated__`, { recursive: true });
  await writeFile(`${here}/package.json`, '{"type": "module"}');
  const config = {
    src: "./src",
    schema: "./schema.graphql",
    language: "javascript",
    artifactDirectory: "./src/__generated__",
    eagerEsModules: true,
  };
  await writeFile(`${here}/relay.config.json`, JSON.stringify(config));
  for (const [number, text] of texts.entries()) {
    const named = text.replace(/^query \w+/m, `query q${number}Query`);
    await writeFile(`${here}/src/q${number}.js`, `graphql\`${named.replaceAll("`", "\\`")}\`;\n`);
  }
  const compiler = new URL("node_modules/relay-compiler/cli.js", import.meta.url).pathname;
  execFileSync("node", [compiler, "relay.config.json"], { cwd: here, stdio: ["ignore", "ignore", "pipe"] });
  const modules = texts.map((_text, number) => import(`${here}/src/__generated__/q${number}Query.graphql.js`));
  const queries = await Promise.all(modules);
  return new Map(texts.map((text, number) => [text, queries[number].default]));
}

const operations = await compiled();
const environment = new Environment({
  network: Network.create(({ text }, variables) => plain(text, variables).then((data) => ({ data }))),
  store: new Store(new RecordSource()),
  getDataID: (object, type) => (values.includes(type) ? null : object.id),
});

function readBack({ query, variables }) {
  const operation = createOperationDescriptor(operations.get(query), variables);
  environment.retain(operation);
  const { data, isMissingData } = environment.lookup(operation.fragment);
  strictEqual(isMissingData, false);
  return data;
}

async function ask(turn) {
  await fetchQuery(environment, operations.get(turn.query), turn.variables, {
    networkCacheConfig: { force: true },
  }).toPromise();
  return readBack(turn);
}

// Relay's compiler adds aliases; a document with more than 50 would have to be registered.
const aliases = ({ query }) => operations.get(query).params.text.match(/\w+: \w/g)?.length ?? 0;
const few = asked.filter(({ turns }) => turns.every((turn) => aliases(turn) <= 50));

await run(inEveryLocale(ask, readBack, few));
