// Generates the types of the documented queries from what the server says of itself: types.mjs ADDRESS FOLDER
// Whatever the generator has to say on the way is printed, and is a fault.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { codegen } from "@graphql-codegen/core";
import * as fragmentMatcher from "@graphql-codegen/fragment-matcher";
import * as typedDocumentNode from "@graphql-codegen/typed-document-node";
import * as typescript from "@graphql-codegen/typescript";
import * as operations from "@graphql-codegen/typescript-operations";
import * as introspection from "@graphql-codegen/urql-introspection";
import { buildClientSchema, getIntrospectionQuery, parse, printSchema } from "graphql";

const [address, folder] = process.argv.slice(2);
for (const level of ["warn", "error"]) {
  console[level] = (...words) => console.log(level, ...words);
}

const response = await fetch(address, {
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify({ query: getIntrospectionQuery() }),
});
const schema = parse(printSchema(buildClientSchema((await response.json()).data)));
const queries = JSON.parse(await readFile(`${folder}/queries.json`, "utf8"));
const documents = queries.map(({ title, query }) => ({ location: title, document: parse(query) }));
const config = { scalars: { Date: "string", DateTime: "string", Decimal: "string" }, strictScalars: true };

const generate = (filename, pluginMap) =>
  codegen({
    filename,
    schema,
    documents,
    config,
    pluginMap,
    plugins: Object.keys(pluginMap).map((name) => ({ [name]: {} })),
  });
await mkdir(`${folder}/generated`, { recursive: true });
await writeFile(
  `${folder}/generated/graphql.ts`,
  await generate("graphql.ts", { typescript, operations, typedDocumentNode }),
);
for (const [filename, plugin] of [
  ["possibleTypes.json", { fragmentMatcher }],
  ["introspection.json", { introspection }],
]) {
  await writeFile(`${folder}/generated/${filename}`, await generate(filename, plugin));
}
