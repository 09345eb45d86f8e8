/* A link that leads to a question before something goes for good asks it here: the page's own form, in a dialog. */
const dialog = document.createElement("dialog");
dialog.className = "dialog";
dialog.setAttribute("aria-labelledby", "sure-title");
document.body.append(dialog);

const ask = async (link) => {
  dialog.replaceChildren();
  await htmx.ajax("GET", link.href, { target: dialog, swap: "innerHTML settle:0ms" }).catch(() => {});
  if (dialog.querySelector("form")) dialog.showModal();
  else link.removeAttribute("data-sure"); // a message says why; the next click goes to the page
};

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-sure]");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  ask(link);
});
