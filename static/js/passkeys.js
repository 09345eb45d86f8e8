/* Passkeys: the device asks for the finger, the face or the PIN, and what it answers goes with the form. */
const { PublicKeyCredential } = window;
const knows = Boolean(PublicKeyCredential?.parseRequestOptionsFromJSON);

// The buttons arrive hidden, beside a sentence for browsers that cannot do it.
const show = (root) => {
  for (const part of root.querySelectorAll("[data-passkey-able]")) part.hidden = !knows;
  for (const part of root.querySelectorAll("[data-passkey-unable]")) part.hidden = knows;
};
show(document);
document.addEventListener("htmx:afterSwap", ({ target }) => show(target));

const asked = async (form) => {
  if (form.dataset.options) return JSON.parse(form.dataset.options);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(answer.status);
  return (await answer.json()).request_options;
};

const answered = async (form) => {
  const { publicKey } = await asked(form);
  if (form.dataset.passkey === "new")
    return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) });
  return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) });
};

const give = async (form) => {
  const trouble = form.querySelector("[data-passkey-trouble]");
  trouble.textContent = "";
  try {
    form.elements.credential.value = JSON.stringify((await answered(form)).toJSON());
  } catch (error) {
    trouble.textContent = error.name === "InvalidStateError" ? trouble.dataset.twice : trouble.dataset.none;
    return;
  }
  form.requestSubmit();
};

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (!form.dataset.passkey || form.elements.credential.value) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (knows) give(form);
  },
  { capture: true },
);
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-passkey]")) form.elements.credential.value = "";
});
