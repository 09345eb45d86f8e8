/* A text that is far too long for any of ours is not put into one: a browser would be busy with it for a minute. */
const BEYOND = 100_000; // characters: no draft holds more

const refuse = (event, text) => {
  const { target } = event;
  if (!target.matches?.("textarea[data-most]")) return;
  const field = target.closest(".field");
  field.querySelector(".field__refused")?.remove();
  if (text.length <= BEYOND) return;
  event.preventDefault();
  const note = document.getElementById("not-put-in").content.firstElementChild.cloneNode(true);
  const numbers = { count: text.length, most: Number(target.dataset.most) };
  note.textContent = note.textContent.replace(/\{(\w+)\}/g, (_, name) => numbers[name].toLocaleString());
  field.append(note);
};

document.addEventListener("paste", (event) => refuse(event, event.clipboardData.getData("text/plain")));
document.addEventListener("drop", (event) => refuse(event, event.dataTransfer.getData("text/plain")));
document.addEventListener("input", ({ target }) => target.closest(".field")?.querySelector(".field__refused")?.remove());
