// Keeps form, table, charts, sentence and address of the page of links in step, without loading it anew.
import { announce, swap, SwapError } from "../swap";

const REGIONS = ["result"];

export function start(form: HTMLElement): void {
  if (!(form instanceof HTMLFormElement)) return;
  form.addEventListener("change", () => void go(addressOf(form), form, true));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void go(addressOf(form), form, true);
  });
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("#result a[data-swap]") : null;
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    void go(link.href, form, true, link.dataset.swap);
  });
  window.addEventListener("popstate", () => void go(location.href, form, false));
}

/** Writes the address that a form asks for; what is empty does not stand in it. */
function addressOf(form: HTMLFormElement): string {
  const asked = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string" && value.trim()) asked.append(name, value);
  return `${form.action.split("?")[0]}?${asked}`;
}

async function go(address: string, form: HTMLFormElement, forward: boolean, focus?: string): Promise<void> {
  try {
    if (!(await swap(address, REGIONS))) return;
  } catch (error) {
    announce(error instanceof SwapError ? error.message : "Something went wrong. What stands here is as it was.", true);
    return;
  }
  if (forward) history.pushState(null, "", address);
  else fill(form, new URL(address).searchParams);
  complain(form);
  if (focus) document.getElementById(focus)?.focus();
}

/** Marks the field that the answer complains of. */
function complain(form: HTMLFormElement): void {
  const about = document.querySelector<HTMLElement>("#result [data-parameter]")?.dataset.parameter;
  for (const field of form.querySelectorAll("input, select")) {
    if (field.getAttribute("name") === about) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  }
}

/** Puts into the form what an address asks for. */
function fill(form: HTMLFormElement, asked: URLSearchParams): void {
  for (const name of ["rows", "columns"]) {
    const values = asked.getAll(name);
    const select = form.querySelector<HTMLSelectElement>(`select[name="${name}"]`);
    const text = form.querySelector<HTMLInputElement>(`input[name="${name}"]`);
    if (!select || !text) continue;
    const usual = [...select.options].find((option) => option.value && values.includes(option.value))?.value ?? "";
    select.value = usual || (values.length ? "" : (select.dataset.usual ?? ""));
    text.value = values.find((value) => value !== usual) ?? "";
  }
  const where = form.querySelector<HTMLInputElement>('input[name="where"]');
  if (where) where.value = asked.get("where") ?? "";
  const dependence = form.querySelector<HTMLInputElement>('input[name="dependence"]');
  if (dependence) dependence.checked = asked.get("dependence") === "true";
}
