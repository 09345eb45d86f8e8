/* An answer while it is being written: its words as they come. When it is done the page asks for it as it is kept;
   where there is no stream it asks again every few seconds. After a lost connection the browser goes on by itself. */
const PAUSE = 2000;
const streams = new Map();

const follow = (waiting) => {
  const address = waiting.dataset.stream;
  const live = waiting.querySelector(".from-documents__live");
  const show = () => waiting.isConnected && htmx.trigger(waiting, "answered");
  const source = new EventSource(address);
  streams.get(address)?.close();
  streams.set(address, source);
  source.addEventListener("begin", () => live.replaceChildren());
  source.addEventListener("text", ({ data }) => live.append(data));
  source.addEventListener("done", () => {
    source.close();
    show();
  });
  source.addEventListener("error", () => source.readyState === EventSource.CLOSED && setTimeout(show, PAUSE));
};

const followAll = (within) => within.querySelectorAll("[data-stream]").forEach(follow);

document.addEventListener("htmx:load", ({ target }) => followAll(target));
