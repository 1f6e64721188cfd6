// What colleagues do appears by itself: the page asks whether its board changed, and puts the
// columns that did in the place of the old ones.  Nothing else moves, and nothing needs this.
const EVERY = 1500;
const board = document.querySelector("[data-live]");
const away = document.querySelector("#live-off");
const known = new Map();
let tag = board?.dataset.tag;
let next;

const columns = (place) => [...place.querySelectorAll(":scope > [id], :scope > .axis")];
const nameOf = (column) => column.id || "axis";

function ask() {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest(); // it gives a document: no text is made into a page
    request.open("GET", board.dataset.live);
    request.responseType = "document";
    request.timeout = 10000;
    request.setRequestHeader("If-None-Match", tag);
    request.onload = () => resolve(request);
    request.onerror = request.ontimeout = reject;
    request.send();
  });
}

function put(fresh) {
  const focused = document.activeElement?.id;
  const next = columns(fresh);
  const same = next.map(nameOf).join() === columns(board).map(nameOf).join();
  if (!same) {
    board.className = fresh.className;
    board.replaceChildren(...next.map((one) => document.adoptNode(one)));
  } else {
    board.className = fresh.className;
    for (const [number, old] of columns(board).entries()) {
      if (known.get(nameOf(old)) !== next[number].outerHTML) {
        known.set(nameOf(old), next[number].outerHTML);
        old.replaceWith(document.adoptNode(next[number]));
      }
    }
  }
  if (focused && !document.activeElement?.id) {
    document.getElementById(focused)?.focus({ preventScroll: true });
  }
  board.dispatchEvent(new CustomEvent("changed", { bubbles: true }));
}

function remember() {
  for (const column of columns(board)) known.set(nameOf(column), column.outerHTML);
}

function take(page) {
  const fresh = page?.querySelector("[data-live]");
  if (!fresh) throw new Error("signed out");
  tag = fresh.dataset.tag;
  put(fresh);
  for (const one of ["sums", "not-in"]) {
    const old = document.getElementById(one);
    const next = page.getElementById(one);
    if (old && next && old.outerHTML !== next.outerHTML) old.replaceWith(document.adoptNode(next));
  }
}

async function look() {
  try {
    if (!document.hidden && !("busy" in board.dataset)) {
      const answer = await ask();
      if (answer.status === 200 && !("busy" in board.dataset)) take(answer.response);
      else if (answer.status !== 200 && answer.status !== 304) throw new Error("no answer");
      away.hidden = true;
    }
  } catch {
    away.hidden = false;
  }
  clearTimeout(next);
  next = setTimeout(look, EVERY);
}

if (board && away) {
  remember();
  const line = board.querySelector(".now");
  if (line && board.scrollHeight > board.clientHeight) {
    board.scrollTop = Math.max(0, line.offsetTop - board.clientHeight / 3);
  }
  board.addEventListener("look", look);
  next = setTimeout(look, EVERY);
}
