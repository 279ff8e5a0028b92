// A week and a session at a time; the address says which, so that "back" works.
const sessions = () => all(".session");

/** The session of today or the next one; the last one where all are over. */
function dueSession() {
  const list = sessions();
  const now = today();
  return list.find((session) => session.dataset.start.slice(0, 10) >= now) ?? list.at(-1);
}

/** Say which of the links leads to what is shown. */
function markCurrent(links, id) {
  for (const link of links) {
    if (link.hash === `#${id}`) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

function showWeek(week) {
  if (!week) return;
  for (const other of all(".week.current")) other.classList.toggle("current", other === week);
  week.classList.add("current");
  markCurrent(all(".week-grid a"), week.id);
  showWeekProgress(week);
}

function showSession(session) {
  if (!session) return;
  showWeek(session.closest(".week"));
  for (const other of all(".session.current")) other.classList.remove("current");
  session.classList.add("current");
  markCurrent(all(".days a"), session.id);
  buildSession(session);
}

/** The session that a week opens with: the due one if it is there, else its first. */
function sessionOf(week) {
  const due = dueSession();
  return due && week.contains(due) ? due : week.querySelector(".session");
}

/** Show what the address points at; whether there was anything to show. */
function follow(focus) {
  const target = location.hash ? byId(location.hash.slice(1)) : null;
  if (!target) return false;
  const week = target.closest(".week");
  if (target.matches(".session")) showSession(target);
  else if (target.matches(".week")) {
    showWeek(target);
    showSession(sessionOf(target));
  } else if (target.matches("details")) target.open = true;
  if (focus && week) {
    const heading = target.querySelector("h3, h4");
    heading.focus({ preventScroll: true });
    heading.scrollIntoView({ block: "start" });
  } else if (focus) target.scrollIntoView({ block: "start" });
  return Boolean(week);
}

/** Mark today in the weeks and offer the due session at the top. */
function markDue() {
  const now = today();
  for (const day of all(".days li")) day.classList.toggle("today", day.dataset.date === now);
  const due = dueSession();
  if (!due) return;
  const date = due.dataset.start.slice(0, 10);
  const phrase =
    date === now ? words.todays_session : date > now ? words.next_session : words.last_session;
  const link = byId("next-session");
  link.textContent = say(phrase, { day: due.querySelector("h4").firstChild.textContent.trim() });
  link.href = `#${due.id}`;
  link.parentElement.hidden = false;
}

let opened = [];

function beforePrint() {
  opened = all("details:not([open])");
  for (const details of opened) details.open = true;
}

function afterPrint() {
  for (const details of opened) details.open = false;
  opened = [];
  document.documentElement.classList.remove("only-week");
}
