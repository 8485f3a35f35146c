"use strict";

{
  const place = document.getElementById("explorer");
  const examples = JSON.parse(document.getElementById("examples").textContent);
  const choice = document.getElementById("example");

  // Libraries inside GraphiQL that add a style element look for the nonce here.
  window.__webpack_nonce__ = place.dataset.nonce;

  const fetcher = GraphiQL.createFetcher({
    url: place.dataset.endpoint,
    headers: { Accept: "application/graphql-response+json, application/json;q=0.9" },
  });
  const root = ReactDOM.createRoot(place);
  const show = (example) =>
    root.render(
      React.createElement(GraphiQL, {
        fetcher,
        defaultQuery: examples.length ? examples[0].query : undefined,
        query: example?.query,
        variables: example?.variables,
        shouldPersistHeaders: false,
      }),
    );

  // The page for developers leads here with the title of an example behind the address.
  const title = decodeURIComponent(location.hash.slice(1));
  const named = [...(choice?.options ?? [])].find((option) => option.value && option.text === title);
  if (named) named.selected = true;

  choice?.addEventListener("change", () => choice.value && show(examples[Number(choice.value)]));
  show(named && examples[Number(named.value)]);
}
