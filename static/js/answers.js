/* Answers from documents: a marker opens its source, and an answer is copied with all of them. */
const SHOWN_FOR = 2000;

const copy = async (button) => {
  const answer = button.closest(".from-documents").querySelector(".copy-answer__text");
  await navigator.clipboard.writeText(answer.textContent);
  const word = button.textContent;
  if (word.startsWith("✓")) return;
  button.textContent = `✓ ${word}`;
  setTimeout(() => (button.textContent = word), SHOWN_FOR);
};

document.addEventListener("click", (event) => {
  const marker = event.target.closest("a.marker");
  const source = marker && document.getElementById(marker.hash.slice(1));
  if (source) {
    event.preventDefault();
    source.open = true;
    source.firstElementChild.focus();
  }
  const button = event.target.closest(".copy-answer");
  if (button) copy(button).catch(() => {});
});
