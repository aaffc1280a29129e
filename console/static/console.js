// Keys and small manners. Every page works without this file.
"use strict";

const body = document.body;
const rows = () => [...document.querySelectorAll("[data-rows] .row-link")];

function typing(target) {
  return target.closest("textarea, select, [contenteditable]") || (target.tagName === "INPUT" && !["radio", "checkbox"].includes(target.type));
}

function focusFirstField(details) {
  const chosen = details.querySelector("input:checked");
  const field = details.querySelector(chosen ? "[name$=note]" : "input:not([type=hidden]), textarea");
  if (field) field.focus();
}

function step(by) {
  const all = rows();
  if (!all.length) return false;
  const at = all.indexOf(document.activeElement);
  const next = at < 0 ? (by > 0 ? 0 : -1) : at + by;
  if (next < 0 || next >= all.length) return at >= 0;
  all[next].focus();
  return true;
}

// A digit chooses its severity in the panel and waits there for a note; anything else is pressed.
function press(element) {
  const details = element.closest("details.act");
  if (element.type === "radio") {
    element.checked = true;
    details.open = true;
  } else {
    element.click();
  }
  // Now, and not on the toggle event that follows: the next key may already be a word.
  if (details && details.open) focusFirstField(details);
}

function onKey(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat && !event.key.startsWith("Arrow") && event.key !== "j") return;
  if (typing(event.target)) return;
  if ((event.key === "j" || event.key === "ArrowDown") && step(1)) return event.preventDefault();
  if (event.key === "ArrowUp" && rows().includes(document.activeElement)) {
    step(-1);
    return event.preventDefault();
  }
  if (!/^[a-z1-5]$/.test(event.key)) return;
  const element = document.querySelector(`[data-key="${event.key}"]`);
  if (!element) return;
  event.preventDefault();
  press(element);
}

// Ctrl+Enter saves a long note, Escape leaves a panel.
function onPanelKey(event) {
  if (event.key === "Escape") return leavePanels();
  if (event.key === "Enter" && event.ctrlKey && event.target.tagName === "TEXTAREA") event.target.form.requestSubmit();
}

function leavePanels() {
  for (const details of document.querySelectorAll("details.act[open]")) {
    details.open = false;
    details.querySelector("summary").focus();
  }
}

// A second click while the first is under way does nothing.
function onSubmit(event) {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
}

for (const details of document.querySelectorAll("details.act")) {
  details.addEventListener("toggle", () => details.open && !document.activeElement.closest("details.act form") && focusFirstField(details));
}
// Whoever goes on elsewhere, by mouse or by Tab, must not find an open panel over it.
function onElsewhere(event) {
  if (!event.target.closest("details.act")) for (const open of document.querySelectorAll("details.act[open]")) open.open = false;
}
document.addEventListener("click", onElsewhere);
document.addEventListener("focusin", onElsewhere);
document.addEventListener("keydown", onPanelKey);
if ("keys" in body.dataset) document.addEventListener("keydown", onKey);
document.addEventListener("submit", onSubmit);
// A page taken back from the browser's memory may be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// How tall the bar is where its buttons wrap, so that what has the focus is never scrolled to behind it.
const bar = document.querySelector(".bar");
if (bar) {
  new ResizeObserver(() => {
    const over = getComputedStyle(bar).position === "fixed" ? bar.offsetHeight : 0;
    document.documentElement.style.setProperty("--bar-now", `${over}px`);
  }).observe(bar);
}

// A page that answers a form starts where its answer is: at what is wrong, else at what was done. Tab goes on from there.
function startAt(element) {
  if (element.matches("fieldset")) element = element.querySelector("input");
  if (!element.matches("input, textarea, select")) element.tabIndex = -1;
  element.focus();
}

const answer = document.querySelector("[aria-invalid]") || document.querySelector(".wrong[role=alert]") || document.querySelector(".said");
if (answer) startAt(answer);
