// Mark the words in one frame, bring the most important into view, and say where they are.
// Runs in a hostile page with its scripts switched off: plain loops only (callbacks given to the DOM are not run then),
// nothing recursive (60,000 nested elements are legal), every count bounded.
(needles) => {
  const MOST_NODES = 400000, MOST_CHARACTERS = 4000000, MOST_MATCHES = 200;
  const COLOUR = "#ffe033";
  const UNREAD = new Set(["SCRIPT", "STYLE", "TEMPLATE", "HEAD", "TITLE"]);
  const FIELDS = new Set(["INPUT", "TEXTAREA", "IMG"]);
  const SPACE = /\s/, UNSEEN = /\p{Cf}/u;

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    `::highlight(words){background-color:${COLOUR} !important;color:#000 !important;text-shadow:none !important}
     [data-words-marked]{outline:4px solid ${COLOUR} !important;outline-offset:-2px !important}
     *::selection{background-color:${COLOUR} !important;color:#000 !important}
     /* The pupil's browser ran scripts and showed none of these; a picture inside one stands in for what a script would load. */
     noscript:not(:has(img)){display:none !important}`);
  const dress = (root) => { root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]; };
  dress(document);

  // Fold as people read: no case, one space for any white space, none of the invisible characters.
  const fold = (text, each) => {
    for (let i = 0; i < text.length;) {
      const c = String.fromCodePoint(text.codePointAt(i));
      if (c > " " && c < "\x7f") each(c.toLowerCase(), i, 1);
      else if (SPACE.test(c)) each(" ", i, c.length);
      else if (!UNSEEN.test(c)) each(c.toLowerCase(), i, c.length);
      i += c.length;
    }
  };
  const folded = (text) => {
    let out = "";
    fold(text, (c) => { if (c !== " " || !out.endsWith(" ")) out += c; });
    return out.trim();
  };
  const wanted = needles.map(folded).filter((n) => n);

  // The text as one string, and for each of its letters the node and place it came from.
  const letters = [], nodes = [], starts = [], ends = [];
  const add = (c, node, start, end) => {
    if (c === " " && (!letters.length || letters[letters.length - 1] === " ")) return;
    for (let k = 0; k < c.length; k++) { letters.push(c[k]); nodes.push(node); starts.push(start); ends.push(end); }
  };
  const fields = [];
  const enter = (element) => {
    if (FIELDS.has(element.tagName)) fields.push(element);
    if (element.tagName === "BR" || !getComputedStyle(element).display.startsWith("inline")) add(" ", null, 0, 0);
  };
  const leave = (element) => {
    if (!getComputedStyle(element).display.startsWith("inline")) add(" ", null, 0, 0);
  };
  const roots = [document.documentElement];
  let seen = 0;
  for (let r = 0; r < roots.length; r++) {
    const root = roots[r];
    let node = root, down = true;
    while (node && seen < MOST_NODES && letters.length < MOST_CHARACTERS) {
      const element = node.nodeType === 1;
      if (down) {
        seen++;
        if (node.nodeType === 3) fold(node.data, (c, i, n) => add(c, node, i, i + n));
        if (element) {
          enter(node);
          if (node.shadowRoot) { dress(node.shadowRoot); roots.push(node.shadowRoot); }
        }
        if (node.firstChild && !(element && (UNREAD.has(node.tagName) || FIELDS.has(node.tagName)))) {
          node = node.firstChild;
          continue;
        }
      }
      if (element) leave(node);
      if (node === root) break;
      down = Boolean(node.nextSibling);
      node = node.nextSibling || node.parentNode;
    }
    add(" ", null, 0, 0);
  }

  const text = letters.join("");

  // What can be marked, the most important words first: stretches of text, else whole fields and pictures.
  const marks = [];
  for (const needle of wanted) {
    for (let at = text.indexOf(needle); at >= 0 && marks.length < MOST_MATCHES; at = text.indexOf(needle, at + 1)) {
      const range = document.createRange(), last = at + needle.length - 1;
      range.setStart(nodes[at], starts[at]);
      range.setEnd(nodes[last], ends[last]);
      marks.push({ range, element: nodes[at].parentElement || nodes[at].parentNode.host });
    }
    for (const field of fields) {
      if (field.type === "hidden" || field.type === "password" || marks.length >= MOST_MATCHES) continue;
      const says = folded([field.value, field.placeholder, field.alt].filter((t) => t).join(" ").slice(0, 100000));
      if (says.includes(needle)) marks.push({ range: null, element: field });
    }
  }
  const ranges = [];
  for (const mark of marks) {
    if (mark.range) ranges.push(mark.range);
    else mark.element.setAttribute("data-words-marked", "");
  }
  CSS.highlights.set("words", new Highlight(...ranges));

  // Text the page keeps closed to scripts can still be found by the browser itself.
  if (!marks.length) {
    for (const needle of needles) {
      if (!window.find(needle, false, false, true, false, true, false)) continue;
      const range = getSelection().getRangeAt(0), start = range.startContainer;
      const host = start.nodeType === 1 ? start.childNodes[range.startOffset] || start : start.parentElement;
      marks.push({ range: null, element: host });
      break;
    }
  }

  const box = (mark) => {
    const whole = (mark.range || mark.element).getBoundingClientRect();
    return whole.width || !mark.element ? whole : mark.element.getBoundingClientRect();
  };
  const shown = (mark) => {
    const b = box(mark);
    return b.width > 1 && b.height > 1 && (!mark.element || !mark.element.checkVisibility
      || mark.element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true }));
  };
  const centre = (mark) => {
    for (let e = mark.element; e; e = e.parentElement || (e.getRootNode().host ?? null)) {
      const style = getComputedStyle(e);
      if (e === document.documentElement || e === document.body) continue;
      if (e.scrollHeight > e.clientHeight && /auto|scroll/.test(style.overflowY)) {
        const b = box(mark), frame = e.getBoundingClientRect();
        e.scrollTo({ top: e.scrollTop + b.top + b.height / 2 - frame.top - frame.height / 2, behavior: "instant" });
      }
    }
    const b = box(mark);
    window.scrollTo({
      top: scrollY + b.top + b.height / 2 - innerHeight / 2,
      left: b.right > innerWidth || b.left < 0 ? scrollX + b.left + b.width / 2 - innerWidth / 2 : scrollX,
      behavior: "instant",
    });
  };
  const inside = (b) => b.bottom > 0 && b.right > 0 && b.top < innerHeight && b.left < innerWidth;
  // Something else may lie on top of it: a menu, a notice that only a script would close.
  const onTop = (mark, b) => {
    const hit = document.elementFromPoint(b.left + b.width / 2, b.top + b.height / 2);
    return hit && (hit === mark.element || hit.contains(mark.element) || mark.element.contains(hit));
  };

  let lead = null, second = null;
  for (const mark of marks.slice(0, 40)) {
    if (!shown(mark)) continue;
    centre(mark);
    if (!inside(box(mark))) continue;
    second ??= mark;
    if (onTop(mark, box(mark))) { lead = mark; break; }
  }
  lead ??= second;
  if (lead) centre(lead);

  // A line of a mark is one box, however many elements it runs through.
  const boxes = [];
  for (const mark of lead ? [lead, ...marks.filter((m) => m !== lead)] : []) {
    if (boxes.length >= 50 || !shown(mark)) continue;
    let line = null;
    for (const piece of (mark.range || mark.element).getClientRects()) {
      if (piece.width <= 1 || piece.height <= 1 || !inside(piece)) continue;
      const { left, top, right, bottom } = piece;
      if (line && top < line[3] && bottom > line[1] && left <= line[2] + 4 && right >= line[0] - 4) {
        line[0] = Math.min(line[0], left); line[1] = Math.min(line[1], top);
        line[2] = Math.max(line[2], right); line[3] = Math.max(line[3], bottom);
      } else {
        boxes.push(line = [left, top, right, bottom]);
      }
    }
  }
  for (const b of boxes) { b[2] -= b[0]; b[3] -= b[1]; }
  return { found: marks.length, boxes };
}
