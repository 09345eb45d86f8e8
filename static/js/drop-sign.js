/* While files are dragged over a page that takes them, it says where they will go. */
const sign = (is) => document.querySelector("form[data-uploads]")?.parentElement.classList.toggle("upload-panel--drop", is);

document.addEventListener("dragenter", ({ dataTransfer }) => dataTransfer.types.includes("Files") && sign(true));
document.addEventListener("dragleave", ({ relatedTarget }) => relatedTarget || sign(false));
document.addEventListener("drop", () => sign(false));
