/* Files on their way into a library: chosen or dropped anywhere on its page, each is sent by itself, one after the
   other, so one that is refused holds up no other. The server's answer takes the place of its line. */
const formHere = () => document.querySelector("form[data-uploads]");
let sending = Promise.resolve();

const lineOf = (form, file) => {
  const line = form.parentElement.querySelector(".upload-line").content.firstElementChild.cloneNode(true);
  line.querySelector(".upload__name").textContent = file.name;
  return line;
};

const fail = (line, why) => {
  line.classList.add("upload--refused");
  line.querySelector(".upload__progress").remove();
  line.querySelector(`.upload__trouble--${why}`).hidden = false;
};

const send = async (form, file, line) => {
  if (file.size > form.dataset.sizeMax) return fail(line, "size");
  const values = new FormData(form);
  values.set("documents", file);
  await htmx.ajax("POST", form.action, { source: line, target: line, swap: "outerHTML", values }).catch(() => {});
  if (line.isConnected) fail(line, "lost"); // a message says why
};

const add = (files) => {
  const form = formHere();
  const list = document.getElementById(form.dataset.uploads);
  for (const file of files) {
    const line = lineOf(form, file);
    list.prepend(line);
    sending = sending.then(() => send(form, file, line));
  }
};

document.addEventListener(
  "submit",
  (event) => {
    const files = event.target.dataset?.uploads && event.target.elements.documents.files;
    if (!files?.length) return;
    event.preventDefault();
    event.stopPropagation();
    add([...files]);
    event.target.elements.documents.value = "";
  },
  { capture: true },
);
document.addEventListener("htmx:xhr:progress", ({ target, detail }) => {
  const progress = target.querySelector?.(":scope > .upload__progress");
  if (progress && detail.lengthComputable) progress.value = detail.loaded / detail.total;
});
addEventListener("beforeunload", (event) => document.querySelector(".upload__progress") && event.preventDefault());

const overPage = (event) => formHere() && event.dataTransfer.types.includes("Files") && !event.preventDefault();
document.addEventListener("dragover", overPage);
document.addEventListener("drop", (event) => overPage(event) && add([...event.dataTransfer.files]));
