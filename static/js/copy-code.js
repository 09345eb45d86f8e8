/* Copies the code above whose button was pressed. One listener on the page, so code that arrives later works too. */
const SHOWN_FOR = 2000;

const copy = async (button) => {
  const code = button.closest(".code").querySelector("code");
  await navigator.clipboard.writeText(code.textContent);
  const word = button.textContent;
  if (button.classList.contains("code__copy--done")) return;
  button.classList.add("code__copy--done");
  button.textContent = `✓ ${word}`;
  setTimeout(() => {
    button.classList.remove("code__copy--done");
    button.textContent = word;
  }, SHOWN_FOR);
};

// The buttons arrive hidden; code.css shows them once this says that pressing one will do something.
if (navigator.clipboard) document.documentElement.classList.add("can-copy");

document.addEventListener("click", (event) => {
  const button = event.target.closest(".code__copy");
  if (button) copy(button).catch(() => button.closest(".code").querySelector("pre").focus());
});
