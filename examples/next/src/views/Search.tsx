import { count, type Locale, WORDS } from "../../../shared/words";
import { ask } from "../cms";
import FacetBox from "../components/FacetBox";
import Masthead from "../components/Masthead";
import SearchForm from "../components/SearchForm";
import { SearchDocument, type SearchType } from "../graphql";

/** The parameters of an address, which anybody may write. */
export type Asked = Record<string, string | string[] | undefined>;
const TYPES: SearchType[] = ["CENTRE", "EDITION", "INFO", "PROGRAMME"];

export default async function Search({ locale, asked }: { locale: Locale; asked: Asked }) {
  const w = WORDS[locale];
  const all = (name: string) => [asked[name] ?? []].flat();
  const query = all("q")[0] ?? "";
  const chosen = { types: TYPES.filter((type) => all("types").includes(type)), centre: all("centre"), topic: all("topic"), audience: all("audience") };
  // The arguments of `search` by the facet that counts for them.
  const facets = [
    ["TYPE", "types", w.kind],
    ["CENTRE", "centre", w.centre],
    ["TOPIC", "topic", w.topics],
    ["AUDIENCE", "audience", w.audience],
  ] as const;
  const given = Object.fromEntries(Object.entries(chosen).filter(([, values]) => values.length > 0));
  const { search } = await ask(SearchDocument, { query, locale, after: all("after")[0], ...given });
  const address = (more: Record<string, string>) => `?${new URLSearchParams([
    ...Object.entries({ q: query, ...more }),
    ...Object.entries(chosen).flatMap(([name, values]) => values.map((value) => [name, value])),
  ])}`;
  return (
    <>
      <Masthead locale={locale} title={w.search}>
        <SearchForm locale={locale} query={query} />
      </Masthead>
      <div className="columns facing">
        <details className="facets">
          <summary>{w.filters}</summary>
          {facets.map(([facet, name, title]) => {
            const values = search.facets.find((one) => one.name === facet)?.values ?? [];
            return (
              values.length > 0 && (
                <fieldset key={name}>
                  <legend>{title}</legend>
                  {values.map((value) => (
                    <FacetBox
                      key={value.code}
                      name={name}
                      value={value.code}
                      label={value.label}
                      count={value.count}
                      chosen={(chosen[name] as string[]).includes(value.code)}
                    />
                  ))}
                </fieldset>
              )
            );
          })}
        </details>
        <section aria-label={w.search}>
          <p className="count" role="status">
            {search.totalCount ? count(search.totalCount, "hits", locale) : w.nothing}
            {search.suggestion && (
              <>
                {" "}
                {w.didYouMean} <a href={`?q=${encodeURIComponent(search.suggestion)}`}>{search.suggestion}</a>?
              </>
            )}
          </p>
          <ol className="hits">
            {search.nodes.map(({ page, snippet }) => {
              const lang = page.locale === locale ? undefined : page.locale;
              return (
                <li key={page.path}>
                  <h2>
                    <a href={page.path} lang={lang} hrefLang={lang}>
                      {page.title}
                    </a>
                  </h2>
                  <p className="meta">
                    {page.breadcrumbs.slice(1, -1).map((crumb) => (
                      <span key={crumb.title}>{crumb.title}</span>
                    ))}
                  </p>
                  <p lang={lang}>
                    {snippet.map((part, at) => (part.highlight ? <mark key={at}>{part.text}</mark> : part.text))}
                  </p>
                </li>
              );
            })}
          </ol>
          {search.pageInfo.hasNextPage && (
            <p>
              <a className="button quiet" href={address({ after: search.pageInfo.endCursor ?? "" })}>
                {w.more}
              </a>
            </p>
          )}
        </section>
      </div>
    </>
  );
}
