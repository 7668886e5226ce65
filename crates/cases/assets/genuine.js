// The page of genuineness: the file is hashed in the browser and only its hash is asked about.
const form = document.getElementById("genuine-file"), said = document.getElementById("genuine-said");

async function check(file) {
  if (!file) return form.submit();
  said.textContent = form.dataset.working;
  try {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
    const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
    location.assign("/genuine?sha256=" + hex);
  } catch (error) {
    // Without a secure connection browsers hash nothing; the file is sent then.
    console.error(error);
    form.submit();
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  check(form.elements.file.files[0]);
});
form.elements.file.addEventListener("change", () => {
  if (form.elements.file.files.length > 0) check(form.elements.file.files[0]);
});

const drop = form.querySelector("[data-drop]");
drop.addEventListener("dragover", (event) => event.preventDefault());
drop.addEventListener("drop", (event) => {
  event.preventDefault();
  form.elements.file.files = event.dataTransfer.files;
  check(event.dataTransfer.files[0]);
});
