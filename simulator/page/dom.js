// Building elements and icons. Knows nothing of chats.

const SVG = "http://www.w3.org/2000/svg";

/** Outlines drawn on a 24 by 24 grid, stroked in the colour of the text around them. */
const ICONS = {
  send: ["M5 12h13", "M12 5l7 7-7 7"],
  menu: ["M4 7h16", "M4 12h16", "M4 17h16"],
  close: ["M6 6l12 12", "M18 6L6 18"],
  controls: ["M4 8h9", "M19 8h1", "M4 16h1", "M11 16h9", "M16 5.5a2.5 2.5 0 1 0 0 5a2.5 2.5 0 1 0 0-5", "M8 13.5a2.5 2.5 0 1 0 0 5a2.5 2.5 0 1 0 0-5"],
  sun: ["M12 8a4 4 0 1 0 0 8a4 4 0 1 0 0-8", "M12 2.500v2M12 19.500v2M2.500 12h2M19.500 12h2M5.300 5.300l1.400 1.400M17.300 17.300l1.400 1.400M5.300 18.700l1.400-1.400M17.300 6.700l1.400-1.400"],
  moon: ["M20 14.5A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.500 10.500z"],
  down: ["M12 5v13", "M6 12l6 6 6-6"],
  chevron: ["M6 9l6 6 6-6"],
  file: ["M7 3h7l4 4v14H7z", "M14 3v5h4"],
  outside: ["M9 6h9v9", "M18 6L7 17"],
  check: ["M5 12l5 5 9-10"],
  sticker: ["M5 4h14v10l-5 6H5z", "M14 20v-6h5"],
  voice: ["M12 4a3 3 0 0 1 3 3v4a3 3 0 0 1-6 0V7a3 3 0 0 1 3-3z", "M6 11a6 6 0 0 0 12 0", "M12 17v3"],
  photo: ["M4 6h16v12H4z", "M4 16l5-5 4 4 3-3 4 4", "M15.500 9.500h.01"],
  other: ["M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18", "M12 8v5", "M12 16h.01"],
};

/**
 * Make an element.
 * @param {string} tag
 * @param {Record<string, unknown>} attributes `class`, `text`, `on...` handlers, properties of `dataset`, else attributes;
 *   null and false leave an attribute out, true sets it empty.
 * @param {...(Node|string|null)} children null is left out.
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "text") made.textContent = value;
    else if (name === "dataset") Object.assign(made.dataset, value);
    else if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** An icon that screen readers pass over; the button around it carries the words. */
export function icon(name) {
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("class", `icon sign-${name}`);
  drawing.setAttribute("aria-hidden", "true");
  for (const outline of ICONS[name] ?? ICONS.other) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", outline);
    drawing.append(path);
  }
  return drawing;
}

/** The element of the page with this id. */
export const part = (id) => document.getElementById(id);
