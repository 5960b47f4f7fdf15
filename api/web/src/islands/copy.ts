// Copies the text of another element, and says so.
export function start(button: HTMLElement): void {
  const source = document.getElementById(button.dataset.of ?? "");
  if (!source || !navigator.clipboard) return; // without a secure context there is none: the text can be selected
  const said = document.createElement("span");
  said.className = "small";
  said.setAttribute("role", "status");
  button.after(" ", said);
  button.hidden = false;
  button.addEventListener("click", () => {
    navigator.clipboard.writeText(source.textContent?.trim() ?? "").then(
      () => (said.textContent = "copied"),
      () => (said.textContent = "could not be copied; select the text"),
    );
  });
}
