// Asks the device for a passkey and sends what it says with the form; forms wait hidden for this.
const can = window.PublicKeyCredential?.parseRequestOptionsFromJSON !== undefined;

async function credential(form) {
  const token = form.elements.csrf_token.value;
  const answer = await fetch(form.dataset.asks, {method: "POST", headers: {"X-CSRFToken": token}});
  if (!answer.ok) throw new Error("no options");
  const options = await answer.json();
  const made = form.dataset.passkey === "create"
    ? await navigator.credentials.create(
        {publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options)})
    : await navigator.credentials.get(
        {publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options)});
  return JSON.stringify(made.toJSON());
}

for (const form of can ? document.querySelectorAll("form[data-passkey]") : []) {
  const field = form.querySelector("input[name$=credential]");
  const fault = form.querySelector(".err");
  form.hidden = false;
  form.addEventListener("submit", async event => {
    event.preventDefault();
    fault.hidden = true;
    try {
      field.value = await credential(form);
      form.submit();
    } catch {
      fault.hidden = false; // the person said no, or the device has none for us
    }
  });
}
