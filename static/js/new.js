// A new appointment: people the clinic knows are named while one types, and the free times follow
// what is chosen.  Both are what the page's own buttons do; nothing needs this.
const form = document.querySelector("#new");
const WAIT = 250;
const ENOUGH = 3;
let waiting;
let asked = 0;

// Presses a button of the page from behind, and puts parts of the answer in their places.
function press(act, ids, others = {}) {
  const data = new FormData(form);
  for (const [name, value] of Object.entries({ act, ...others })) data.set(name, value);
  const turn = (asked += 1);
  const request = new XMLHttpRequest(); // it gives a document: no text is made into a page
  request.open("POST", form.action);
  request.responseType = "document";
  request.timeout = 10000;
  request.onload = () => {
    if (request.status === 200 && turn === asked) ids.forEach((id) => replace(request.response, id));
  };
  request.send(data);
}

function replace(page, id) {
  const old = document.getElementById(id);
  const fresh = page.getElementById(id);
  if (old && fresh) old.replaceChildren(...document.adoptNode(fresh).childNodes);
}

if (form) {
  const who = new Set(["name", "birth", "phone", "email"]);
  const what = new Set(["visit", "doctor", "place", "how", "first"]);
  form.addEventListener("input", ({ target }) => {
    if (!who.has(target.name)) return;
    clearTimeout(waiting);
    const said = target.value.trim();
    if (said.length >= ENOUGH) waiting = setTimeout(() => press("look", ["known"], { said }), WAIT);
  });
  form.addEventListener("change", ({ target }) => {
    if (what.has(target.name)) press("times", ["gate", "slot"]);
    const own = form.querySelector("[name=slot][value=own]");
    if ((target.name === "day" || target.name === "clock") && target.value) own.checked = true;
  });
}
