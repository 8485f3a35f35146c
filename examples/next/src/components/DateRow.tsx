import type { ReactNode } from "react";
import { leaf } from "../../../shared/formats";
import type { Locale } from "../../../shared/words";

interface Props {
  locale: Locale;
  start: string;
  title: string;
  href?: string;
  /** The language of the title. */
  lang?: string;
  status: string;
  statusLabel: string;
  facts: (string | null | undefined | false)[];
  children?: ReactNode;
}

/** A line with the leaf of a calendar before it. */
export default function DateRow({ locale, start, title, href, lang, status, statusLabel, facts, children }: Props) {
  const { day, month, weekday } = leaf(start, locale);
  const own = lang === locale ? undefined : lang;
  return (
    <li className="date">
      <time className="leaf" dateTime={start}>
        <b>{day}</b> <span>{month}</span>
      </time>
      <div>
        <h3>
          {href ? (
            <a href={href} lang={own} hrefLang={own}>
              {title}
            </a>
          ) : (
            title
          )}
        </h3>
        <p className="meta">
          <span>{weekday}</span>
          {facts.map((fact) => fact && <span key={fact}>{fact}</span>)}
        </p>
        {children}
      </div>
      <p className="badge" data-status={status}>
        {statusLabel}
      </p>
    </li>
  );
}
