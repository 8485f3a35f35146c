import { day, money, span } from "../../../shared/formats";
import { count, type Locale, WORDS } from "../../../shared/words";
import { namer } from "../cms";
import Award from "../components/Award";
import Blocks from "../components/Blocks";
import DateRow from "../components/DateRow";
import Facts from "../components/Facts";
import File from "../components/File";
import Masthead from "../components/Masthead";
import type { EditionOf, View } from "../shapes";

export default async function Programme({ locale, page }: View<"ProgrammePage">) {
  const w = WORDS[locale];
  const name = await namer(locale);
  const editions = page.editions.nodes;
  const events = editions.filter((one) => one.__typename === "EventEdition");
  const awards = editions.filter((one) => one.__typename === "AwardEdition");
  const issues = editions.filter((one) => one.__typename === "PublicationEdition");
  return (
    <>
      <Masthead
        locale={locale}
        title={page.title}
        lead={page.summary}
        kicker={`${name("ProgrammeKind", page.kind)} · ${page.centre.shortName}`}
        breadcrumbs={page.breadcrumbs}
        image={page.leadImage}
      />
      <div className="columns">
        <div className="prose">
          {events.length > 0 && (
            <section>
              <h2>{w.editions}</h2>
              <ul className="dates">
                {events.map((event) => (
                  <Event key={event.id} event={event} locale={locale} />
                ))}
              </ul>
            </section>
          )}
          {page.outcomes.length > 0 && (
            <section>
              <h2>{w.outcomes}</h2>
              <ul>
                {page.outcomes.map((text) => (
                  <li key={text}>{text}</li>
                ))}
              </ul>
            </section>
          )}
          <Blocks locale={locale} blocks={page.body} />
          {issues.map((edition) => (
            <Publication key={edition.id} edition={edition} locale={locale} />
          ))}
        </div>
        <aside aria-label={w.facts}>
          <h2>{w.facts}</h2>
          <Facts
            rows={[
              [w.format, [page.format.name]],
              [w.cadence, [name("Cadence", page.cadence)]],
              [w.since, [page.sinceYear]],
              [w.audience, page.audiences.map((one) => one.name)],
              [w.topics, page.topics.map((one) => one.name)],
              [w.coOrganisers, page.coOrganisers.map((one) => one.name)],
            ]}
          />
          <p>
            <a href={page.centre.path} hrefLang={page.centre.locale}>
              {page.centre.title}
            </a>
          </p>
        </aside>
      </div>
      {awards.length > 0 && (
        <section className="band">
          <h2>{w.years}</h2>
          {awards.map((edition) => (
            <Award key={edition.id} edition={edition} locale={locale} />
          ))}
        </section>
      )}
    </>
  );
}

async function Event({ event, locale }: { event: EditionOf<"EventEdition">; locale: Locale }) {
  const w = WORDS[locale];
  const name = await namer(locale);
  const { venue } = event;
  const open = event.status === "OPEN";
  return (
    <DateRow
      locale={locale}
      start={event.start}
      title={event.label}
      status={event.status}
      statusLabel={name("EditionStatus", event.status)}
      facts={[
        span(event.start, event.end, locale),
        venue ? [venue.name, venue.address].filter(Boolean).join(", ") : name("DeliveryMode", event.mode),
        venue?.stepFree && w.stepFree,
        venue?.hearingLoop && w.hearingLoop,
        event.seatsLeft ? count(event.seatsLeft, "places", locale) : null,
        event.cancelReason,
      ]}
    >
      {open && (
        <p className="meta">
          {event.fees.map((fee) => (
            <span key={fee.label}>
              {fee.label ? `${fee.label}: ` : ""}
              {money(fee.amount, fee.currency, locale)}
            </span>
          ))}
          {event.applicationsClose && (
            <span>
              {w.applications} {day(event.applicationsClose, locale)}
            </span>
          )}
        </p>
      )}
      {open && event.applicationUrl && (
        <p>
          <a className="button" href={event.applicationUrl} aria-label={`${w.apply}: ${event.label}`}>
            {w.apply}
          </a>
        </p>
      )}
    </DateRow>
  );
}

function Publication({ edition, locale }: { edition: EditionOf<"PublicationEdition">; locale: Locale }) {
  const lang = edition.ownTitleLocale === locale ? undefined : (edition.ownTitleLocale ?? undefined);
  return (
    <section>
      <h2 lang={lang}>{edition.ownTitle || edition.label}</h2>
      <p className="meta">
        <span>{edition.year}</span>
        {edition.isbn && <span>ISBN {edition.isbn}</span>}
      </p>
      {edition.document && (
        <p className="file">
          <File file={edition.document} locale={locale} />
        </p>
      )}
    </section>
  );
}
