import type { Locale } from "../../../shared/words";
import { namer } from "../cms";
import type { ProgrammeCardFragment } from "../graphql";
import Card from "./Card";

interface Props {
  locale: Locale;
  title: string;
  programmes: ProgrammeCardFragment[];
}

export default async function Programmes({ locale, title, programmes }: Props) {
  const name = await namer(locale);
  if (programmes.length === 0) return null;
  return (
    <section className="band">
      <h2>{title}</h2>
      <ul className="cards">
        {programmes.map((page) => (
          <Card
            key={page.path}
            locale={locale}
            page={page}
            kicker={`${name("ProgrammeKind", page.kind)} · ${page.centre.shortName}`}
          />
        ))}
      </ul>
    </section>
  );
}
