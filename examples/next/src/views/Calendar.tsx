import { month, monthBeside, monthKey, months, time } from "../../../shared/formats";
import { type Locale, WORDS } from "../../../shared/words";
import { ask, namer } from "../cms";
import DateRow from "../components/DateRow";
import Masthead from "../components/Masthead";
import { SessionsDocument } from "../graphql";
import type { Asked } from "./Search";

/** The dates of one month, by default of this one: `?month=2027-03`. */
export default async function Calendar({ locale, asked }: { locale: Locale; asked: Asked }) {
  const w = WORDS[locale];
  const name = await namer(locale);
  const key = [asked.month ?? ""].flat()[0] ?? "";
  const shown = /^20\d\d-(0[1-9]|1[0-2])$/.test(key) ? key : monthKey(new Date());
  const { sessions } = await ask(SessionsDocument, { locale, between: months(shown, 1) });
  return (
    <>
      <Masthead locale={locale} title={w.calendar} lead={w.calendarLead} />
      <section>
        <h2>{month(`${shown}-15`, locale)}</h2>
        <nav className="months" aria-label={w.calendar}>
          <ul>
            <li>
              <a href={`?month=${monthBeside(shown, -1)}`}>{w.previous}</a>
            </li>
            <li>
              <a href={`?month=${monthBeside(shown, 1)}`}>{w.next}</a>
            </li>
          </ul>
        </nav>
        {sessions.nodes.length === 0 && <p>{w.noDates}</p>}
        <ul className="dates">
          {sessions.nodes.map((row) => (
            <DateRow
              key={row.id}
              locale={locale}
              start={row.start}
              title={row.edition.programme.title}
              lang={row.edition.programme.locale}
              href={row.edition.path}
              status={row.edition.status}
              statusLabel={name("EditionStatus", row.edition.status)}
              facts={[
                `${time(row.start, locale)}–${time(row.end, locale)}`,
                row.online ? w.online : row.venue?.name,
                row.edition.programme.centre.shortName,
                row.topic,
              ]}
            />
          ))}
        </ul>
      </section>
    </>
  );
}
