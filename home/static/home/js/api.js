/** Asking the GraphQL endpoint for documents that it knows by their hash, by GET: cacheable, and nothing to parse. */
import { site } from "./site.js";

/** What the endpoint refused; `code` says why. */
export class Refused extends Error {
  constructor({ message, extensions }) {
    super(message);
    this.code = extensions?.code;
  }
}

/** Answers that are under way since the first lines of the page, by their addresses (assets.py); each is used once. */
function early(address) {
  const answer = globalThis.early?.[address];
  if (answer) delete globalThis.early[address];
  return answer;
}

/** Ask for a document. Throws Refused for an answer with errors and TypeError where no answer came. */
export async function ask(document, variables, signal) {
  const query = `documentId=${site.documents[document]}&variables=${encodeURIComponent(JSON.stringify(variables))}`;
  const address = `${site.endpoint}?${query}`;
  const response = await (early(address) ?? fetch(address, { signal }));
  const { data, errors } = await response.json();
  if (errors) throw new Refused(errors[0]);
  return data;
}
