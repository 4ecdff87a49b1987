// Showing the certificate to others: the picture where the phone can share files, else its link.

export function offerSharing() {
  const button = document.querySelector(".share");
  if (!button) return;
  let picture = null;
  // Fetched before the tap: a phone lets a page share only while it answers to a finger.
  if (navigator.canShare) fetchPicture(button).then((file) => (picture = file));
  button.addEventListener("click", (event) => {
    event.preventDefault();
    share(button, picture);
  });
}

// The one that the page shows, which the browser has already; nothing where it cannot be shared.
async function fetchPicture(button) {
  try {
    const answer = await fetch(document.querySelector("#certificate img").src);
    if (!answer.ok) return null;
    const file = new File([await answer.blob()], "certificate.jpg", { type: "image/jpeg" });
    return navigator.canShare({ files: [file] }) ? file : null;
  } catch (failure) {
    return null;
  }
}

async function share(button, picture) {
  if (!picture) return copyLink(button);
  const { title } = button.dataset;
  try {
    await navigator.share({ files: [picture], title, text: `${title} ${button.href}` });
  } catch (failure) {
    // Whoever closed the phone's list has changed their mind.
    if (failure.name !== "AbortError") await copyLink(button);
  }
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
