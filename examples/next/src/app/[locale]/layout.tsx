import "../../../../shared/site.css";
import { draftMode, headers } from "next/headers";
import type { ReactNode } from "react";
import { localeOf, WORDS } from "../../../../shared/words";
import { pageAt, shell } from "../../cms";
import Menu from "../../components/Menu";

interface Props {
  children: ReactNode;
  params: Promise<{ locale: string }>;
}

export const metadata = { icons: "/icon.svg" };

export default async function Layout({ children, params }: Props) {
  const locale = localeOf(`/${(await params).locale}/`);
  const w = WORDS[locale];
  const { navigation, site, siteLabels } = await shell(locale);
  // Said by the proxy: a layout does not know the path below it.
  const path = (await headers()).get("X-Path") ?? "/";
  const { route } = await pageAt(path);
  const translations = route?.__typename === "PageRoute" ? route.page.translations : [];
  const drafts = (await draftMode()).isEnabled;
  return (
    <html lang={locale}>
      <body>
        <a className="skip" href="#content">
          {siteLabels.skipToContent}
        </a>
        {drafts && (
          <div className="draft" role="status">
            <b>{w.draft}</b>
            <a href="/api/draft/leave/">{w.leaveDraft}</a>
          </div>
        )}
        <header className="top">
          <a className="brand" href={`/${locale}/`}>
            {site.name}
          </a>
          <Menu locale={locale} path={path} items={navigation} translations={translations} />
        </header>
        <main id="content" tabIndex={-1}>
          {children}
        </main>
        <footer className="foot">
          <p>
            <strong>{site.publisher || site.name}</strong>
          </p>
          {site.contactEmail && (
            <p>
              <a href={`mailto:${site.contactEmail}`}>{site.contactEmail}</a>
            </p>
          )}
          {site.accessibilityStatement && (
            <p>
              <a href={site.accessibilityStatement.path}>{site.accessibilityStatement.title}</a>
            </p>
          )}
        </footer>
      </body>
    </html>
  );
}
