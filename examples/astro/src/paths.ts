/** Every path of the site: the pages of the CMS in each language, and the pages that are ours. */
import { LOCALES, OWN_PATHS } from "../../shared/words";
import { ask } from "./cms";
import { PathsDocument } from "./graphql";

export async function allPaths(): Promise<string[]> {
  const paths: string[] = LOCALES.flatMap((locale) => Object.values(OWN_PATHS[locale]));
  for (const locale of LOCALES) {
    let after: string | null = null;
    do {
      const { pages }: Awaited<ReturnType<typeof part>> = await part(locale, after);
      paths.push(...pages.nodes.map((page) => page.path));
      after = pages.pageInfo.hasNextPage ? pages.pageInfo.endCursor : null;
    } while (after);
  }
  return paths;
}

const part = (locale: string, after: string | null) => ask(PathsDocument, { locale, after });
