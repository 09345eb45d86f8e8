/* What the tools of a composer do to its text. Other parts put text into one by the event `composer:put`. */
const put = (area, text, from = area.selectionStart, to = area.selectionEnd) => {
  area.focus();
  area.setSelectionRange(from, to);
  // The one way that keeps the browser's own undo.
  if (!document.execCommand("insertText", false, text)) area.setRangeText(text, from, to, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
};

// In a pattern, … stands for what is chosen. A second use takes the first one back.
const around = (area, pattern) => {
  const { selectionStart: from, selectionEnd: to, value } = area;
  const [before, after] = pattern.split("…");
  const chosen = value.slice(from, to);
  const is = value.slice(0, from).endsWith(before) && value.slice(to).startsWith(after);
  const start = is ? from - before.length : from + before.length;
  if (is) put(area, chosen, start, to + after.length);
  else put(area, before + chosen + after);
  area.setSelectionRange(start, start + chosen.length);
};

// The lines that are missing above and below for a blank one; behind the mark of a list nothing is missing above.
const gaps = ({ value }, from, to) => {
  const missing = (found) => "\n".repeat(Math.max(0, 2 - found[0].length));
  const above = value.slice(0, from);
  return [!above || /(^|\n)[ \t]*([-+*>]|\d+[.)])[ \t]+$/.test(above) ? "" : missing(/\n*$/.exec(above)), missing(/^\n*/.exec(value.slice(to)))];
};

// ‸ is where one goes on, else the chosen stays chosen.
const block = (area, pattern) => {
  const { selectionStart: from, selectionEnd: to, value } = area;
  const [above, below] = gaps(area, from, to);
  const chosen = value.slice(from, to);
  const [before, after] = pattern.split("…");
  put(area, above + before.replace("‸", "") + chosen + after + below);
  const start = from + above.length + (before.includes("‸") ? before.indexOf("‸") : before.length);
  area.setSelectionRange(start, before.includes("‸") ? start : start + chosen.length);
};

// Marks each line that is chosen, or takes the marks away when all have them. A number counts up.
const lines = (area, mark) => {
  const from = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
  const to = area.selectionEnd;
  const marked = area.value.slice(from, to).split("\n").map((line, number) => [line, mark.replace("1", number + 1)]);
  const are = marked.every(([line, own]) => line.startsWith(own));
  put(area, marked.map(([line, own]) => (are ? line.slice(own.length) : own + line)).join("\n"), from, to);
};

const DOES = { around, block, lines };

document.addEventListener("click", (event) => {
  const tool = event.target.closest(".composer__tool");
  const [does] = Object.keys(DOES).filter((name) => tool?.dataset[name]);
  if (does) DOES[does](tool.closest(".composer").querySelector(".composer__text"), tool.dataset[does]);
});
document.addEventListener("composer:put", ({ target, detail: { text, from, to, isBlock } }) => {
  const [above, below] = isBlock ? gaps(target, from, to) : ["", ""];
  put(target, above + text + below, from, to);
});
