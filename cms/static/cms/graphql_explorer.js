"use strict";

{
  const place = document.getElementById("explorer");
  const examples = JSON.parse(document.getElementById("examples").textContent);
  const choice = document.getElementById("example");

  // A dialogue of GraphiQL adds a style element, which the page's policy allows only with the nonce.
  const create = document.createElement.bind(document);
  document.createElement = (name, options) => {
    const element = create(name, options);
    if (name === "style") element.nonce = place.dataset.nonce;
    return element;
  };

  const send = GraphiQL.createFetcher({
    url: place.dataset.endpoint,
    headers: { Accept: "application/graphql-response+json, application/json;q=0.9" },
  });
  // GraphiQL reads a new query a moment after it shows it; until then it would send the name of the last one.
  const fetcher = (request, options) =>
    send(request.query.includes(request.operationName) ? request : { ...request, operationName: undefined }, options);
  const show = (example) =>
    ReactDOM.render(
      React.createElement(GraphiQL, {
        fetcher,
        defaultQuery: examples.length ? examples[0].query : undefined,
        query: example?.query,
        variables: example?.variables,
        shouldPersistHeaders: false,
      }),
      place,
    );

  // The page for developers leads here with the title of an example behind the address.
  const title = decodeURIComponent(location.hash.slice(1));
  const named = [...(choice?.options ?? [])].find((option) => option.value && option.text === title);
  if (named) named.selected = true;

  choice?.addEventListener("change", () => choice.value && show(examples[Number(choice.value)]));
  show(named && examples[Number(named.value)]);
}
