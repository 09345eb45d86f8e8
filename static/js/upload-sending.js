/* Sends files one after the other, so one that is refused holds up no other; the answer takes the place of its line. A
   large one goes in parts, and goes on where it stopped: by itself after a lost connection, else when it is chosen again. */
const PAUSES = [1, 2, 4, 8, 15, 30, 30, 30, 60, 60, 60];
let sending = Promise.resolve();

const fail = (line, why) => {
  line.classList.add("upload--refused");
  line.querySelector(".upload__progress").remove();
  line.querySelector(".upload__waits").hidden = true;
  line.querySelector(`.upload__trouble--${why}`).hidden = false;
};

const post = async (line, url, values) => {
  line.dataset.status = 0;
  await htmx.ajax("POST", url, { source: line, target: line, swap: "outerHTML", values }).catch(() => {});
  return Number(line.dataset.status);
};

const pause = (seconds) =>
  new Promise((go) => {
    setTimeout(go, seconds * 1000);
    addEventListener("online", go, { once: true });
  });

const sendParts = async (form, file, line) => {
  const values = new FormData(form);
  values.delete("documents");
  for (const [name, value] of Object.entries({ name: file.name, size: file.size, modified: file.lastModified }))
    values.set(name, value);
  for (let failures = 0; line.isConnected && failures < PAUSES.length; ) {
    const { offset } = line.dataset;
    values.delete("part");
    if (offset) values.set("offset", offset);
    if (offset) values.set("part", file.slice(Number(offset), Number(offset) + Number(form.dataset.part)));
    const status = await post(line, form.dataset.parts, values);
    line.querySelector(".upload__waits").hidden = status !== 0;
    if (status === 0) await pause(PAUSES[failures++]);
    else if (status === 204) failures = 0;
    else if (status === 409) delete line.dataset.offset;
    else return;
  }
};

const send = async (form, file, line) => {
  if (file.size > form.dataset.sizeMax) return fail(line, "size");
  line.dataset.size = file.size;
  const values = new FormData(form);
  values.set("documents", file);
  if (file.size > form.dataset.part) await sendParts(form, file, line);
  else await post(line, form.action, values);
  if (line.isConnected) fail(line, "lost"); // a message says why
};

document.addEventListener("upload:send", ({ target: line, detail: { form, file } }) => {
  sending = sending.then(() => send(form, file, line));
});
