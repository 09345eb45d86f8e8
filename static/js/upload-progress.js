/* What the requests of a file tell its line: how much of it was sent, how they ended, where to go on. */
const lineOf = (event) => event.target.closest?.("li.upload[hx-encoding]");

document.addEventListener("htmx:xhr:progress", (event) => {
  const line = lineOf(event);
  const progress = line?.querySelector(".upload__progress");
  if (!progress || !event.detail.lengthComputable) return;
  progress.value = Math.min(1, (Number(line.dataset.offset ?? 0) + event.detail.loaded) / line.dataset.size);
});
document.addEventListener("htmx:afterRequest", (event) => {
  const line = lineOf(event);
  if (!line) return;
  line.dataset.status = event.detail.xhr.status;
  const offset = event.detail.xhr.getResponseHeader("Upload-Offset");
  if (offset) line.dataset.offset = offset;
});
// A line that goes on by itself says so; the message of the page would say that it does not.
addEventListener("htmx:sendError", (event) => lineOf(event)?.dataset.offset && event.stopPropagation(), { capture: true });
