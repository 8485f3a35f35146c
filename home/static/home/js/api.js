/** Asking the GraphQL endpoint for documents that it knows by their hash, by GET: cacheable, and nothing to parse. */
import { site } from "./site.js";

/** What the endpoint refused; `code` says why. */
export class Refused extends Error {
  constructor({ message, extensions }) {
    super(message);
    this.code = extensions?.code;
  }
}

/**
 * Ask for a document. Throws Refused for an answer with errors and TypeError where no answer came.
 * The server writes the same address into its first answer (asking.py), so that the request is under way before this runs.
 */
export async function ask(document, variables, signal) {
  const query = `documentId=${site.documents[document]}&variables=${encodeURIComponent(JSON.stringify(variables))}`;
  const response = await fetch(`${site.endpoint}?${query}`, { signal });
  const { data, errors } = await response.json();
  if (errors) throw new Refused(errors[0]);
  return data;
}
