// Reads the page aloud with the browser's own voice; without one there is nothing to press.
const place = document.querySelector("[data-listen]");
const voice = window.speechSynthesis;
const READ = "main h1, main h2, main h3, main .prose p, main .prose li, main .twin, main figcaption, main .hint";
const SILENT = "details:not([open]) *, form *, .noprint, .noprint *, [aria-hidden=true]";

function button(words, press) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn second small";
  made.textContent = words;
  made.addEventListener("click", press);
  return made;
}

function sentences() {
  return [...document.querySelectorAll(READ)]
    .filter((part) => !part.matches(SILENT) && part.textContent.trim())
    .map((part) => part.textContent.trim().replace(/\s+/g, " "));
}

function say(words) {
  const speech = new SpeechSynthesisUtterance(words);
  speech.lang = document.documentElement.lang;
  return speech;
}

function begin() {
  voice.cancel();
  const parts = sentences().map(say);
  parts.at(-1)?.addEventListener("end", () => show(false));
  parts.forEach((part) => voice.speak(part));
  show(true);
}

function pause() {
  if (voice.paused) voice.resume();
  else voice.pause();
  hold.textContent = voice.paused ? place.dataset.goOn : place.dataset.pause;
}

function stop() {
  voice.cancel();
  voice.resume();
  show(false);
}

function show(speaking) {
  start.hidden = speaking;
  hold.hidden = halt.hidden = !speaking;
  hold.textContent = place.dataset.pause;
}

let start, hold, halt;
if (place && voice) {
  start = button(place.dataset.listen, begin);
  hold = button(place.dataset.pause, pause);
  halt = button(place.dataset.stop, stop);
  place.append(start, hold, halt);
  place.hidden = false;
  show(false);
  addEventListener("pagehide", stop);
}
