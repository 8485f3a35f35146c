interface Props {
  rows: [string, (string | number | null | undefined)[]][];
}

/** Pairs of a word and its values; those without a value are left out. */
export default function Facts({ rows }: Props) {
  return (
    <dl className="facts">
      {rows
        .map(([term, values]) => [term, values.filter((value) => value)] as const)
        .filter(([, values]) => values.length > 0)
        .map(([term, values]) => (
          <div key={term}>
            <dt>{term}</dt>
            {values.map((value) => (
              <dd key={value}>{value}</dd>
            ))}
          </div>
        ))}
    </dl>
  );
}
