// Charts are laid out and coloured in Python, for paper; on a page each of those colours is a token of the design.

/** The colours of itbkg/charts, each with the token that stands for it. */
const TOKENS: Readonly<Record<string, string>> = {
  "#ffffff": "--ground",
  "#1a1a1a": "--ink",
  "#000000": "--ink",
  "#4d4d4d": "--soft",
  "#767676": "--soft",
  "#dedede": "--line",
  "#bdbdbd": "--chart-band",
  "#c9c9c9": "--chart-band",
  "#f0f0f0": "--raised",
  "#5b8db8": "--chart-flow",
  "#0072b2": "--series-1",
  "#d55e00": "--series-2",
  "#009e73": "--series-3",
  "#cc79a7": "--series-4",
  "#56b4e9": "--series-5",
  "#e69f00": "--series-6",
  "#e3edf7": "--heat-1",
  "#b3cfe8": "--heat-2",
  "#6ba3d0": "--heat-3",
  "#08468b": "--heat-4",
};

/** Returns a specification in the colours of the page as it looks now. */
export function coloured<Part>(spec: Part): Part {
  const style = getComputedStyle(document.documentElement);
  return painted(spec, (token) => style.getPropertyValue(token).trim()) as Part;
}

function painted(part: unknown, value: (token: string) => string): unknown {
  if (typeof part === "string") return colour(part, value);
  if (Array.isArray(part)) return part.map((one) => painted(one, value));
  if (part === null || typeof part !== "object") return part;
  return Object.fromEntries(Object.entries(part).map(([name, one]) => [name, painted(one, value)]));
}

function colour(text: string, value: (token: string) => string): string {
  const token = TOKENS[text.toLowerCase()];
  return (token && value(token)) || text;
}
