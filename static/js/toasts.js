/* Toasts go when told to; good news also goes by itself, unless someone is reading it. */
const STAY = 8000;

const leaveLater = (toast) => {
  setTimeout(() => (toast.matches(":hover, :focus-within") ? leaveLater(toast) : toast.remove()), STAY);
};

// What it says and, if there is a button, what it takes back.
const sense = (toast) => toast.querySelector(".toast__text").textContent + (toast.querySelector("form")?.action ?? "");

const receive = (toast) => {
  if (toast.dataset.seen) return;
  toast.dataset.seen = "yes";
  for (const other of toasts.querySelectorAll(".toast")) if (other !== toast && sense(other) === sense(toast)) other.remove();
  if (toast.matches(".toast--success, .toast--info")) leaveLater(toast);
};

const toasts = document.getElementById("toasts");
if (toasts) {
  toasts.querySelectorAll(".toast").forEach(receive);
  new MutationObserver(() => toasts.querySelectorAll(".toast").forEach(receive)).observe(toasts, { childList: true });
  toasts.addEventListener("click", (event) => event.target.closest(".toast__close")?.closest(".toast").remove());
}

const say = (id) => {
  const words = document.getElementById(id);
  if (toasts && words) toasts.append(words.content.cloneNode(true));
};

document.addEventListener("htmx:sendError", () => say("toast-offline"));
document.addEventListener("htmx:timeout", () => say("toast-offline"));
document.addEventListener("htmx:responseError", (event) => {
  if (event.detail.xhr.status >= 500 && event.detail.xhr.status !== 507) say("toast-failed");
});
