/* Files for a library, chosen or dropped anywhere on its page: each gets a line of its own in the list, which
   upload-sending.js sends. */
const formHere = () => document.querySelector("form[data-uploads]");

const lineOf = (form, file) => {
  const line = form.parentElement.querySelector(".upload-line").content.firstElementChild.cloneNode(true);
  line.querySelector(".upload__name").textContent = file.name;
  return line;
};

const refuseAll = (form, count) => {
  const line = form.parentElement.querySelector(".upload-refusal").content.firstElementChild.cloneNode(true);
  line.querySelector(".upload__count").textContent = count.toLocaleString();
  document.getElementById(form.dataset.uploads).prepend(line);
};

const add = (files) => {
  const form = formHere();
  if (files.length > form.dataset.most) return refuseAll(form, files.length);
  for (const file of files) {
    const line = lineOf(form, file);
    document.getElementById(form.dataset.uploads).prepend(line);
    line.dispatchEvent(new CustomEvent("upload:send", { bubbles: true, detail: { form, file } }));
  }
};

const choose = (event) => {
  const files = event.target.dataset?.uploads && event.target.elements.documents.files;
  if (!files?.length) return;
  event.preventDefault();
  event.stopPropagation();
  add([...files]); // the list empties with the field
  event.target.elements.documents.value = "";
};

const overPage = (event) => formHere() && event.dataTransfer.types.includes("Files") && !event.preventDefault();

document.addEventListener("submit", choose, { capture: true });
document.addEventListener("dragover", overPage);
document.addEventListener("drop", (event) => overPage(event) && add(event.dataTransfer.files));
addEventListener("beforeunload", (event) => document.querySelector(".upload__progress") && event.preventDefault());
