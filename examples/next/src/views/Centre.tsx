import { partial } from "../../../shared/formats";
import { WORDS } from "../../../shared/words";
import { namer } from "../cms";
import Blocks from "../components/Blocks";
import Facts from "../components/Facts";
import Html from "../components/Html";
import Masthead from "../components/Masthead";
import Programmes from "../components/Programmes";
import type { View } from "../shapes";

export default async function Centre({ locale, page }: View<"CentrePage">) {
  const w = WORDS[locale];
  const name = await namer(locale);
  const term = page.currentAppointment;
  const contact = page.contact;
  return (
    <>
      <Masthead
        locale={locale}
        title={page.title}
        lead={page.summary}
        kicker={page.field.name}
        breadcrumbs={page.breadcrumbs}
        image={page.leadImage}
      >
        <p className="badge" data-status={page.status}>
          {name("CentreStatus", page.status)}
        </p>
      </Masthead>
      <div className="columns">
        <div className="prose">
          {page.intro && <Html html={page.intro.html} />}
          <Blocks locale={locale} blocks={page.body} />
          {page.goals.length > 0 && (
            <section>
              <h2>{w.goals}</h2>
              <ul>
                {page.goals.map((goal) => (
                  <li key={goal.id}>{goal.text}</li>
                ))}
              </ul>
            </section>
          )}
          {page.staff.length > 0 && (
            <section>
              <h2>{w.people}</h2>
              <ul className="people">
                {page.staff.map(({ person, role }) => (
                  <li key={person.name}>
                    <b>{person.name}</b>
                    <span>{[person.title, role].filter(Boolean).join(", ")}</span>
                    {person.email && <a href={`mailto:${person.email}`}>{person.email}</a>}
                  </li>
                ))}
              </ul>
            </section>
          )}
          {page.partners.length > 0 && (
            <section>
              <h2>{w.partners}</h2>
              <ul>
                {page.partners.map(({ organisation }) => (
                  <li key={organisation.name}>
                    {organisation.url ? <a href={organisation.url}>{organisation.name}</a> : organisation.name}
                  </li>
                ))}
              </ul>
            </section>
          )}
        </div>
        <aside aria-label={w.facts}>
          <h2>{w.facts}</h2>
          <Facts
            rows={[
              [w.title, [term?.titleAwarded]],
              [w.appointed, [term && `${partial(term.decidedOn, locale)} (${term.issuer.name})`]],
              [w.validUntil, [term?.validUntil && partial(term.validUntil, locale)]],
              [w.host, [page.host.name]],
              [w.functions, page.functions.map((value) => name("CentreFunction", value))],
              [w.roles, page.roles.map((value) => name("CentreRole", value))],
              [w.audience, page.audiences.map((row) => row.audience.name)],
              [w.topics, page.topics.map((topic) => topic.name)],
            ]}
          />
          {contact && (
            <>
              <h2>{w.contact}</h2>
              <address>
                {contact.address && <p>{contact.address}</p>}
                {contact.phone && (
                  <p>
                    <a href={`tel:${contact.phone.replaceAll(" ", "")}`}>{contact.phone}</a>
                  </p>
                )}
                {contact.email && (
                  <p>
                    <a href={`mailto:${contact.email}`}>{contact.email}</a>
                  </p>
                )}
                {contact.url && (
                  <p>
                    <a href={contact.url}>{contact.url.replace(/^https?:\/\/|\/$/g, "")}</a>
                  </p>
                )}
              </address>
            </>
          )}
        </aside>
      </div>
      <Programmes locale={locale} title={w.programmes} programmes={page.programmes.nodes} />
    </>
  );
}
