// Looks over the whole page; returns what is too faint, too small, without a name, or outside the window.
// Contrast: WCAG 2.2, 1.4.3 (words, 4.5 to 1) and 1.4.11 (edges of fields and the mark of focus, 3 to 1).
() => {
  const channels = (colour) => {
    const canvas = new OffscreenCanvas(1, 1).getContext("2d");
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = (colour) => colour.slice(0, 3).map((c) => c / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ratio = (one, other) => {
    const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
    return (bright + 0.05) / (dark + 0.05);
  };
  const ground = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const found = channels(getComputedStyle(at).backgroundColor);
      if (found[3] === 255) return found;
    }
    return [255, 255, 255, 255];
  };
  const shown = (node) => node.checkVisibility({ visibilityProperty: true });
  const covered = (node) => node.closest(".unseen, .skip, .spoiler:not(.shown)") !== null;

  const faint = [];
  let words = 0;
  const note = (what, colour, against, least) => {
    const found = ratio(channels(colour), against);
    if (found < least) faint.push(`${what}: ${found.toFixed(2)}, not ${least}`);
  };

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    const text = walker.currentNode.data.trim();
    if (text === "" || !shown(node) || covered(node)) continue;
    words += 1;
    note(`"${text.slice(0, 20)}"`, getComputedStyle(node).color, ground(node), 4.5);
  }
  for (const field of document.querySelectorAll("textarea, input, select")) {
    if (!shown(field)) continue;
    note(`edge of ${field.id}`, getComputedStyle(field).borderTopColor, ground(field.parentElement), 3);
    note(`words in ${field.id}`, getComputedStyle(field).color, ground(field), 4.5);
    note(`hint in ${field.id}`, getComputedStyle(field, "::placeholder").color, ground(field), 4.5);
  }
  const mark = document.body.appendChild(document.createElement("i"));
  mark.style.color = "var(--focus)";
  for (const name of [".log", ".bubble", "[data-from=person] .bubble", ".bar", ".panel", ".composer"]) {
    note(`focus on ${name}`, getComputedStyle(mark).color, ground(document.querySelector(name)), 3);
  }
  mark.remove();

  const controls = [...document.querySelectorAll("button, a.file, select, input, textarea, summary")].filter(shown);
  const describe = (node) => `${node.tagName} ${node.id || node.className}`;
  return {
    words,
    faint,
    // links within a sentence may be as low as the sentence (WCAG 2.2, 2.5.8)
    small: controls.filter((node) => !node.matches(".linked") && node.getBoundingClientRect().height < 43.9).map(describe),
    nameless: controls
      .filter((node) => !node.textContent.trim() && !node.ariaLabel && !(node.labels?.length > 0)).map(describe),
    tooWide: [document.documentElement, document.getElementById("log")]
      .filter((node) => node.scrollWidth > node.clientWidth).map(describe),
  };
}
