import { LOCALES, type Locale, OWN_PATHS, WORDS } from "../../../shared/words";

interface Props {
  locale: Locale;
  /** The path of the page that is shown. */
  path: string;
  items: { title: string; path: string }[];
  /** The page in other languages. */
  translations: { locale: string; path: string }[];
}

/** The main menu. On narrow screens it is a popover, which needs no script. */
export default function Menu({ locale, path, items, translations }: Props) {
  const w = WORDS[locale];
  const own = OWN_PATHS[locale];
  const menu = [...items, { title: w.calendar, path: own.calendar }, { title: w.search, path: own.search }];
  const other = LOCALES.find((one) => one !== locale) ?? locale;
  const twin = (Object.keys(own) as (keyof typeof own)[]).find((name) => own[name] === path);
  const elsewhere =
    translations.find((one) => one.locale === other)?.path ?? (twin ? OWN_PATHS[other][twin] : `/${other}/`);
  return (
    <>
      <button className="menu-button" type="button" popoverTarget="menu">
        {w.menu}
      </button>
      <nav id="menu" popover="auto" aria-label={w.mainMenu}>
        <ul>
          {menu.map((item) => (
            <li key={item.path}>
              <a href={item.path} aria-current={item.path === path ? "page" : path.startsWith(item.path) || undefined}>
                {item.title}
              </a>
            </li>
          ))}
          <li className="language">
            <a href={elsewhere} lang={other} hrefLang={other}>
              {w.language}
            </a>
          </li>
        </ul>
      </nav>
    </>
  );
}
