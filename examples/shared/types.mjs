// Writes src/graphql.ts of the starter in which it runs: queries.graphql as typed documents (`npm run types`).
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";

const require = createRequire(`${process.cwd()}/`);
const { codegen } = require("@graphql-codegen/core");
const { parse } = require("graphql");

const cms = process.env.CMS_URL ?? "http://localhost:8000";
// Where the CMS does not show its schema to everybody: a copy of its config/schema.graphql.
const file = process.env.CMS_SCHEMA;
const schema = file ? await readFile(file, "utf8") : await fetched(`${cms}/graphql/schema.graphql`);
const queries = new URL("queries.graphql", import.meta.url);

await mkdir("src", { recursive: true });
await writeFile(
  "src/graphql.ts",
  await codegen({
    filename: "graphql.ts",
    schema: parse(schema),
    documents: [{ location: queries.pathname, document: parse(await readFile(queries, "utf8")) }],
    config: {
      documentMode: "string",
      avoidOptionals: { field: true, object: false, inputValue: false, defaultValue: false },
      maybeValue: "T | null",
      onlyOperationTypes: true,
      skipTypename: true,
      enumsAsTypes: true,
      scalars: { Date: "string", DateTime: "string", Decimal: "string" },
      strictScalars: true,
      pureMagicComment: true,
      useTypeImports: true,
    },
    plugins: [{ types: {} }, { operations: {} }, { documents: {} }],
    pluginMap: {
      types: require("@graphql-codegen/typescript"),
      operations: require("@graphql-codegen/typescript-operations"),
      documents: require("@graphql-codegen/typed-document-node"),
    },
  }),
);

async function fetched(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`No schema at ${url} (${response.status}): set CMS_URL or CMS_SCHEMA.`);
  return response.text();
}
