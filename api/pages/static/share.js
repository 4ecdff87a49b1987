// Showing the certificate to others and keeping it: its picture where the phone can share files, else
// its link; copying, and printing.

export function offerKeeping() {
  offerSharing(document.querySelector(".share"));
  for (const details of document.querySelectorAll(".shapes")) {
    // Fetched when they are seen, before one is tapped.
    details.addEventListener("toggle", () => offerShapes(details), { once: true });
  }
  for (const button of document.querySelectorAll(".copy")) offerCopy(button);
  for (const button of document.querySelectorAll(".print")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }
}

function offerSharing(button) {
  if (!button) return;
  const shown = document.querySelector(".certificate img").src;
  whenTapped(button, shown, (picture) => (picture ? share(button, picture) : copyLink(button)));
}

function offerShapes(details) {
  const button = document.querySelector(".share");
  // Elsewhere they are downloaded.
  if (!navigator.canShare || !button) return;
  for (const link of details.querySelectorAll(".shape")) {
    whenTapped(link, link.href, (picture) => picture && share(button, picture));
  }
}

// Fetched before the tap: a phone lets a page share only while it answers to a finger.
function whenTapped(part, address, act) {
  let picture = null;
  if (navigator.canShare) fetchPicture(address).then((file) => (picture = file));
  part.addEventListener("click", (event) => {
    if (picture || part.matches(".share")) event.preventDefault();
    act(picture);
  });
}

// Which the browser has already; nothing where it cannot be shared.
async function fetchPicture(address) {
  try {
    const answer = await fetch(address);
    if (!answer.ok) return null;
    const file = new File([await answer.blob()], "certificate.jpg", { type: "image/jpeg" });
    return navigator.canShare({ files: [file] }) ? file : null;
  } catch (failure) {
    return null;
  }
}

async function share(button, picture) {
  const { title } = button.dataset;
  try {
    await navigator.share({ files: [picture], title, text: `${title} ${button.href}` });
  } catch (failure) {
    // Whoever closed the phone's list has changed their mind.
    if (failure.name !== "AbortError") await copyLink(button);
  }
}

function offerCopy(button) {
  const words = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    if (!(await isCopied(button.previousElementSibling.textContent))) return;
    button.textContent = button.dataset.copied;
    setTimeout(() => (button.textContent = words), 2000);
  });
}

async function copyLink(button) {
  const said = document.querySelector(".shared");
  const { copied, byHand } = button.dataset;
  said.textContent = (await isCopied(button.href)) ? copied : `${byHand} ${button.href}`;
}

async function isCopied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch (failure) {
    // Without TLS, or in WeChat, there is only the old way.
    return isCopiedByHand(text);
  }
}

function isCopiedByHand(text) {
  const field = document.createElement("textarea");
  field.value = text;
  field.readOnly = true;
  document.body.append(field);
  field.select();
  const isDone = document.execCommand("copy");
  field.remove();
  return isDone;
}
