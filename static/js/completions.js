/* Asks the server what an @ or a # before the caret may mean, and shows its list below the caret. */
const PAUSE = 150;
const BEGUN = /(?:^|[\s([{"'])([@#][^\s@#()[\]{}"',;:!?`$]{1,40})$/u;
let timer;

const begun = (area) => BEGUN.exec(area.value.slice(0, area.selectionStart))?.[1];
const listOf = (area) => area.closest(".composer").querySelector(".completions");

const close = (list) => {
  if (list.hidden) return;
  list.hidden = true;
  list.closest(".composer").querySelector(".composer__text").removeAttribute("aria-activedescendant");
};

const place = (area, list, from) => {
  const mirror = Object.assign(document.createElement("div"), { className: "completions__mirror" });
  const mark = document.createElement("span");
  mark.textContent = "\u200b";
  mirror.append(area.value.slice(0, from), mark);
  area.after(mirror);
  const most = area.offsetWidth - list.offsetWidth;
  const below = area.offsetTop + mark.offsetTop + mark.offsetHeight - area.scrollTop;
  list.style.setProperty("left", `${Math.max(0, Math.min(mark.offsetLeft, most))}px`);
  list.style.setProperty("top", `${below}px`);
  mirror.remove();
};

const open = (area, list, word) => {
  const options = [...list.querySelectorAll("[role=option]")];
  if (!options.length || (options.length === 1 && options[0].dataset.text === word)) return close(list);
  for (const [number, option] of options.entries()) option.id = `${list.id}_${number}`;
  list.hidden = false;
  place(area, list, area.selectionStart - word.length);
  list.dispatchEvent(new Event("completions:open"));
};

const ask = async (area) => {
  const [list, word] = [listOf(area), begun(area)];
  const url = `${area.form.dataset.completions}?word=${encodeURIComponent(word)}`;
  const answered = htmx.ajax("GET", url, { source: list, target: list, swap: "innerHTML" });
  if (!(await answered.then(() => true, () => false))) return; // a later question took its place
  if (document.activeElement === area && begun(area) === word) open(area, list, word);
};

document.addEventListener("input", ({ target: area }) => {
  if (!area.matches(".composer__text") || !area.form?.dataset.completions) return;
  clearTimeout(timer);
  if (begun(area)) timer = setTimeout(ask, PAUSE, area);
  else close(listOf(area));
});
document.addEventListener("completions:close", ({ target }) => close(target), true);
document.addEventListener("focusout", ({ target }) => target.matches(".composer__text") && close(listOf(target)));
