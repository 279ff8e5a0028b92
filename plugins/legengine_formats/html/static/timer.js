// The rest between sets: counts down to a moment, so that a sleeping page is right when it wakes.
const timer = {
  end: 0,
  beat: 0,
  told: false,

  start(seconds) {
    if (!seconds) return;
    this.end = Date.now() + seconds * 1000;
    this.run();
    this.announce(say(words.rest_starts, { time: this.text(seconds) }));
  },

  run() {
    this.told = Math.round((this.end - Date.now()) / 1000) <= 10;
    byId("timer").hidden = false;
    byId("timer").classList.remove("over");
    clearInterval(this.beat);
    this.beat = setInterval(() => this.show(), 250);
    this.show();
  },

  more() {
    this.end = Math.max(this.end, Date.now()) + 15000;
    this.run();
  },

  stop() {
    clearInterval(this.beat);
    byId("timer").hidden = true;
  },

  skip() {
    this.stop();
    byId("timer-says").textContent = "";
  },

  text(seconds) {
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  },

  show() {
    const left = Math.max(0, Math.ceil((this.end - Date.now()) / 1000));
    byId("timer-left").textContent = this.text(left);
    if (left <= 10 && left > 0 && !this.told) {
      this.told = true;
      this.announce(words.rest_ten);
    }
    if (left === 0) this.over();
  },

  over() {
    clearInterval(this.beat);
    byId("timer").classList.add("over");
    this.announce(words.rest_over);
    const { sound, vibration } = choices.read();
    if (sound) this.beep();
    if (vibration && navigator.vibrate) navigator.vibrate([200, 100, 200]);
  },

  announce(text) {
    byId("timer-says").textContent = text;
  },

  beep() {
    if (!window.AudioContext) return;
    const audio = new AudioContext();
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    volume.gain.setValueAtTime(0.2, audio.currentTime);
    volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + 0.5);
    tone.frequency.value = 660;
    tone.connect(volume).connect(audio.destination);
    tone.start();
    tone.stop(audio.currentTime + 0.5);
    tone.onended = () => audio.close();
  },
};
