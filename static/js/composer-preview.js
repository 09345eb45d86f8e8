/* What a text will look like, from the server: instead of the text or below it, there while one types. */
const PAUSE = 600;
const timers = new WeakMap();

const show = (composer) => {
  const area = composer.querySelector(".composer__text");
  const panel = composer.querySelector(".composer__preview");
  clearTimeout(timers.get(composer));
  if (panel.hidden || !area.form) return;
  const values = { body: area.value };
  htmx.ajax("POST", area.form.dataset.preview, { source: panel, target: panel, swap: "innerHTML", values }).catch(() => {});
};

const turn = (composer, view) => {
  const area = composer.querySelector(".composer__text");
  const panel = composer.querySelector(".composer__preview");
  if (!area.hidden) panel.style.setProperty("--height", `${area.offsetHeight}px`);
  area.hidden = view === "preview";
  panel.hidden = view === "write";
  for (const button of composer.querySelectorAll(".composer__view")) {
    button.setAttribute("aria-pressed", button.value === view);
  }
  show(composer);
};

document.addEventListener("click", (event) => {
  const button = event.target.closest(".composer__view");
  if (button) turn(button.closest(".composer"), button.value);
});

document.addEventListener("input", ({ target }) => {
  const composer = target.matches(".composer__text") && target.closest(".composer");
  if (!composer) return;
  clearTimeout(timers.get(composer));
  timers.set(composer, setTimeout(() => show(composer), PAUSE));
});

// A tool, a key or a browser that points at a wrong field needs the text in sight; so does a reader without preview.
const back = ({ target }) => {
  const composer = target.closest?.(".composer");
  if (composer?.querySelector(".composer__text").hidden) turn(composer, "write");
};
document.addEventListener("invalid", back, true);
document.addEventListener("htmx:responseError", ({ target }) => {
  if (target.matches?.(".composer__preview")) turn(target.closest(".composer"), "write");
});
document.addEventListener("click", (event) => event.target.closest(".composer__tool") && back(event), true);
