import { partial } from "../../../shared/formats";
import { type Locale, WORDS } from "../../../shared/words";
import { namer } from "../cms";
import type { EditionOf } from "../shapes";

/** A year of an award: what was given in each category, and the books. */
export default async function Award({ locale, edition }: { locale: Locale; edition: EditionOf<"AwardEdition"> }) {
  const w = WORDS[locale];
  const name = await namer(locale);
  const { ceremony, counts } = edition;
  const numbers = [
    [w.published, counts.published],
    [w.evaluated, counts.evaluated],
    [w.signed, counts.signed],
  ] as const;
  return (
    <article className="award">
      <h3>{edition.label}</h3>
      <p className="meta">
        {edition.productionYear && (
          <span>
            {w.books} {edition.productionYear}
          </span>
        )}
        {ceremony && (
          <span>
            {w.ceremony}:{" "}
            {[ceremony.date && partial(ceremony.date, locale), ceremony.place].filter(Boolean).join(", ")}
          </span>
        )}
        {numbers.map(
          ([word, number]) =>
            number && (
              <span key={word}>
                {number} {word}
              </span>
            ),
        )}
      </p>
      {edition.results.length > 0 && (
        <ul className="results">
          {edition.results.map((result) => (
            <li key={result.category.name}>
              <h4>{result.category.name}</h4>
              {result.outcome === "NOT_AWARDED" && <p>{w.notAwarded}</p>}
              {result.books.map((book) => (
                <p key={book.id} lang={book.language === locale ? undefined : book.language}>
                  <cite>{book.cobissUrl ? <a href={book.cobissUrl}>{book.title}</a> : book.title}</cite>
                  <span>
                    {[
                      ...book.contributors.map((one) => `${one.name} (${name("ContributorRole", one.role)})`),
                      [book.publisher, book.year].filter(Boolean).join(", "),
                    ]
                      .filter(Boolean)
                      .join(" · ")}
                  </span>
                </p>
              ))}
              {result.citation && (
                <blockquote>
                  <p>{result.citation}</p>
                </blockquote>
              )}
            </li>
          ))}
        </ul>
      )}
    </article>
  );
}
