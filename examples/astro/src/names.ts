import { ShellDocument } from "./graphql";
import type { Ask } from "./shapes";

/** Returns the words that the CMS has for the value of an enum: `name("ProgrammeKind", "AWARD")`. */
export async function namer(ask: Ask, locale: string): Promise<(type: string, value: string) => string> {
  const { siteLabels } = await ask(ShellDocument, { locale });
  const labels = new Map(siteLabels.enumLabels.map((row) => [`${row.enum}.${row.value}`, row.label]));
  return (type, value) => labels.get(`${type}.${value}`) ?? value;
}
