import { type Locale, OWN_PATHS, WORDS } from "../../../shared/words";

/** Words to search for. Boxes elsewhere on the page belong to it by `form="search"`. */
export default function SearchForm({ locale, query }: { locale: Locale; query?: string }) {
  const w = WORDS[locale];
  return (
    <form className="search" id="search" role="search" action={OWN_PATHS[locale].search}>
      <label htmlFor="q">{w.searchLabel}</label>
      <div>
        <input id="q" type="search" name="q" defaultValue={query} autoComplete="off" aria-describedby="q-help" />
        <button className="button">{w.searchButton}</button>
      </div>
      <p id="q-help">{w.searchHelp}</p>
    </form>
  );
}
