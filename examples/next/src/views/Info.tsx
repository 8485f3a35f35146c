import { WORDS } from "../../../shared/words";
import Blocks from "../components/Blocks";
import Masthead from "../components/Masthead";
import type { View } from "../shapes";

export default function Info({ locale, page }: View<"InfoPage">) {
  const children = page.children.nodes;
  return (
    <>
      <Masthead locale={locale} title={page.title} lead={page.summary} breadcrumbs={page.breadcrumbs} />
      <div className="prose">
        <Blocks locale={locale} blocks={page.body} />
        {children.length > 0 && (
          <section>
            <h2>{WORDS[locale].inThisSection}</h2>
            <ul>
              {children.map((child) => (
                <li key={child.path}>
                  <a href={child.path} hrefLang={child.locale}>
                    {child.title}
                  </a>
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
    </>
  );
}
