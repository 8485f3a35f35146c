import { createElement } from "react";
import { partial } from "../../../shared/formats";
import { type Locale, WORDS } from "../../../shared/words";
import type { Block } from "../shapes";
import File from "./File";
import Html from "./Html";
import Picture from "./Picture";
import Programmes from "./Programmes";

interface Props {
  locale: Locale;
  blocks: Block[];
}

/** The blocks of a body. */
export default function Blocks({ locale, blocks }: Props) {
  return blocks.map((block) => <One key={block.id} block={block} locale={locale} />);
}

function One({ block, locale }: { block: Block; locale: Locale }) {
  const w = WORDS[locale];
  switch (block.__typename) {
    case "HeadingBlock":
      return createElement(`h${block.level}`, { id: block.anchor }, block.heading);
    case "ParagraphBlock":
    case "SharedTextBlock":
      return <Html html={block.rich.html} />;
    case "FigureBlock":
      return (
        block.image && (
          <figure>
            <Picture image={block.image} />
            {(block.caption || block.credit) && (
              <figcaption>
                {block.caption} <small>{block.credit}</small>
              </figcaption>
            )}
          </figure>
        )
      );
    case "QuoteBlock":
      return (
        <figure className="quote">
          <blockquote>
            <p>{block.quote}</p>
          </blockquote>
          {block.attribution && <figcaption>{block.attribution}</figcaption>}
        </figure>
      );
    case "TableBlock":
      return (
        <div className="table" role="region" tabIndex={0} aria-label={block.caption || w.facts}>
          <table>
            {block.caption && <caption>{block.caption}</caption>}
            <thead>
              <tr>
                {block.header.map((cell, column) => (
                  <th key={column} scope="col">
                    {cell}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {block.rows.map((cells, row) => (
                <tr key={row}>
                  {cells.map((cell, column) => (
                    <td key={column}>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      );
    case "DocumentBlock":
      return (
        block.document && (
          <p className="file">
            <File file={block.document} locale={locale} /> {block.description}
          </p>
        )
      );
    // A link and no player: a player brings another site's scripts and cookies along.
    case "VideoBlock":
      return (
        <div>
          <p className="file">
            <a href={block.url}>{block.title}</a>
          </p>
          {block.transcript && <Fold heading={w.transcript} html={block.transcript.html} />}
        </div>
      );
    case "AccordionBlock":
      return block.sections.map((section) => (
        <Fold key={section.heading} heading={section.heading} html={section.text.html} />
      ));
    case "CallToActionBlock":
      return (
        block.href && (
          <p>
            <a className="button" href={block.href}>
              {block.label}
            </a>
          </p>
        )
      );
    case "ProgrammesBlock":
      return <Programmes locale={locale} title={block.title || w.programmes} programmes={block.programmes} />;
    case "StatisticsBlock":
      return (
        <dl className="figures">
          {block.figures.map((one) => (
            <div key={one.label}>
              <dt>{one.label}</dt>
              <dd>{one.value}</dd>
            </div>
          ))}
        </dl>
      );
    case "TimelineBlock":
      return (
        <ol className="timeline">
          {block.events.map((one) => (
            <li key={one.date.date + one.text}>
              <b>{partial(one.date, locale)}</b> {one.text}
            </li>
          ))}
        </ol>
      );
    // The CMS may get new types.
    default:
      return null;
  }
}

function Fold({ heading, html }: { heading: string; html: string }) {
  return (
    <details>
      <summary>{heading}</summary>
      <Html html={html} />
    </details>
  );
}
