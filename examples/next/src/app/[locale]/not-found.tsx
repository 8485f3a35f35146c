import { headers } from "next/headers";
import { localeOf, WORDS } from "../../../../shared/words";
import Masthead from "../../components/Masthead";
import SearchForm from "../../components/SearchForm";

export default async function NotFound() {
  const locale = localeOf((await headers()).get("X-Path") ?? "/");
  const w = WORDS[locale];
  return (
    <Masthead locale={locale} title={w.notFound} lead={w.notFoundText}>
      <SearchForm locale={locale} />
    </Masthead>
  );
}
