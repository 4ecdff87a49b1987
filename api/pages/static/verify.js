// Verifying a file, with JavaScript: the tab keeps the file that was chosen, so that the answer can be
// asked for once more in another language. The server keeps nothing.

let file = null;

async function ask(address) {
  const body = new FormData();
  body.append("file", file);
  const answer = await fetch(address, { method: "POST", body, headers: { Accept: "text/html" } });
  // A code of ours leads to the page of its certificate.
  if (answer.redirected) return location.assign(answer.url);
  const next = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!next.querySelector("main")) throw new Error("no page of ours");
  history.pushState(null, "", address);
  document.title = next.title;
  document.documentElement.lang = next.documentElement.lang;
  document.body.replaceWith(next.body);
  document.querySelector("h1").tabIndex = -1;
  document.querySelector("h1").focus();
  begin();
}

function begin() {
  const form = document.querySelector("form[enctype]");
  form?.addEventListener("submit", (event) => {
    [file] = form.elements.file.files;
    if (!file) return;
    event.preventDefault();
    // Whatever is wrong with this way, the browser's own is there.
    ask(form.action).catch(() => form.submit());
  });
  if (!file) return;
  for (const link of document.querySelectorAll(".top nav a")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      ask(link.href).catch(() => location.assign(link.href));
    });
  }
}

window.addEventListener("popstate", () => location.reload());
begin();
