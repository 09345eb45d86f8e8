/* A text on its way to be published needs neither a draft nor similar posts: what was planned stays undone. */
const ASKED_WHILE_TYPING = ".draft, .similar__place";

document.addEventListener("submit", ({ target }) => {
  const draft = target.querySelector?.(".draft");
  if (draft) htmx.trigger(draft, "htmx:abort");
});
document.addEventListener("htmx:beforeRequest", (event) => {
  const { target } = event;
  if (target.matches(ASKED_WHILE_TYPING) && target.closest("form")?.dataset.sent) event.preventDefault();
});
