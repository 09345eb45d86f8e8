/* A text on its way to be published needs no draft any more: what is under way stops, what was planned stays undone. */
document.addEventListener("submit", ({ target }) => {
  const draft = target.querySelector?.(".draft");
  if (draft) htmx.trigger(draft, "htmx:abort");
});
document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.target.matches(".draft") && event.target.closest("form")?.dataset.sent) event.preventDefault();
});
