/** Asks the CMS: for visitors through the cache of Next.js, for an editor in draft mode anew and with the editor's token. */
import { cookies, draftMode } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { JsonLdDocument, PageDocument, ShellDocument, type TypedDocumentString } from "./graphql";

export const CMS_URL = process.env.CMS_URL ?? "http://localhost:8000";
/** The tag of every cached response. The webhook of the CMS (api/changes) ends them all at once. */
export const TAG = "cms";
/** The cookie with the token of draft mode. */
export const DRAFT = "draft";

export async function ask<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
): Promise<Result> {
  const token = (await draftMode()).isEnabled ? (await cookies()).get(DRAFT)?.value : undefined;
  const response = await fetch(`${CMS_URL}/graphql/`, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      Accept: "application/graphql-response+json",
      ...(token && { Authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ query: document.toString(), variables }),
    // A minute, for what the clock changes: an application that closes, an event that begins.
    ...(token ? { cache: "no-store" } : { next: { tags: [TAG], revalidate: 60 } }),
  });
  // The editor has signed out of the CMS, or the time is over.
  if (token && response.status === 401) redirect("/api/draft/leave");
  const { data, errors } = await response.json();
  if (errors) throw new Error(`${errors[0].extensions?.code}: ${errors[0].message}`);
  return data;
}

/** What several components of one page ask is asked once. */
export const shell = cache((locale: string) => ask(ShellDocument, { locale }));
export const pageAt = cache((path: string) => ask(PageDocument, { path }));
export const jsonLdOf = cache(async (path: string) => {
  const { route } = await ask(JsonLdDocument, { path });
  return route && "page" in route ? route.page.jsonLd : "";
});

/** Returns the words that the CMS has for the value of an enum: `name("ProgrammeKind", "AWARD")`. */
export const namer = cache(async (locale: string) => {
  const { siteLabels } = await shell(locale);
  const labels = new Map(siteLabels.enumLabels.map((row) => [`${row.enum}.${row.value}`, row.label]));
  return (type: string, value: string) => labels.get(`${type}.${value}`) ?? value;
});
