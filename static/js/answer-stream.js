/* An answer while it is being written: its words as they come. When it is done the page asks for it as it is kept;
   where there is no stream it asks again every few seconds. After a lost connection the browser goes on by itself. */
const PAUSE = 2000;
const streams = new Map();

const show = (waiting) => {
  if (!navigator.onLine) addEventListener("online", () => show(waiting), { once: true });
  else if (waiting.isConnected) htmx.trigger(waiting, "answered");
};
const showLater = (waiting) => setTimeout(show, PAUSE, waiting);

const follow = (waiting) => {
  const address = waiting.dataset.stream;
  const live = waiting.querySelector(".from-documents__live");
  const source = new EventSource(address);
  streams.get(address)?.close();
  streams.set(address, source);
  source.addEventListener("begin", () => live.replaceChildren());
  source.addEventListener("text", ({ data }) => live.append(data));
  source.addEventListener("done", () => {
    source.close();
    show(waiting);
  });
  source.addEventListener("error", () => source.readyState === EventSource.CLOSED && showLater(waiting));
};

document.addEventListener("htmx:load", ({ target }) => target.querySelectorAll("[data-stream]").forEach(follow));
for (const failure of ["sendError", "timeout", "responseError"]) {
  document.addEventListener(`htmx:${failure}`, ({ target }) => target.matches("[data-stream]") && showLater(target));
}
