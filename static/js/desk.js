// The desk's keys: whatever has a data-key is pressed, or written in, by that key alone.
// They can be switched off, since some people's programs type letters of their own.
const SWITCH = "keys-off";
const dialog = document.querySelector("#keys");
const opener = document.querySelector("[aria-controls=keys]");
const on = document.querySelector("#keys-on");

const isOff = () => localStorage.getItem(SWITCH) !== null;
const isWriting = (target) => target.matches("input, textarea, select, [contenteditable]");

function list() {
  const rows = [...document.querySelectorAll("[data-key]")].map((one) => {
    const row = document.createElement("div");
    const key = document.createElement("dt");
    const name = document.createElement("dd");
    key.append(Object.assign(document.createElement("kbd"), { textContent: one.dataset.key }));
    name.textContent = (one.labels?.[0] ?? one).textContent.trim();
    row.append(key, name);
    return row;
  });
  const lines = document.createElement("dl");
  lines.className = "lines";
  lines.append(...rows);
  dialog.querySelector("dl")?.remove();
  dialog.querySelector("h2").after(lines);
}

if (dialog && opener) {
  opener.hidden = false;
  opener.addEventListener("click", () => {
    list();
    on.checked = !isOff();
    dialog.showModal();
  });
  on.addEventListener("change", () => {
    if (on.checked) localStorage.removeItem(SWITCH);
    else localStorage.setItem(SWITCH, "1");
  });
  document.addEventListener("keydown", (event) => {
    if (isOff() || dialog.open || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isWriting(event.target)) return;
    const wanted = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!wanted) return;
    event.preventDefault();
    if (wanted.matches("input")) wanted.select();
    else wanted.click();
  });
}
