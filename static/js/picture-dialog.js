/* Asks with the server's own form what each picture shows, and puts the line that it answers into the text. */
const dialog = document.createElement("dialog");
dialog.className = "dialog";
dialog.setAttribute("aria-labelledby", "picture-title");
document.body.append(dialog);
let place;
let waiting = [];

const ask = async () => {
  const file = waiting.shift();
  dialog.replaceChildren();
  // Not settled later: whoever presses Enter at once would send the form past htmx, and leave the page.
  const swap = "innerHTML settle:0ms";
  await htmx.ajax("GET", place.area.form.dataset.pictures, { target: dialog, swap }).catch(() => {});
  const form = dialog.querySelector("form");
  if (!form) return; // a message says why
  dialog.showModal();
  if (!file) return;
  const bag = new DataTransfer();
  bag.items.add(file);
  form.elements.file.files = bag.files;
  form.elements.file.dispatchEvent(new Event("change", { bubbles: true }));
  form.elements.alt.focus();
};

const put = ({ dataset }) => {
  const { area, from, to } = place;
  dialog.close();
  const detail = { text: dataset.line, from, to, isBlock: true };
  area.dispatchEvent(new CustomEvent("composer:put", { bubbles: true, detail }));
  place = { area, from: area.selectionEnd, to: area.selectionEnd };
  const note = area.closest(".composer").querySelector(".composer__note");
  note.textContent = dataset.reminder ?? "";
  const description = area.value.indexOf(dataset.line, from) + "![".length;
  if (dataset.reminder) area.setSelectionRange(description, description);
  if (waiting.length) ask();
};

document.addEventListener("composer:pictures", ({ target: area, detail: files }) => {
  place = { area, from: area.selectionStart, to: area.selectionEnd };
  waiting = files;
  ask();
});
dialog.addEventListener("htmx:load", ({ target }) => target.dataset.line && put(target));
dialog.addEventListener("click", ({ target }) => target.closest("[data-close]") && dialog.close());
dialog.addEventListener("htmx:xhr:progress", ({ detail }) => {
  const progress = dialog.querySelector("progress");
  if (progress && detail.lengthComputable) progress.value = detail.loaded / detail.total;
});
// Messages lie below a modal dialog.
for (const trouble of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  dialog.addEventListener(trouble, () => dialog.close());
}
