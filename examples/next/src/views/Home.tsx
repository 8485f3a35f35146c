import { time } from "../../../shared/formats";
import { count, OWN_PATHS, WORDS } from "../../../shared/words";
import { ask, namer } from "../cms";
import Blocks from "../components/Blocks";
import Card from "../components/Card";
import DateRow from "../components/DateRow";
import Masthead from "../components/Masthead";
import Programmes from "../components/Programmes";
import SearchForm from "../components/SearchForm";
import { OpenDocument } from "../graphql";
import type { View } from "../shapes";

export default async function Home({ locale, page }: View<"HomePage">) {
  const w = WORDS[locale];
  const name = await namer(locale);
  const { editions } = await ask(OpenDocument, { locale });
  return (
    <>
      <Masthead locale={locale} title={page.title} lead={page.summary} image={page.leadImage}>
        <SearchForm locale={locale} />
      </Masthead>
      {editions.nodes.length > 0 && (
        <section>
          <h2>{w.open}</h2>
          <ul className="dates">
            {editions.nodes.map(
              (edition) =>
                edition.__typename === "EventEdition" && (
                  <DateRow
                    key={edition.id}
                    locale={locale}
                    start={edition.start}
                    title={edition.programme.title}
                    lang={edition.programme.locale}
                    href={edition.path}
                    status={edition.status}
                    statusLabel={name("EditionStatus", edition.status)}
                    facts={[
                      time(edition.start, locale),
                      edition.venue?.city || name("DeliveryMode", edition.mode),
                      edition.programme.centre.shortName,
                      edition.seatsLeft ? count(edition.seatsLeft, "places", locale) : null,
                    ]}
                  />
                ),
            )}
          </ul>
          <p>
            <a className="more" href={OWN_PATHS[locale].calendar}>
              {w.allDates}
            </a>
          </p>
        </section>
      )}
      <section className="band">
        <h2>{w.centres}</h2>
        <ul className="cards">
          {page.featuredCentres.map((centre) => (
            <Card key={centre.path} locale={locale} page={centre} kicker={centre.field.name} />
          ))}
        </ul>
      </section>
      <Programmes locale={locale} title={w.chosen} programmes={page.featuredProgrammes} />
      {page.body.length > 0 && (
        <div className="prose">
          <Blocks locale={locale} blocks={page.body} />
        </div>
      )}
    </>
  );
}
