// The sets of a session: rows to tick, with what was really done. Built when a session is shown.
const inUnit = (kilograms) =>
  handed.unit === "lb"
    ? Math.round((kilograms / KILOGRAMS_A_POUND) * 10) / 10
    : Math.round(kilograms * 100) / 100;
const inKilograms = (shown) =>
  handed.unit === "lb" ? Math.round(shown * KILOGRAMS_A_POUND * 100000) / 100000 : shown;

const SVG = "http://www.w3.org/2000/svg";

const FIELDS = {
  reps: { word: "reps", step: "1", max: 9999 },
  seconds: { word: "seconds", step: "1", max: 86400 },
  minutes: { word: "minutes", step: "any", max: 1440, of: "seconds", factor: 60 },
  metres: { word: "metres", step: "any", max: 100000 },
  load_kg: { word: "load", long: "load_long", step: "any", max: 2204 },
  rir: { word: "reserve", long: "reserve_long", step: "1", max: 10 },
};

/** The sets of an exercise in the order in which they are done: side by side within each set. */
function plannedSets(exercise) {
  const plan = exercise.dataset.plan.split(";").map((entry) => {
    const [side, ...numbers] = entry.split(",");
    return [side, ...numbers.map((number) => (number === "" ? null : Number(number)))];
  });
  const most = Math.max(...plan.map(([, sets]) => sets));
  const found = [];
  for (let set = 1; set <= most; set += 1) {
    for (const [side, sets, reps, seconds, metres, load_kg] of plan) {
      if (set <= sets) found.push({ set, side, reps, seconds, metres, load_kg });
    }
  }
  return found;
}

/** Which numbers an exercise asks for. */
function fieldsOf(exercise, planned) {
  const has = (name) => planned.some((item) => item[name] !== null);
  const names = [];
  if (has("reps")) names.push("reps");
  if (has("seconds")) {
    const long = planned.every((item) => item.seconds % 60 === 0 && item.seconds >= 180);
    names.push(long ? "minutes" : "seconds");
  }
  if (has("metres")) names.push("metres");
  if ("loaded" in exercise.dataset) names.push("load_kg");
  if (exercise.dataset.reserve) names.push("rir");
  return names;
}

/** What a field shows for a value of the store. */
function shownValue(name, value) {
  if (value === null || value === undefined) return "";
  if (name === "load_kg") return String(inUnit(value));
  return String(value / (FIELDS[name].factor ?? 1));
}

/** The value of a field for the store; the plan's own number where nobody changed it. */
function fieldValue(input, name, planned) {
  if (input.value === "") return null;
  const value = planned[FIELDS[name].of ?? name];
  if (input.value === shownValue(name, value)) return value;
  const number = Number(input.value);
  return name === "load_kg" ? inKilograms(number) : number * (FIELDS[name].factor ?? 1);
}

const sideWord = (side) => (side === "" ? "" : words[side]);

function setRow(session, exercise, title, planned, names) {
  const key = `${entryKey(session, exercise)}|${planned.set}|${planned.side}`;
  const kept = store.kept.sets[key];
  const set = say(planned.side ? words.set_side : words.set_n, {
    n: planned.set,
    side: sideWord(planned.side),
  });
  const tick = make("input", {
    type: "checkbox",
    "aria-label": say(words.done, { set, exercise: title }),
  });
  tick.checked = Boolean(kept?.done);
  const short = planned.side ? `${planned.set} ${sideWord(planned.side)}` : String(planned.set);
  const row = make("div", { class: "set" }, make("label", { class: "tick" }, tick, make("span", {}, short)));
  const inputs = names.map((name) => {
    const { word, long, step, max, of } = FIELDS[name];
    const input = make("input", {
      type: "number",
      inputmode: step === "1" ? "numeric" : "decimal",
      min: 0,
      max,
      step,
      placeholder: name === "rir" ? exercise.dataset.reserve : "–",
      "aria-label": say(words.of_set, {
        what: say(words[long ?? word], { unit: handed.unit }), set, exercise: title,
      }),
    });
    const value = kept ? kept[of ?? name] : planned[of ?? name];
    input.value = shownValue(name, value);
    row.append(input);
    return [name, input];
  });
  const change = () => {
    const values = { done: tick.checked };
    for (const [name, input] of inputs) {
      const fits = input.checkValidity();
      input.setAttribute("aria-invalid", String(!fits));
      if (!fits) {
        tell(say(words.bad_number, { low: 0, high: FIELDS[name].max }), true);
        return;
      }
      values[FIELDS[name].of ?? name] = fieldValue(input, name, planned);
    }
    row.classList.toggle("done", tick.checked);
    if (tick.checked) dateOf(session);
    const before = store.kept.sets[key]?.done;
    if (!tick.checked && before) store.change("sets", key, allGone(values));
    else store.change("sets", key, values);
    showProgress(session);
  };
  tick.addEventListener("change", () => {
    change();
    restAfter(session, exercise, planned, tick.checked);
  });
  for (const [, input] of inputs) input.addEventListener("change", change);
  row.classList.toggle("done", tick.checked);
  return row;
}

/** Unticked: nothing of the set is kept. */
const allGone = (values) => Object.fromEntries(Object.keys(values).map((name) => [name, null]));

/** Rest where another set of the exercise follows; between the sides of one set there is none. */
function restAfter(session, exercise, planned, ticked) {
  if (!ticked) {
    timer.skip();
    return;
  }
  const sets = plannedSets(exercise);
  const prefix = entryKey(session, exercise);
  const done = (item) => store.kept.sets[`${prefix}|${item.set}|${item.side}`]?.done;
  const whole = sets.filter((item) => item.set === planned.set).every(done);
  if (whole && sets.some((item) => item.set > planned.set && !done(item))) {
    timer.start(Number(exercise.dataset.rest));
  } else timer.skip();
}

/** The day on which a session was done: today, where nothing else was said. */
function dateOf(session) {
  const start = session.dataset.start;
  if (!store.kept.sessions[start]?.date) store.change("sessions", start, { date: today() });
  const field = session.querySelector(".done-on input");
  if (field) field.value = store.kept.sessions[start].date;
}

function painChoice(label, value, change) {
  const choice = make("select", { "aria-label": label });
  choice.append(make("option", { value: "" }, words.no_number));
  for (let pain = 0; pain <= 10; pain += 1) choice.append(make("option", { value: pain }, String(pain)));
  choice.value = value === undefined ? "" : String(value);
  choice.addEventListener("change", () => change(choice.value === "" ? null : Number(choice.value)));
  return make("label", { class: "field" }, make("span", {}, words.pain), choice);
}

function noteField(label, value, change, tag) {
  const field = make(tag, { "aria-label": label, maxlength: 2000, rows: tag === "textarea" ? 3 : null });
  field.value = value ?? "";
  field.addEventListener("change", () => change(field.value.trim()));
  return make("label", { class: "field wide" }, make("span", {}, words.note), field);
}

function moreOf(session, exercise, title) {
  const key = entryKey(session, exercise);
  const kept = store.kept.exercises[key] ?? {};
  const change = (name) => (value) => {
    if (value !== null && value !== "") dateOf(session);
    store.change("exercises", key, { [name]: value });
  };
  const fields = make(
    "div",
    { class: "fields" },
    painChoice(say(words.pain_of, { exercise: title }), kept.pain, change("pain")),
    noteField(say(words.note_of, { exercise: title }), kept.note, change("note"), "input"),
  );
  const said = make("details", { class: "more" }, make("summary", {}, words.pain_note), fields);
  said.open = Object.keys(kept).length > 0;
  return [howOf(exercise), said];
}

/** How an exercise is done, copied from its place on the page when somebody wants to see it. */
function howOf(exercise) {
  const how = make("details", { class: "more" }, make("summary", {}, words.how_why));
  how.addEventListener("toggle", () => {
    if (!how.open || how.children.length > 1) return;
    const copy = placeOf(exercise).querySelector(".body").cloneNode(true);
    for (const element of all("[id], [aria-labelledby]", copy)) {
    element.removeAttribute("id");
    element.removeAttribute("aria-labelledby");
  }
    const wanted = exercise.dataset.why?.split(" ");
    for (const reason of all(".why > li", copy)) {
      if (wanted && !wanted.includes(reason.dataset.y)) reason.remove();
    }
    how.append(copy);
  });
  return how;
}

/** The picture of an exercise once more, small: drawn from where the page has it. */
function thumbOf(exercise) {
  const picture = placeOf(exercise).querySelector(".picture > svg");
  if (!picture) return [];
  const svg = document.createElementNS(SVG, "svg");
  const use = document.createElementNS(SVG, "use");
  svg.setAttribute("class", "thumb live");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", `#${picture.id}`);
  svg.append(use);
  return [svg];
}

function buildExercise(session, exercise) {
  const title = exercise.querySelector("h6").textContent;
  const planned = plannedSets(exercise);
  const names = fieldsOf(exercise, planned);
  const heads = [words.set, ...names.map((name) => words[FIELDS[name].word])];
  const head = make("div", { class: "set set-head", "aria-hidden": "true" });
  head.append(...heads.map((text) => make("span", {}, text)));
  const sets = make("div", { class: `sets fields-${names.length}`, role: "group", "aria-label": title }, head);
  sets.append(...planned.map((item) => setRow(session, exercise, title, item, names)));
  const more = make("div", { class: "mores" }, ...moreOf(session, exercise, title));
  exercise.querySelector(".head").prepend(...thumbOf(exercise));
  exercise.append(make("div", { class: "live" }, sets, more));
}

function buildSession(session) {
  if (session.querySelector(".live")) return;
  const start = session.dataset.start;
  const kept = store.kept.sessions[start] ?? {};
  for (const exercise of all(".ex", session)) buildExercise(session, exercise);
  const change = (name) => (value) => {
    if (value !== null && value !== "") dateOf(session);
    store.change("sessions", start, { [name]: value });
  };
  const day = make("input", { type: "date" });
  day.value = kept.date ?? "";
  day.addEventListener("change", () => store.change("sessions", start, { date: day.value }));
  const after = make(
    "div",
    { class: "after live" },
    make("h5", {}, words.after),
    make(
      "div",
      { class: "fields" },
      painChoice(words.pain_session, kept.pain, change("pain")),
      make("label", { class: "field done-on" }, make("span", {}, words.done_on), day),
      noteField(words.note_session, kept.note, change("note"), "textarea"),
    ),
    make("p", { class: "tone-quiet" }, `${words.pain_scale} ${words.saved}`),
  );
  session.querySelector(".about").after(make("p", { class: "progress live" }));
  session.append(after);
  showProgress(session);
}

/** Build what is shown again, after the store changed as a whole. */
function rebuildSessions() {
  for (const session of all(".session")) {
    if (!session.querySelector(".live")) continue;
    for (const live of all(".live", session)) live.remove();
    if (session.classList.contains("current")) buildSession(session);
  }
  for (const week of all(".week.current")) showWeekProgress(week);
}

function counted(session) {
  let every = 0;
  let done = 0;
  for (const exercise of all(".ex", session)) {
    for (const { set, side } of plannedSets(exercise)) {
      every += 1;
      const key = `${entryKey(session, exercise)}|${set}|${side}`;
      if (store.kept.sets[key]?.done) done += 1;
    }
  }
  return { every, done };
}

function showProgress(session) {
  const { every, done } = counted(session);
  const place = session.querySelector(".progress");
  if (place) place.textContent = say(words.sets_done, { done, all: every });
  for (const link of all(`.days a[href="#${session.id}"]`)) {
    link.classList.toggle("done", every > 0 && done === every);
    link.classList.toggle("begun", done > 0 && done < every);
  }
}

function showWeekProgress(week) {
  for (const session of all(".session", week)) showProgress(session);
}
