/* One key or two take a reader somewhere; `?` shows which. The dialog in the page is the list of them. */
const dialog = document.getElementById("shortcuts");
const ROWS = ".post-row__title a, .directory__link, .notification__button";
const SOON = 1200;
let before = "";
let timer;

const linkOf = (keys) => document.querySelector(`a[data-keys="${CSS.escape(keys)}"]`);
const typing = (element) => element.isContentEditable || element.matches("input, textarea, select");

const step = (by) => {
  const places = [...document.querySelectorAll(ROWS)];
  const now = places.findIndex((place) => place.contains(document.activeElement));
  const next = places[now < 0 ? (by > 0 ? 0 : places.length - 1) : now + by];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
};

document.addEventListener("keydown", (event) => {
  if (!dialog || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const { key } = event;
  if (key === "?") return dialog.togglePopover();
  if ((key === "j" || key === "k") && !linkOf(key)) return step(key === "j" ? 1 : -1);
  if (key === "/") {
    const field = [...document.querySelectorAll("input[type=search]")].find((input) => input.checkVisibility());
    if (field) {
      event.preventDefault();
      return field.select();
    }
  }
  const pressed = (before + key).toLowerCase();
  clearTimeout(timer);
  timer = setTimeout(() => (before = ""), SOON);
  before = key === "g" ? "g" : "";
  const place = linkOf(pressed);
  if (!place) return;
  event.preventDefault();
  before = "";
  place.click();
});
