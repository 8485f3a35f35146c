// Fields with a calendar: what is typed stays as it is typed, and the calendar stands in nobody's way.
const hide = (field) => window.jQuery?.(field).datetimepicker?.("hide");
const hasCalendar = (field) =>
  Boolean(field instanceof HTMLInputElement && window.jQuery?.(field).data("xdsoft_datetimepicker"));
const isOpen = (field) => window.jQuery(field).data("xdsoft_datetimepicker").is(":visible");

// A click opens the calendar. Its own way, a timer after the focus, also opens it over what is typed or comes next.
document.addEventListener("click", (event) => {
  if (hasCalendar(event.target)) window.jQuery(event.target).data("xdsoft_datetimepicker").trigger("open.xdsoft");
});

// Who types needs no calendar, and it would cover what stands below: the button of a dialog, the next field.
document.addEventListener("input", (event) => {
  if (event.isTrusted && hasCalendar(event.target)) hide(event.target);
});

// Escape closes the calendar, and not the dialog in which it stands.
document.addEventListener(
  "keydown",
  (event) => {
    if (event.key === "Escape" && hasCalendar(event.target) && isOpen(event.target)) {
      event.stopPropagation();
      event.preventDefault();
      hide(event.target);
    }
  },
  true,
);
