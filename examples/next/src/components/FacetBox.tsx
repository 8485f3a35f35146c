"use client";

interface Props {
  name: string;
  value: string;
  label: string;
  count: number;
  chosen: boolean;
}

/** A box that searches at once. Without a script, the button of the form does. */
export default function FacetBox({ name, value, label, count, chosen }: Props) {
  return (
    <label>
      <input
        type="checkbox"
        form="search"
        name={name}
        value={value}
        defaultChecked={chosen}
        onChange={(event) => event.currentTarget.form?.requestSubmit()}
      />{" "}
      {label} <span>{count}</span>
    </label>
  );
}
