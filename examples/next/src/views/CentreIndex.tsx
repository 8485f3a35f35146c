import { WORDS } from "../../../shared/words";
import { ask } from "../cms";
import Blocks from "../components/Blocks";
import Card from "../components/Card";
import Masthead from "../components/Masthead";
import { CentresDocument } from "../graphql";
import type { View } from "../shapes";

export default async function CentreIndex({ locale, page }: View<"CentreIndexPage">) {
  const { centres } = await ask(CentresDocument, { locale });
  return (
    <>
      <Masthead locale={locale} title={page.title} lead={page.summary} breadcrumbs={page.breadcrumbs} />
      <section aria-label={WORDS[locale].centres}>
        <h2 className="unseen">{WORDS[locale].centres}</h2>
        <ul className="cards">
          {centres.nodes.map((centre) => (
            <Card key={centre.path} locale={locale} page={centre} kicker={centre.field.name} />
          ))}
        </ul>
      </section>
      <div className="prose">
        <Blocks locale={locale} blocks={page.body} />
      </div>
    </>
  );
}
