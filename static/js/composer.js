/* Gives every `textarea[data-composer]` the toolbar that base.html keeps as a template, and its keys. */
const bar = document.getElementById("composer-bar");

const put = (area, text, from, to) => {
  area.focus();
  area.setSelectionRange(from, to);
  // The one way that keeps the browser's own undo.
  if (!document.execCommand("insertText", false, text)) area.setRangeText(text, from, to, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
};

const around = (area, before, after) => {
  const { selectionStart: from, selectionEnd: to, value } = area;
  const chosen = value.slice(from, to);
  put(area, before + chosen + after, from, to);
  area.setSelectionRange(from + before.length, from + before.length + chosen.length);
};

const lines = (area, prefix) => {
  const { selectionStart, selectionEnd: to, value } = area;
  const from = value.lastIndexOf("\n", selectionStart - 1) + 1;
  const text = value.slice(from, to).replace(/^/gm, prefix);
  put(area, text, from, to);
};

const use = (area, { before, after = before, line }) => (line ? lines(area, line) : around(area, before, after));

const equip = (within) => {
  if (!bar) return;
  for (const area of within.querySelectorAll("textarea[data-composer]:not(.composer__text)")) {
    const composer = document.createElement("div");
    composer.className = "composer";
    area.classList.add("composer__text");
    area.replaceWith(composer);
    composer.append(bar.content.cloneNode(true), area);
    if (area.autofocus) area.focus();
  }
};

document.addEventListener("click", (event) => {
  const tool = event.target.closest(".composer__tool");
  if (tool) use(tool.closest(".composer").querySelector("textarea"), tool.dataset);
});
document.addEventListener("keydown", (event) => {
  const area = event.target.closest?.("textarea[data-composer]");
  if (!area || !(event.ctrlKey || event.metaKey) || event.altKey) return;
  if (event.key === "Enter") area.form?.requestSubmit();
  else {
    const tool = area.closest(".composer")?.querySelector(`[data-key="${event.key.toLowerCase()}"]`);
    if (!tool || event.shiftKey) return;
    use(area, tool.dataset);
  }
  event.preventDefault();
});

equip(document);
document.addEventListener("htmx:load", (event) => equip(event.target.parentNode ?? document));
