// What every part below uses: what the page was handed, words, elements, messages.
const handed = JSON.parse(document.getElementById("handed").textContent);
const words = handed.words;
const KILOGRAMS_A_POUND = 0.45359237;

const byId = (id) => document.getElementById(id);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];

/** A phrase with its values in place of the names in braces. */
function say(phrase, values = {}) {
  return phrase.replace(/\{(\w+)\}/g, (whole, name) =>
    Object.hasOwn(values, name) ? String(values[name]) : whole,
  );
}

/** An element with attributes and children; text is text and never markup. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null) element.setAttribute(name, String(value));
  }
  element.append(...children);
  return element;
}

/** Where the page says how an exercise is done; its id stands there, once. */
const placeOf = (exercise) => byId(exercise.querySelector("h6 a").hash.slice(1));

/** What the entries of an exercise in a session are kept by. */
const entryKey = (session, exercise) => `${session.dataset.start}|${placeOf(exercise).dataset.e}`;

/** Today by the clock of the device. */
function today() {
  const now = new Date();
  const two = (number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

let messageTimer = 0;

/** Tell something at the foot of the page; a warning stays until the next message. */
function tell(text, warning = false) {
  const place = byId("message");
  place.textContent = text;
  place.hidden = false;
  place.classList.toggle("warning", warning);
  clearTimeout(messageTimer);
  if (!warning) messageTimer = setTimeout(() => (place.hidden = true), 6000);
}
