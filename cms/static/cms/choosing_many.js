// Several chosen rows: the chooser of Wagtail adds to the list, a button takes one out.
(() => {
  if (window.choosesMany) return; // a form brings the script once for each of its rows
  window.choosesMany = true;

  const add = (place, { id, string }) => {
    const { name, dropLabel } = place.dataset;
    if ([...place.querySelectorAll("input")].some((field) => field.value === String(id))) return;
    const line = document.createElement("li");
    const field = Object.assign(document.createElement("input"), { type: "hidden", name, value: id });
    const words = Object.assign(document.createElement("span"), { textContent: string });
    const drop = Object.assign(document.createElement("button"), {
      type: "button",
      className: "button button-small button-secondary no",
      textContent: "×",
    });
    drop.dataset.drop = "";
    drop.setAttribute("aria-label", `${dropLabel}: ${string}`);
    line.append(field, words, " ", drop);
    place.querySelector("ul").append(line);
  };

  const changed = (place) => place.dispatchEvent(new Event("change", { bubbles: true }));

  const choose = (place, button) => {
    window.ModalWorkflow({
      url: place.dataset.url,
      urlParams: { multiple: 1, for: place.dataset.field },
      onload: window.CHOOSER_MODAL_ONLOAD_HANDLERS,
      responses: {
        chosen: (rows) => {
          for (const row of rows) add(place, row);
          changed(place);
          button.focus();
        },
      },
    });
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-choose-many] button");
    if (!button) return;
    const place = button.closest("[data-choose-many]");
    if ("choose" in button.dataset) {
      choose(place, button);
      return;
    }
    button.closest("li").remove();
    changed(place);
    place.querySelector("[data-choose]").focus();
  });
})();
