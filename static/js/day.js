// Appointments are moved by dragging them, in steps of five minutes, across doctors and days.
// It sends what the page "Move an appointment" sends; what is refused goes back, with the reason.
// A finger that moves at once scrolls; one that rests on an appointment first takes it along.
const STEP = 5;
const NEAR = 6; // pixels: less is a click
const RESTS = 400; // milliseconds: a finger that rests so long takes hold
const board = document.querySelector("[data-clock]");
const said = document.querySelector("#said");
let drag;

function startOf(board) {
  const hour = /(?:^|\s)from-(\d+)/.exec(board.className);
  return hour ? Number(hour[1]) * 60 : 0;
}

function columnAt(x) {
  return [...board.querySelectorAll(".col")].find((column) => {
    const { left, right } = column.getBoundingClientRect();
    return left <= x && x < right;
  });
}

function minutesAt(column, top) {
  const plan = column.querySelector(".plan");
  const box = plan.getBoundingClientRect();
  const hours = Number(/(?:^|\s)hours-(\d+)/.exec(board.className)[1]);
  const steps = Math.round(((top - box.top) / box.height) * hours * (60 / STEP));
  return startOf(board) + Math.min(Math.max(steps, 0), hours * (60 / STEP) - 1) * STEP;
}

const two = (number) => String(number).padStart(2, "0");
const clockOf = (minutes) => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;

function say(words) {
  said.querySelector("span").textContent = words;
  said.hidden = !words;
}

function begin(event) {
  const tile = event.target.closest("[data-revision]");
  const listed = getComputedStyle(board.querySelector(".axis")).display === "none";
  if (!tile || listed || event.button || !event.isPrimary) return;
  const grip = event.clientY - tile.getBoundingClientRect().top;
  drag = { tile, grip, x: event.clientX, y: event.clientY, moving: false };
  if (event.pointerType !== "touch") return;
  const held = drag;
  held.rests = setTimeout(() => {
    if (drag === held) lift(held, event.pointerId);
  }, RESTS);
}

function lift(held, pointer) {
  const { tile } = held;
  held.moving = true;
  board.dataset.busy = "";
  tile.classList.add("carried");
  tile.setPointerCapture(pointer);
  held.time = tile.querySelector("time");
  held.shown = held.time.cloneNode();
  held.time.replaceWith(held.shown);
  held.shown.textContent = held.time.textContent;
}

function carry(event) {
  if (!drag) return;
  const { tile, x, y } = drag;
  if (!drag.moving && Math.hypot(event.clientX - x, event.clientY - y) < NEAR) return;
  if (!drag.moving && drag.rests) {
    clearTimeout(drag.rests); // it scrolls
    drag = undefined;
    return;
  }
  if (!drag.moving) lift(drag, event.pointerId);
  drag.column = columnAt(event.clientX);
  if (drag.column) drag.minutes = minutesAt(drag.column, event.clientY - drag.grip);
  tile.style.transform = `translate(${event.clientX - x}px, ${event.clientY - y}px)`;
  if (drag.column) drag.shown.textContent = clockOf(drag.minutes);
}

function putBack({ tile, time, shown }) {
  tile.classList.remove("carried");
  tile.style.transform = "";
  shown.replaceWith(time);
}

function end(event) {
  const done = drag;
  drag = undefined;
  clearTimeout(done?.rests);
  if (!done?.moving) return;
  addEventListener("click", (click) => click.preventDefault(), { capture: true, once: true });
  setTimeout(() => dispatchEvent(new Event("click", { cancelable: true })));
  if (event.type === "pointerup" && done.column) send(done);
  else release(done);
}

function release(done) {
  putBack(done);
  delete board.dataset.busy;
}

function send(done) {
  const { tile, column, minutes } = done;
  const places = column.dataset.places.split(" ");
  const form = new FormData();
  form.append("csrf_token", document.querySelector("[name=csrf_token]").value);
  form.append("revision", tile.dataset.revision);
  form.append("date", column.dataset.date);
  form.append("time", clockOf(minutes));
  form.append("doctor", column.dataset.doctor);
  form.append("place", places.includes(tile.dataset.place) ? tile.dataset.place : places[0]);
  form.append("clock", board.dataset.clock);
  const request = new XMLHttpRequest();
  request.open("POST", `${tile.getAttribute("href")}/move`);
  request.responseType = "document";
  request.timeout = 10000;
  request.onload = () => answered(done, request);
  request.onerror = request.ontimeout = () => {
    release(done);
    say(board.dataset.lost);
  };
  request.send(form);
}

function answered(done, { response, responseURL }) {
  const refused = response?.querySelector("[data-refusal]");
  const name = done.tile.querySelector("b").textContent;
  release(done);
  if (responseURL.split("?")[0] === done.tile.href && !refused) {
    const where = done.column.querySelector("h2").textContent;
    say(`${name}: ${board.dataset.moved} ${clockOf(done.minutes)}, ${where}.`);
  } else {
    say(`${name}: ${refused?.textContent.trim() || board.dataset.lost}`);
  }
  board.dispatchEvent(new Event("look"));
}

// A press on free time books there, at the five minutes under the pointer.
function pressed(event) {
  const free = event.target.closest("a.free");
  const listed = getComputedStyle(board.querySelector(".axis")).display === "none";
  if (!free || listed || !event.detail) return;
  const address = new URL(free.href);
  address.searchParams.set("time", clockOf(minutesAt(free.closest(".col"), event.clientY)));
  free.href = address.href;
}

if (board && said) {
  board.addEventListener("click", pressed);
  board.addEventListener("pointerdown", begin);
  board.addEventListener("pointermove", carry);
  board.addEventListener("pointerup", end);
  board.addEventListener("pointercancel", end);
  board.addEventListener("dragstart", (event) => event.preventDefault());
  board.addEventListener("touchmove", (event) => drag?.moving && event.preventDefault(), { passive: false });
  board.addEventListener("contextmenu", (event) => drag?.moving && event.preventDefault());
}
