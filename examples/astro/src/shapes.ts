/** Names for parts of the generated types. */
import type { Locale } from "../../shared/words";
import type { reader } from "./cms";
import type { PageQuery, ShellQuery } from "./graphql";

export type Ask = ReturnType<typeof reader>;
export type Page = Extract<PageQuery["route"], { __typename: "PageRoute" }>["page"];
export type PageOf<Type extends Page["__typename"]> = Extract<Page, { __typename: Type }>;
export type Block = PageOf<"InfoPage">["body"][number];
export type Edition = PageOf<"ProgrammePage">["editions"]["nodes"][number];
export type EditionOf<Type extends Edition["__typename"]> = Extract<Edition, { __typename: Type }>;
export type EnumLabels = ShellQuery["siteLabels"]["enumLabels"];

/** What every view of a page gets. */
export interface View<Type extends Page["__typename"]> {
  ask: Ask;
  locale: Locale;
  page: PageOf<Type>;
}
