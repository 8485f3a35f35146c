// Every page, by its path: those of the CMS by their type, and the two that are ours.
import type { Metadata } from "next";
import { notFound, permanentRedirect, redirect } from "next/navigation";
import { localeOf, OWN_PATHS, WORDS } from "../../../../../shared/words";
import { jsonLdOf, pageAt } from "../../../cms";
import Masthead from "../../../components/Masthead";
import SearchForm from "../../../components/SearchForm";
import Calendar from "../../../views/Calendar";
import Centre from "../../../views/Centre";
import CentreIndex from "../../../views/CentreIndex";
import Commission from "../../../views/Commission";
import Home from "../../../views/Home";
import Info from "../../../views/Info";
import Programme from "../../../views/Programme";
import Search from "../../../views/Search";

interface Props {
  params: Promise<{ locale: string; path?: string[] }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

// A nonce needs a page that is drawn for each request; what it shows is cached (cms.ts).
export const dynamic = "force-dynamic";
// `force-dynamic` alone would cache no response.
export const fetchCache = "default-cache";

async function here(params: Props["params"]) {
  const { locale: first, path: rest = [] } = await params;
  const path = `/${[first, ...rest].map(decodeURIComponent).join("/")}/`;
  const locale = localeOf(path);
  return { path, locale, own: OWN_PATHS[locale], words: WORDS[locale], isGone: path === `/${locale}/gone/` };
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { path, own, words, isGone } = await here(params);
  if (path === own.calendar) return { title: words.calendar };
  if (path === own.search) return { title: words.search, robots: { index: false } };
  if (isGone) return { title: words.gone };
  const { route } = await pageAt(path);
  if (route?.__typename !== "PageRoute") return { title: words.notFound };
  const { seo, title } = route.page;
  const image = seo.image;
  return {
    title: seo.title,
    description: seo.description,
    alternates: {
      canonical: seo.canonical,
      languages: Object.fromEntries(seo.hreflang.map((one) => [one.locale, one.url])),
    },
    openGraph: {
      title,
      description: seo.description,
      url: seo.canonical,
      images: image ? [{ url: image.responsive.src, alt: image.alt }] : [],
    },
  };
}

export default async function Page({ params, searchParams }: Props) {
  const { path, locale, own, words, isGone } = await here(params);
  if (path === own.calendar) return <Calendar locale={locale} asked={await searchParams} />;
  if (path === own.search) return <Search locale={locale} asked={await searchParams} />;
  // The proxy leads here, with status 410.
  if (isGone)
    return (
      <Masthead locale={locale} title={words.gone} lead={words.goneText}>
        <SearchForm locale={locale} />
      </Masthead>
    );
  const { route } = await pageAt(path);
  if (route?.__typename === "RedirectRoute") (route.permanent ? permanentRedirect : redirect)(route.location);
  if (route?.__typename !== "PageRoute") notFound();
  const { page } = route;
  return (
    <>
      <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: await jsonLdOf(path) }} />
      {page.editUrl && (
        <div className="draft">
          <a href={page.editUrl}>{words.edit}</a>
        </div>
      )}
      {page.__typename === "HomePage" && <Home locale={locale} page={page} />}
      {page.__typename === "CentreIndexPage" && <CentreIndex locale={locale} page={page} />}
      {page.__typename === "CentrePage" && <Centre locale={locale} page={page} />}
      {page.__typename === "ProgrammePage" && <Programme locale={locale} page={page} />}
      {page.__typename === "CommissionPage" && <Commission locale={locale} page={page} />}
      {page.__typename === "InfoPage" && <Info locale={locale} page={page} />}
    </>
  );
}
