/* The keys of a composer: those that a tool names in aria-keyshortcuts, and the arrows along its toolbar.
   Ctrl+Enter presses the button that Enter would press in a line of the form: its first. */
const name = ({ shiftKey, code, key }) =>
  `Control+${shiftKey ? "Shift+" : ""}${code.startsWith("Digit") ? code.slice(5) : key.toUpperCase()}`;

const shortcut = (area, event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
  const tools = [...area.closest(".composer").querySelectorAll(".composer__tool")];
  const tool = tools.find((one) => one.getAttribute("aria-keyshortcuts") === name(event));
  if (event.key !== "Enter" && !tool) return;
  event.preventDefault();
  if (tool) tool.click();
  else area.form?.requestSubmit(area.form.querySelector("button[type=submit]"));
};

const along = (bar, event) => {
  const tools = [...bar.querySelectorAll(".composer__tool")];
  const on = document.dir === "rtl" ? -1 : 1;
  const now = tools.indexOf(event.target);
  const next = { ArrowRight: now + on, ArrowLeft: now - on, Home: 0, End: tools.length - 1 }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  tools.at(next % tools.length).focus();
};

document.addEventListener("keydown", (event) => {
  const area = event.target.closest?.(".composer__text");
  const bar = event.target.closest?.(".composer__bar");
  if (area) shortcut(area, event);
  if (bar) along(bar, event);
});

// A toolbar is one stop for Tab: the tool that was used last.
document.addEventListener("focusin", ({ target }) => {
  if (!target.matches(".composer__tool")) return;
  for (const tool of target.closest(".composer__bar").querySelectorAll(".composer__tool")) tool.tabIndex = -1;
  target.tabIndex = 0;
});
