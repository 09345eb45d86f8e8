/* Forms: one submit a click, no text lost by leaving, and how long it is. */
const isForm = (form) => form instanceof HTMLFormElement && form.method === "post";
const busy = (form, is) =>
  form.querySelectorAll("button:not([type=button])").forEach((button) => button.setAttribute("aria-busy", is));
const changed = new Set();

// The second half of a double click would press what the first half brought: a vote would be taken back.
const pressOnce = (event) => {
  if (event.detail < 2 || !event.target.closest("button[aria-pressed]")) return;
  event.preventDefault();
  event.stopPropagation();
};
document.addEventListener("click", pressOnce, { capture: true });

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!isForm(form)) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  changed.delete(form);
  busy(form, true);
  if (!form.matches("[hx-post]")) form.dataset.sent = "yes";
});
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest("form");
  if (!form) return;
  busy(form, false);
  if (event.detail.failed && form.querySelector("textarea")?.value) changed.add(form);
});
document.addEventListener("htmx:afterSwap", ({ target }) => {
  if (target.querySelector?.(":scope > .draft__saved")) changed.delete(target.closest("form"));
});
addEventListener("pageshow", () => {
  for (const form of document.forms) {
    delete form.dataset.sent;
    if (isForm(form)) busy(form, false);
  }
});

document.addEventListener("input", ({ target }) => {
  if (!target.matches("textarea, input[data-most]")) return;
  const kept = target.closest("form");
  if (target.matches("textarea") && kept && isForm(kept)) changed[target.value ? "add" : "delete"](kept);
  const most = Number(target.dataset.most);
  if (!most) return;
  const near = target.value.length >= most * 0.8;
  let count = target.closest(".field")?.querySelector(".field__count");
  if (near && !count) {
    count = document.createElement("p");
    count.className = "field__count";
    target.closest(".field")?.append(count);
  }
  if (count) count.textContent = near ? `${target.value.length.toLocaleString()} / ${most.toLocaleString()}` : "";
});
addEventListener("beforeunload", (event) => {
  if ([...changed].some((form) => form.isConnected)) event.preventDefault();
});
