import { partial } from "../../../shared/formats";
import { WORDS } from "../../../shared/words";
import { namer } from "../cms";
import Blocks from "../components/Blocks";
import Masthead from "../components/Masthead";
import type { View } from "../shapes";

export default async function Commission({ locale, page }: View<"CommissionPage">) {
  const w = WORDS[locale];
  const name = await namer(locale);
  return (
    <>
      <Masthead locale={locale} title={page.title} lead={page.summary} breadcrumbs={page.breadcrumbs} />
      <div className="prose">
        <Blocks locale={locale} blocks={page.body} />
        {page.tasks.length > 0 && (
          <section>
            <h2>{w.tasks}</h2>
            <ul>
              {page.tasks.map((task) => (
                <li key={task}>{task}</li>
              ))}
            </ul>
          </section>
        )}
        {page.reviewCycles.length > 0 && <h2>{w.reviews}</h2>}
        {page.reviewCycles.map((cycle) => (
          <div key={cycle.id} className="table" role="region" tabIndex={0} aria-label={cycle.name}>
            <table>
              <caption>{cycle.name}</caption>
              <thead>
                <tr>
                  <th scope="col">{w.centre}</th>
                  <th scope="col">{w.when}</th>
                  <th scope="col">{w.outcome}</th>
                </tr>
              </thead>
              <tbody>
                {cycle.reviews.map((review) => (
                  <tr key={review.id}>
                    <th scope="row">
                      <a href={review.centre.path} hrefLang={review.centre.locale}>
                        {review.centre.shortName}
                      </a>
                    </th>
                    <td>{partial(review.dueOn, locale)}</td>
                    <td>
                      {review.outcome ? name("ReviewOutcome", review.outcome) : name("ReviewState", review.state)}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        ))}
      </div>
    </>
  );
}
