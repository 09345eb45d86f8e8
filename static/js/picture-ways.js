/* The ways of a picture into a text: the button, paste, drop. What is to be done there is picture-dialog.js. */
const textOf = (element) => {
  const area = element.closest?.(".composer")?.querySelector(".composer__text");
  return area?.form?.dataset.pictures ? area : undefined;
};

const add = (event, files) => {
  const area = textOf(event.target);
  if (!area) return;
  event.preventDefault();
  area.dispatchEvent(new CustomEvent("composer:pictures", { bubbles: true, detail: [...files] }));
};

document.addEventListener("click", (event) => {
  if (event.target.closest(".composer__tool--picture")) add(event, []);
});
document.addEventListener("paste", (event) => {
  const { files, types } = event.clipboardData;
  // A word processor copies its words as a picture, too.
  if (files.length && !types.includes("text/plain")) add(event, files);
});
document.addEventListener("dragover", (event) => {
  if (event.dataTransfer.types.includes("Files") && textOf(event.target)) event.preventDefault();
});
document.addEventListener("drop", (event) => {
  if (event.dataTransfer.files.length) add(event, event.dataTransfer.files);
});
