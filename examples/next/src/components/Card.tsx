import type { Locale } from "../../../shared/words";
import type { CardPictureFragment } from "../graphql";
import Picture from "./Picture";

interface Props {
  page: { title: string; path: string; locale: string; summary: string; leadImage: CardPictureFragment | null };
  kicker: string;
  /** The language of the page around the card. */
  locale: Locale;
}

export default function Card({ page, kicker, locale }: Props) {
  // Text that stands in for a translation says its language.
  const lang = page.locale === locale ? undefined : page.locale;
  return (
    <li className="card">
      {page.leadImage && <Picture image={{ ...page.leadImage, alt: "" }} />}
      <div>
        <p className="kicker">{kicker}</p>
        <h3>
          <a href={page.path} lang={lang} hrefLang={lang}>
            {page.title}
          </a>
        </h3>
        <p lang={lang}>{page.summary}</p>
      </div>
    </li>
  );
}
