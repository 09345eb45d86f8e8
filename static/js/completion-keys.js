/* Choosing in the list of completions: arrows, Enter, Escape, a click. Tab goes on as ever. */
const areaOf = (list) => list.closest(".composer").querySelector(".composer__text");
const optionsOf = (list) => [...list.querySelectorAll("[role=option]")];
const chosen = (list) => optionsOf(list).findIndex((option) => option.getAttribute("aria-selected") === "true");

const choose = (list, number) => {
  for (const [at, option] of optionsOf(list).entries()) {
    option.setAttribute("aria-selected", at === number);
    if (at !== number) continue;
    areaOf(list).setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }
};

const take = (list, option) => {
  const area = areaOf(list);
  const to = area.selectionStart;
  const from = Math.max(area.value.lastIndexOf(option.dataset.text[0], to - 1), 0);
  const text = `${option.dataset.text} `;
  area.dispatchEvent(new CustomEvent("composer:put", { bubbles: true, detail: { text, from, to } }));
};

const act = (list, key) => {
  const count = optionsOf(list).length;
  const now = chosen(list);
  if (key === "ArrowDown") choose(list, (now + 1) % count);
  else if (key === "ArrowUp") choose(list, (now - 1 + count) % count);
  else if (key === "Enter") take(list, optionsOf(list)[now]);
  else if (key === "Escape") list.dispatchEvent(new Event("completions:close"));
  else return false;
  return true;
};

document.addEventListener("completions:open", ({ target }) => choose(target, 0), true);
document.addEventListener("keydown", (event) => {
  const { target: area, ctrlKey, metaKey, altKey, shiftKey, isComposing } = event;
  if (!area.matches?.(".composer__text") || ctrlKey || metaKey || altKey || shiftKey || isComposing) return;
  const list = area.closest(".composer").querySelector(".completions");
  if (!list.hidden && act(list, event.key)) event.preventDefault();
});
// The focus stays in the text.
document.addEventListener("mousedown", (event) => event.target.closest(".completions") && event.preventDefault());
document.addEventListener("click", ({ target }) => {
  const option = target.closest(".completions [role=option]");
  if (option) take(option.closest(".completions"), option);
});
