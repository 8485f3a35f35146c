// A form that is refused comes back without the file that was chosen in it, so the browser asks for what is missing
// before it sends the form. Wagtail turns that off (novalidate). A key that sends a form clicks its button as well.
document.addEventListener(
  "click",
  (event) => {
    const form = event.target.closest("[type=submit]")?.form;
    if (form?.querySelector("[data-ask-first]") && !form.reportValidity()) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  },
  true,
);
