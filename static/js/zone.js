/* Where somebody signs up: the time zone of the browser, so that days begin when theirs do. */
for (const field of document.querySelectorAll("[data-zone]")) {
  field.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
}
