/* That a picture is too large is said when it is chosen, before it is sent for nothing. */
document.addEventListener("change", ({ target }) => {
  if (!target.matches("input[data-size-max]")) return;
  const [file] = target.files;
  target.form.querySelector(".picture-size").hidden = !(file?.size > target.dataset.sizeMax);
});
