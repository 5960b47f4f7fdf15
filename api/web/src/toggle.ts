// A button that shows and hides what costs something to load. It stays where it is, and what it shows stays open on the
// next pages of the same visit.

/**
 * Makes such a button for a place. `name` is what the visit remembers it by, `words` stand on it while the place is shut
 * and while it is open, and `about` tells it from others of its kind. `turn` is called with each change, and at once
 * where the visit has it open.
 */
export function toggle(
  name: string,
  words: readonly [shut: string, open: string],
  about: string,
  place: HTMLElement,
  turn: (open: boolean) => void,
): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "toggle screen";
  place.id ||= `shown-${name.replace(/\W+/g, "-")}`;
  button.setAttribute("aria-controls", place.id);
  const set = (open: boolean): void => {
    button.setAttribute("aria-expanded", String(open));
    button.textContent = words[open ? 1 : 0];
    if (about) button.setAttribute("aria-label", `${button.textContent}: ${about}`);
    place.hidden = !open;
  };
  button.addEventListener("click", () => {
    const open = button.getAttribute("aria-expanded") !== "true";
    set(open);
    remember(name, open);
    turn(open);
  });
  const open = remembered(name);
  set(open);
  if (open) queueMicrotask(() => turn(true)); // when it stands in the page, and its room is known
  return button;
}

function remembered(name: string): boolean {
  try {
    return sessionStorage.getItem(`open:${name}`) === "yes";
  } catch {
    return false; // a browser may keep nothing; then each page begins anew
  }
}

function remember(name: string, open: boolean): void {
  try {
    if (open) sessionStorage.setItem(`open:${name}`, "yes");
    else sessionStorage.removeItem(`open:${name}`);
  } catch {
    // as above
  }
}
