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

  choice?.addEventListener("change", () => choice.value && show(examples[Number(choice.value)]));
  show();
}
