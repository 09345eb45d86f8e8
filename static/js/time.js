/* Says when something was in the reader's own words and time zone; the server's text stays where this fails. */
const STEPS = [
  ["minute", 60],
  ["hour", 3600],
  ["day", 86400],
];
const language = document.documentElement.lang;
const dates = (options) => new Intl.DateTimeFormat(language, options);
const makeFormats = () => ({
  relative: new Intl.RelativeTimeFormat(language, { numeric: "auto" }),
  full: dates({ dateStyle: "full", timeStyle: "short" }),
  short: dates({ day: "numeric", month: "short" }),
  long: dates({ day: "numeric", month: "short", year: "numeric" }),
});
let formats; // made by the first use, because making them takes longer than all else that runs at the start

const words = (moment, isExact) => {
  const { relative, short, long } = formats;
  const since = (Date.now() - moment) / 1000;
  const seconds = Math.abs(since);
  if (seconds < 60 && isExact) return relative.format(-Math.max(0, Math.floor(since)), "second");
  if (seconds < 60) return relative.format(0, "minute");
  const [unit, size] = STEPS.findLast(([, size]) => seconds >= size);
  if (seconds < 7 * 86400) return relative.format(-Math.sign(since) * Math.floor(seconds / size), unit);
  return (moment.getFullYear() === new Date().getFullYear() ? short : long).format(moment);
};

const refine = (within, which = "time[datetime]") => {
  formats ??= makeFormats();
  for (const time of within.querySelectorAll(which)) {
    const moment = new Date(time.dateTime);
    if (Number.isNaN(moment.getTime()) || !time.dateTime.includes("T")) continue;
    time.title = formats.full.format(moment);
    const text = words(moment, "seconds" in time.dataset);
    if (time.textContent !== text) time.textContent = text;
  }
};

// The page itself after its first paint, which shows the server's text; what htmx brings at once.
requestAnimationFrame(() => setTimeout(() => refine(document)));
document.addEventListener("htmx:load", ({ target }) => target === document.body || refine(target));
setInterval(() => document.hidden || refine(document), 60_000);
setInterval(() => document.hidden || refine(document, "time[data-seconds]"), 5_000);
