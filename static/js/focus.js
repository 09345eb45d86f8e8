/* Where the keyboard goes on after a swap: at the errors, else where the next thing begins. */
const toErrors = (within) => within.querySelector?.(".form__errors")?.focus();

// A form that was sent is gone; who sent it goes on in the one that came instead.
const goOn = ({ target, detail }) => {
  const wasForm = detail.requestConfig?.elt.matches("form") && document.activeElement === document.body;
  if (wasForm && target.id === detail.target.id) {
    const next = target.querySelector(".comments__add, textarea") ?? target.querySelector("[aria-pressed=true]");
    next?.focus({ preventScroll: true });
  }
};

document.addEventListener("htmx:afterSettle", (event) => {
  goOn(event);
  toErrors(event.target);
});
toErrors(document);
