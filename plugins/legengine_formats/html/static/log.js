// The log as a file: CSV by RFC 4180, one row a set, an exercise or a session. See docs/log.md.
const LOG_VERSION = "1";
const COLUMNS = [
  "legengine_log", "program", "session", "date", "exercise", "set", "side",
  "reps", "seconds", "metres", "load_kg", "rir", "pain", "note",
];
const RANGES = {
  set: [1, 99], reps: [0, 9999], seconds: [0, 86400], metres: [0, 100000],
  load_kg: [0, 1000], rir: [0, 10], pain: [0, 10],
};
const WHOLE = new Set(["set", "reps", "rir", "pain"]);

// A spreadsheet takes a cell that begins so for a formula; an apostrophe before it stops that.
const FORMULA = /^'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;
const safe = (text) => (FORMULA.test(text) ? `'${text}` : text);
const unsafe = (text) => (text.startsWith("'") && FORMULA.test(text.slice(1)) ? text.slice(1) : text);

const cell = (text) => (/[",;\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Where an exercise stands in a session of this page, for the order of the rows. */
function places() {
  const found = new Map();
  for (const session of all(".session")) {
    all(".ex", session).forEach((exercise, index) =>
      found.set(entryKey(session, exercise), index),
    );
  }
  return found;
}

/** What is kept, as rows in order: sessions by time, exercises as they come, sets by number. */
function logRows() {
  const { sets, exercises, sessions } = store.kept;
  const order = places();
  const rows = [];
  const add = (session, exercise, set, side, values) => {
    const date = sessions[session]?.date ?? session.slice(0, 10);
    rows.push({ session, date, exercise, set, side, ...values });
  };
  for (const [key, entry] of Object.entries(sets)) {
    if (!entry.done) continue;
    const [session, ...rest] = key.split("|");
    const side = rest.pop();
    const set = Number(rest.pop());
    add(session, rest.join("|"), set, side, entry);
  }
  for (const [key, entry] of Object.entries(exercises)) {
    const [session, ...rest] = key.split("|");
    add(session, rest.join("|"), "", "", entry);
  }
  for (const [session, { pain, note }] of Object.entries(sessions)) {
    if (pain !== undefined || note !== undefined) add(session, "", "", "", { pain, note });
  }
  const place = (row) =>
    row.exercise === "" ? Infinity : (order.get(`${row.session}|${row.exercise}`) ?? 9999);
  const text = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  const number = (row) => (row.set === "" ? Infinity : row.set);
  const compare = (a, b) => (a === b ? 0 : a - b);
  return rows.sort(
    (a, b) =>
      text(a.session, b.session) || compare(place(a), place(b)) || text(a.exercise, b.exercise) ||
      compare(number(a), number(b)) || text(a.side, b.side),
  );
}

function logText(rows) {
  const lines = [COLUMNS.join(",")];
  for (const row of rows) {
    const values = { ...row, legengine_log: LOG_VERSION, program: handed.key };
    lines.push(COLUMNS.map((name) => cell(safe(String(values[name] ?? "")))).join(","));
  }
  return lines.join("\r\n") + "\r\n";
}

/** Rows of cells; null where quotes don't close or stand where they may not. */
function parseCsv(text, separator) {
  const rows = [];
  let row = [];
  let at = 0;
  while (at <= text.length) {
    let value = "";
    if (text[at] === '"') {
      at += 1;
      for (;;) {
        const end = text.indexOf('"', at);
        if (end < 0) return null;
        value += text.slice(at, end);
        at = end + 1;
        if (text[at] !== '"') break;
        value += '"';
        at += 1;
      }
    } else {
      const start = at;
      while (at < text.length && text[at] !== separator && !"\r\n".includes(text[at])) at += 1;
      value = text.slice(start, at);
      if (value.includes('"')) return null;
    }
    row.push(value);
    if (at < text.length && text[at] === separator) {
      at += 1;
      continue;
    }
    if (at < text.length && !"\r\n".includes(text[at])) return null;
    if (text.startsWith("\r\n", at)) at += 1;
    at += 1;
    if (row.length > 1 || row[0] !== "") rows.push(row);
    row = [];
  }
  return rows;
}

class LogError extends Error {}

function readNumber(name, text, row) {
  if (text === "") return undefined;
  const [low, high] = RANGES[name];
  const value = Number(text);
  const fits = /^\d+(\.\d+)?$/.test(text) && value >= low && value <= high;
  if (!fits || (WHOLE.has(name) && !Number.isInteger(value))) throw rowError(row, name);
  return value;
}

const rowError = (row, what) => new LogError(say(words.import_row, { row, what }));

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const MOMENT = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d$/;

/** What a log holds, in the shape of the store, and its rows; a LogError says why it isn't taken. */
function readLog(text) {
  const whole = text.startsWith("\ufeff") ? text.slice(1) : text;
  const separator = /^"?legengine_log"?;/.test(whole) ? ";" : ",";
  const rows = parseCsv(whole, separator);
  if (!rows?.length || rows[0][0] !== "legengine_log") throw new LogError(words.import_kind);
  const heads = rows[0];
  if (!COLUMNS.every((name) => heads.includes(name))) throw new LogError(words.import_kind);
  const kept = nothingKept();
  rows.slice(1).forEach((cells, index) => {
    const number = index + 2;
    if (cells.length !== heads.length) throw rowError(number, "?");
    const row = Object.fromEntries(heads.map((name, at) => [name, unsafe(cells[at])]));
    if (row.legengine_log !== LOG_VERSION) {
      throw /^\d+$/.test(row.legengine_log)
        ? new LogError(words.import_version)
        : rowError(number, "legengine_log");
    }
    if (row.program !== handed.key) throw new LogError(words.import_other);
    takeRow(kept, row, number);
  });
  return [kept, rows.length - 1];
}

function takeRow(kept, row, number) {
  if (!MOMENT.test(row.session)) throw rowError(number, "session");
  if (!DAY.test(row.date)) throw rowError(number, "date");
  if (!["", "left", "right"].includes(row.side)) throw rowError(number, "side");
  const values = {};
  for (const name of Object.keys(RANGES)) {
    const value = readNumber(name, row[name], number);
    if (value !== undefined) values[name] = value;
  }
  if (row.note !== "") values.note = row.note;
  const { set, pain, note, ...done } = values;
  const words_ = { ...(pain === undefined ? {} : { pain }), ...(note === undefined ? {} : { note }) };
  const session = (kept.sessions[row.session] ??= {});
  session.date = row.date;
  if (row.exercise === "") Object.assign(session, words_);
  else if (set === undefined) kept.exercises[`${row.session}|${row.exercise}`] = words_;
  else kept.sets[`${row.session}|${row.exercise}|${set}|${row.side}`] = { done: true, ...done };
}

function exportLog() {
  const rows = logRows();
  if (!rows.length) {
    tell(words.nothing);
    return;
  }
  const name = `legengine-log-${today()}.csv`;
  const address = URL.createObjectURL(new Blob([logText(rows)], { type: "text/csv" }));
  const link = make("a", { href: address, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
  tell(say(words.exported, { name, n: rows.length }));
}

async function importLog(file, after) {
  try {
    const [kept, n] = readLog(await file.text());
    const mustAsk = store.entries() > 0 || store.unreadable;
    if (mustAsk && !confirm(say(words.import_ask, { n }))) return;
    if (store.replace(kept)) tell(say(words.imported, { n }));
    after();
  } catch (error) {
    if (!(error instanceof LogError)) throw error;
    tell(error.message, true);
  }
}
