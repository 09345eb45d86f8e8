/* Drafts and similar posts are asked for while somebody types. What goes wrong there is said once, in the note below the
   form, which claims no save then. A text on its way to be published needs neither: what was planned is undone. */
const ASKED_WHILE_TYPING = ".draft, .similar__place";
const wordsOf = (place) => place.querySelector(".toast__text")?.textContent;
const usual = (id) => wordsOf(document.getElementById(id).content);

const sayNotSaved = (asking, sentence) => {
  if (!asking.matches(".draft")) return;
  const note = document.createElement("p");
  note.className = "draft__refused";
  note.setAttribute("role", "status");
  note.textContent = `${asking.dataset.notSaved} ${sentence}`;
  asking.querySelectorAll(".draft__saved, .draft__refused").forEach((before) => before.remove());
  asking.querySelector(".draft__state").prepend(note);
};

document.addEventListener("submit", ({ target }) => {
  const draft = target.querySelector?.(".draft");
  if (draft) htmx.trigger(draft, "htmx:abort");
});
document.addEventListener("htmx:beforeRequest", (event) => {
  const { target } = event;
  if (target.matches(ASKED_WHILE_TYPING) && target.closest("form")?.dataset.sent) event.preventDefault();
});
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const { elt } = detail.requestConfig;
  if (!detail.isError || !elt.matches(ASKED_WHILE_TYPING)) return;
  detail.shouldSwap = false;
  const answer = new DOMParser().parseFromString(detail.serverResponse, "text/html");
  sayNotSaved(elt, wordsOf(answer) ?? usual("toast-failed"));
});
// On the way down: the messages hear nothing of it.
for (const trouble of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  const keep = (event) => {
    if (!event.target.matches?.(ASKED_WHILE_TYPING)) return;
    event.stopPropagation();
    if (trouble !== "htmx:responseError") sayNotSaved(event.target, usual("toast-offline"));
  };
  document.addEventListener(trouble, keep, { capture: true });
}
