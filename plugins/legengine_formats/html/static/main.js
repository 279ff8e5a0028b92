// Everything in its place.
store.load();
markDue();
if (!follow(false)) showSession(dueSession());
if (!all(".week.current").length) showWeek(all(".week")[0]);

byId("log").hidden = false;
byId("export").addEventListener("click", exportLog);
byId("import").addEventListener("click", () => byId("import-file").click());
byId("import-file").addEventListener("change", async (event) => {
  const [file] = event.target.files;
  event.target.value = "";
  if (file) await importLog(file, rebuildSessions);
});
byId("delete").addEventListener("click", () => {
  if (!confirm(words.delete_ask)) return;
  if (store.clear()) tell(words.deleted);
  rebuildSessions();
});
byId("timer-more").addEventListener("click", () => timer.more());
byId("timer-skip").addEventListener("click", () => timer.skip());
for (const name of ["sound", "vibration"]) {
  const box = byId(name);
  box.checked = Boolean(choices.read()[name]);
  box.addEventListener("change", () => choices.write(name, box.checked));
}
byId("print-week").addEventListener("click", () => {
  document.documentElement.classList.add("only-week");
  print();
});
byId("print-all").addEventListener("click", () => print());
addEventListener("beforeprint", beforePrint);
addEventListener("afterprint", afterPrint);
addEventListener("hashchange", () => {
  if (location.hash) follow(true);
  else showSession(dueSession());
});
addEventListener("storage", (event) => {
  if (event.key !== STORE_KEY && event.key !== null) return;
  store.load();
  rebuildSessions();
  tell(words.other_tab);
});
