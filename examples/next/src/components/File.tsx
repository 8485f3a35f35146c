import { size } from "../../../shared/formats";
import type { Locale } from "../../../shared/words";
import type { FileFragment } from "../graphql";

/** A link to a document, with its type and size. */
export default function File({ file, locale }: { file: FileFragment; locale: Locale }) {
  const lang = file.language === locale ? undefined : file.language;
  return (
    <>
      <a href={file.url} lang={lang} hrefLang={file.language}>
        {file.title}
      </a>
      <span>
        {file.fileType.toUpperCase()}, {size(file.size, locale)}
      </span>
    </>
  );
}
