import type { ReactNode } from "react";
import { type Locale, WORDS } from "../../../shared/words";
import type { PictureFragment } from "../graphql";
import Picture from "./Picture";

interface Props {
  locale: Locale;
  title: string;
  lead?: string;
  /** A few words above the title. */
  kicker?: string;
  breadcrumbs?: { title: string; path: string }[];
  image?: PictureFragment | null;
  children?: ReactNode;
}

export default function Masthead({ locale, title, lead, kicker, breadcrumbs = [], image, children }: Props) {
  const above = breadcrumbs.slice(0, -1);
  return (
    <div className={image ? "masthead pictured" : "masthead"}>
      <div>
        {above.length > 0 && (
          <nav className="crumbs" aria-label={WORDS[locale].youAreHere}>
            <ol>
              {above.map((crumb) => (
                <li key={crumb.path}>
                  <a href={crumb.path}>{crumb.path === `/${locale}/` ? WORDS[locale].home : crumb.title}</a>
                </li>
              ))}
            </ol>
          </nav>
        )}
        {kicker && <p className="kicker">{kicker}</p>}
        <h1>{title}</h1>
        {lead && <p className="lead">{lead}</p>}
        {children}
      </div>
      {image && <Picture image={image} eager />}
    </div>
  );
}
