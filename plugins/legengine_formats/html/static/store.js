// What was ticked and written, kept in the browser under the key of the program.
// sets:      "session|exercise|set|side" -> {done, reps, seconds, metres, load_kg, rir}
// exercises: "session|exercise"          -> {pain, note}
// sessions:  "session"                   -> {date, pain, note}
const STORE_KEY = `legengine-log:${handed.key}`;
const CHOICE_KEY = "legengine-choices";
const nothingKept = () => ({ v: 1, sets: {}, exercises: {}, sessions: {} });
const isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

const store = {
  kept: nothingKept(),
  /** Whether what was found can't be read: then it is not written over unasked. */
  unreadable: false,

  load() {
    let text = null;
    try {
      text = localStorage.getItem(STORE_KEY);
    } catch {
      tell(words.no_store, true);
      return;
    }
    this.kept = nothingKept();
    this.unreadable = false;
    if (text === null) return;
    try {
      const found = JSON.parse(text);
      const parts = [found, found.sets, found.exercises, found.sessions];
      if (!parts.every(isRecord) || found.v !== 1) throw new TypeError("another shape");
      this.kept = found;
    } catch {
      this.unreadable = true;
      tell(words.bad_store, true);
    }
  },

  save() {
    if (this.unreadable) {
      tell(words.bad_store, true);
      return false;
    }
    try {
      localStorage.setItem(STORE_KEY, JSON.stringify(this.kept));
      return true;
    } catch (error) {
      const full = error instanceof DOMException && error.name === "QuotaExceededError";
      tell(full ? words.full_store : words.no_store, true);
      return false;
    }
  },

  replace(kept) {
    this.kept = kept;
    this.unreadable = false;
    return this.save();
  },

  clear() {
    this.kept = nothingKept();
    this.unreadable = false;
    try {
      localStorage.removeItem(STORE_KEY);
    } catch {
      tell(words.no_store, true);
      return false;
    }
    return true;
  },

  /** Change an entry of a part; what is empty in the end is taken out. */
  change(part, key, values) {
    const entry = { ...this.kept[part][key], ...values };
    for (const [name, value] of Object.entries(entry)) {
      if (value === "" || value === null || value === undefined || value === false) {
        delete entry[name];
      }
    }
    if (Object.keys(entry).length) this.kept[part][key] = entry;
    else delete this.kept[part][key];
    return this.save();
  },

  entries() {
    const { sets, exercises, sessions } = this.kept;
    return [sets, exercises, sessions].reduce((sum, part) => sum + Object.keys(part).length, 0);
  },
};

/** Choices of this browser that belong to no program: sound, vibration. */
const choices = {
  read() {
    try {
      const found = JSON.parse(localStorage.getItem(CHOICE_KEY) ?? "{}");
      return isRecord(found) ? found : {};
    } catch {
      return {};
    }
  },
  write(name, value) {
    try {
      localStorage.setItem(CHOICE_KEY, JSON.stringify({ ...this.read(), [name]: value }));
    } catch {
      tell(words.no_store, true);
    }
  },
};
