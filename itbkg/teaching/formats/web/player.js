// Unfolds the parts of a case as their questions are answered, and keeps the learner's place.
// Everything shown stands in the page already; this only shows, hides and moves it.
(() => {
  "use strict";
  const root = document.documentElement;
  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));
  const one = (selector, within = document) => within.querySelector(selector);

  // What is kept of a learner: how many parts are open, whether the end is, and the answers by question.
  // A browser may have no storage, or hold something else under this name: then the case starts anew.
  const store = {
    key: document.body.dataset.place,
    read() {
      try {
        const kept = JSON.parse(window.localStorage.getItem(this.key));
        return kept && typeof kept.answers === "object" && kept.answers ? kept : null;
      } catch {
        return null;
      }
    },
    write(state) {
      try {
        window.localStorage.setItem(this.key, JSON.stringify(state));
      } catch {
        // Played without a memory.
      }
    },
    forget() {
      try {
        window.localStorage.removeItem(this.key);
      } catch {
        // There was none.
      }
    },
  };

  const stages = all(".stage");
  const questions = all(".question");
  const end = one("#end");
  const state = { open: 1, ended: false, answers: {} };
  const verdicts = new Map();

  const say = (text) => { one("#say").textContent = text; };
  const asked = (stage) => all(".question", stage);
  const isAnswered = (question) => question.classList.contains("answered");
  const ordinal = (place, count) => `${place} of ${count}`;

  function numbers(text) {
    // "1,200" is twelve hundred to one reader and one and a fifth to another: either is taken.
    const found = /^[+-]?\d[\d\s.,]*(?:e[+-]?\d+)?/i.exec(text.trim().replace(/^−/, "-"));
    if (!found) return [];
    const plain = found[0].replace(/\s/g, "");
    return [plain.replaceAll(",", ""), plain.replace(",", ".")].map(Number).filter(Number.isFinite);
  }

  // Each kind of question: what the learner gave, how to lay it again, what is missing, how it compares, what to mark.
  const chosen = (question) => all("input:checked", question).map((input) => input.value);
  const choose = (question, given) => {
    for (const input of all("input", question)) input.checked = given.includes(input.value);
  };
  const steps = (question) => all(".steps > li", question);
  const lay = (question, given) => {
    const items = new Map(steps(question).map((item) => [item.dataset.option, item]));
    if (given.length !== items.size || new Set(given).size !== items.size || !given.every((id) => items.has(id))) return;
    for (const id of given) one(".steps", question).append(items.get(id));
  };
  const entry = (question) => one(".entering input, .entering textarea", question);
  const keyed = (question) => all(".why > li", question);
  const picks = {
    give: chosen,
    take: choose,
    missing: (given) => (given.length ? "" : "Choose an answer first, or say that you do not know yet."),
    fits: (question, given) =>
      keyed(question).every((item) => (item.dataset.correct === "yes") === given.includes(item.dataset.option)),
    mark: (item, given) => (given.includes(item.dataset.option) ? "Your choice" : ""),
  };
  const kinds = {
    single: picks,
    several: picks,
    order: {
      give: (question) => steps(question).map((item) => item.dataset.option),
      take: lay,
      missing: () => "",
      fits: (question, given) => {
        const ranks = new Map(keyed(question).map((item) => [item.dataset.option, item.dataset.rank]));
        const ranked = given.map((id) => ranks.get(id)).filter((rank) => rank).map(Number);
        return ranked.every((rank, place) => place === 0 || ranked[place - 1] <= rank);
      },
      mark: (item, given) => `Your place: ${given.indexOf(item.dataset.option) + 1}`,
    },
    numeric: {
      give: (question) => [entry(question).value.trim()],
      take: (question, [text = ""]) => { entry(question).value = text; },
      missing: ([text = ""]) => (numbers(text).length ? "" : "Write a number, such as 40.3, or say that you do not know yet."),
      fits: (question, [text]) => {
        const { number, tolerance } = question.dataset;
        const margin = Number(tolerance) + 1e-9 * Math.max(1, Math.abs(Number(number)));
        return numbers(text).some((value) => Math.abs(value - Number(number)) <= margin);
      },
    },
    text: {
      give: (question) => [entry(question).value.trim()],
      take: (question, [text = ""]) => { entry(question).value = text; },
      missing: ([text = ""]) => (text ? "" : "Write a few words first, or say that you do not know yet."),
      fits: () => null,
    },
  };
  const kind = (question) => kinds[question.dataset.kind];

  const TOLD = {
    right: "As the sources have it.",
    differs: "Differs from what the sources have: see why.",
    looked: "Here is the answer, and why.",
    own: "Lay your words beside the model answer.",
  };

  function problem(question, text) {
    one(".problem", question).textContent = text;
    for (const input of all("input, textarea", question)) {
      if (text) {
        input.setAttribute("aria-invalid", "true");
        if (input === entry(question)) input.setAttribute("aria-errormessage", one(".problem", question).id);
      } else {
        input.removeAttribute("aria-invalid");
        input.removeAttribute("aria-errormessage");
      }
    }
    if (text) (entry(question) || one("input", question)).focus();
  }

  function verdict(question, answer) {
    if (answer.looked) return "looked";
    const fits = kind(question).fits(question, answer.given);
    if (fits === null) return "own";
    return fits ? "right" : "differs";
  }

  function settle(question, answer) {
    // Shows the answer to a question in the place of its choices.
    const told = verdict(question, answer);
    verdicts.set(question, told);
    problem(question, "");
    question.classList.add("answered");
    one("fieldset", question).disabled = true;
    one(".answer", question).open = true;
    const line = one(".verdict", question);
    line.hidden = false;
    line.dataset.verdict = told;
    line.textContent = TOLD[told];
    for (const item of keyed(question)) {
      const mark = answer.looked ? "" : kind(question).mark(item, answer.given);
      one(".mine", item).textContent = mark;
      one(".mine", item).hidden = !mark;
    }
    const yours = one(".yours", question);
    if (yours && !answer.looked) {
      yours.hidden = false;
      one(".mine-text", yours).textContent = answer.given[0];
    }
  }

  function answer(question, looked) {
    const given = kind(question).give(question);
    const missing = looked ? "" : kind(question).missing(given);
    if (missing) return problem(question, missing);
    state.answers[question.dataset.question] = { given, looked };
    question.classList.add("new");
    settle(question, state.answers[question.dataset.question]);
    show();
    one(".verdict", question).focus();
    const stage = question.closest(".stage");
    if (asked(stage).every(isAnswered)) say("All questions of this part are answered. You can go on below.");
    return store.write(state);
  }

  function isReady(stage, place) {
    // A part may be left when its questions are answered and the next is not open yet.
    const leads = place < state.open - 1 || (place === stages.length - 1 && state.ended);
    return !leads && asked(stage).every(isAnswered);
  }

  function show() {
    stages.forEach((stage, place) => {
      stage.classList.toggle("open", place < state.open);
      one(".go", stage).hidden = !isReady(stage, place);
    });
    end.classList.toggle("open", state.ended);
    all("[data-part]").slice(0, state.open).forEach((part, place) => lead(part, place));
    if (state.ended) score();
  }

  function lead(part, place) {
    // Makes the number of an open part a link to it.
    const link = one("a", part) || document.createElement("a");
    link.href = `#${stages[place].id}`;
    link.textContent = String(place + 1);
    link.setAttribute("aria-label", `Part ${place + 1}: ${one("h2", stages[place]).textContent}`);
    if (place === state.open - 1 && !state.ended) link.setAttribute("aria-current", "step");
    else link.removeAttribute("aria-current");
    part.replaceChildren(link);
  }

  function score() {
    const count = (told) => questions.filter((question) => verdicts.get(question) === told).length;
    const compared = questions.length - count("own");
    const parts = [
      compared && `Of ${compared} ${compared === 1 ? "question" : "questions"} with a key you answered ${count("right")} as the sources have it`,
      count("looked") && `${count("looked")} you looked up`,
      count("own") && `${count("own")} you answered in your own words`,
    ];
    const text = parts.filter(Boolean).join("; ");
    one("#score-text").textContent = text ? `${text}.` : "This case asks no questions.";
    const again = questions.filter((question) => ["differs", "looked"].includes(verdicts.get(question)));
    one("#score-again").hidden = !again.length;
    one("#score-again ul").replaceChildren(...again.map(second));
  }

  function second(question) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = `#${question.id}`;
    link.textContent = `${one("h3", question).textContent}: ${one("legend", question).textContent}`;
    item.append(link);
    return item;
  }

  function arrive(section) {
    // The reader, and who listens, are taken to the heading of what has opened.
    section.classList.add("new");
    const heading = one("h2", section);
    heading.focus({ preventScroll: true });
    section.scrollIntoView({ block: "start" });
  }

  function go() {
    if (state.open < stages.length) state.open += 1;
    else state.ended = true;
    show();
    arrive(state.ended ? end : stages[state.open - 1]);
    store.write(state);
  }

  function move(button) {
    if (button.getAttribute("aria-disabled") === "true") return;
    const item = button.closest("li");
    const up = button.dataset.move === "-1";
    if (up) item.previousElementSibling.before(item);
    else item.nextElementSibling.after(item);
    edges(item.parentElement);
    button.focus();
    const items = Array.from(item.parentElement.children);
    say(`${one(".text", item).textContent}: now ${ordinal(items.indexOf(item) + 1, items.length)}.`);
  }

  function edges(list) {
    // The first cannot go up nor the last down; a button keeps the focus all the same.
    for (const button of all("[data-move]", list)) {
      const item = button.closest("li");
      const beside = button.dataset.move === "-1" ? item.previousElementSibling : item.nextElementSibling;
      button.setAttribute("aria-disabled", String(!beside));
    }
  }

  function again() {
    store.forget();
    for (const question of questions) question.reset();
    window.location.hash = "";
    window.location.reload();
  }

  function print(everything) {
    const folded = everything ? all(".answer:not([open])") : [];
    for (const answered of folded) answered.open = true;
    root.classList.toggle("all", everything);
    window.addEventListener("afterprint", () => {
      root.classList.remove("all");
      for (const answered of folded) answered.open = false;
    }, { once: true });
    window.print();
  }

  function resume() {
    const kept = store.read();
    if (!kept) return;
    for (const question of questions) {
      const answered = kept.answers[question.dataset.question];
      if (!answered || !Array.isArray(answered.given)) continue;
      const known = { given: answered.given.map(String), looked: answered.looked === true };
      kind(question).take(question, known.given);
      const taken = String(kind(question).give(question)) === String(known.given);
      if (!taken || (!known.looked && kind(question).missing(known.given))) continue;
      state.answers[question.dataset.question] = known;
      settle(question, known);
    }
    // A part is open only when every question before it is answered.
    const first = stages.findIndex((stage) => !asked(stage).every(isAnswered));
    const reachable = first === -1 ? stages.length : first + 1;
    state.open = Math.max(1, Math.min(Number(kept.open) || 1, reachable));
    state.ended = kept.ended === true && first === -1 && state.open === stages.length;
    one("#resume").hidden = !(state.open > 1 || verdicts.size);
  }

  function listen() {
    document.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!isAnswered(event.target)) answer(event.target, false);
    });
    document.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      if (button.dataset.move) move(button);
      else if ("look" in button.dataset) answer(button.closest(".question"), true);
      else if ("go" in button.dataset) go();
      else if ("again" in button.dataset) again();
      else if ("print" in button.dataset) print(button.dataset.print === "all");
    });
  }

  try {
    resume();
    all(".steps").forEach(edges);
    show();
    listen();
  } catch (error) {
    // Nobody may be left before parts that do not open: the page is then read as without a script.
    root.classList.remove("js");
    throw error;
  }
})();
