// Mails and pages as they look, in frames that run nothing and ask for nothing.

import { element } from "gallery/dom.js";

const trusted = globalThis.trustedTypes?.createPolicy("gallery", { createHTML: (text) => text }) ?? { createHTML: (text) => text };
const POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:";
const INVERTED = "html{filter:invert(1) hue-rotate(180deg);background:#fff;min-height:100%}img,[background]{filter:invert(1) hue-rotate(180deg)}";
const OUTLINE = "[data-changed]{outline:3px dashed #d9480f!important;outline-offset:-3px}";
const SCHEME = /\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)/gi;

export const SCHEMES = { light: "Light", dark: "Dark, as designed", inverted: "Dark, forced by inversion" };

const parsed = (html) => new DOMParser().parseFromString(trusted.createHTML(html), "text/html");

export const titleOf = (html) => parsed(html).title.trim();

// A live frame. `look` has width, scheme, styles, images, and the slots to outline as `changed`; `tall` shows all of it.
export function frame(html, images, look, { label, tall = false, scale = 1 }) {
  const page = parsed(html);
  dress(page, images, look);
  const height = tall ? estimatedHeight(page, look.width) : 620;
  const node = element("iframe", { title: label, width: look.width, height });
  node.setAttribute("sandbox", "");
  node.style.transform = scale === 1 ? "" : `scale(${scale})`;
  node.srcdoc = trusted.createHTML("<!doctype html>" + page.documentElement.outerHTML);
  const box = element("div", { class: "frame" }, node);
  box.style.width = `${Math.round(look.width * scale)}px`;
  box.style.height = `${Math.round(height * scale)}px`;
  return box;
}

function dress(page, images, { scheme, styles = true, pictures = true, changed = [] }) {
  const mode = scheme === "dark" ? "dark" : "light";
  const preferred = (css) => css.replace(SCHEME, (_, wanted) => (wanted.toLowerCase() === mode ? "(min-width:0px)" : "(max-width:0px)"));
  const embedded = (text) => text.replace(/https?:\/\/[^\s"'()]+/g, (url) => images[url] ?? url);
  page.querySelectorAll("script,base,link,iframe,frame,object,embed,meta[http-equiv]").forEach((node) => node.remove());
  mark(page, changed);
  for (const node of page.querySelectorAll("style")) node.textContent = embedded(preferred(node.textContent));
  for (const node of page.querySelectorAll("[media]")) node.media = preferred(node.media);
  for (const node of page.querySelectorAll("img,source,[background],[style*='url(']")) {
    if (node.hasAttribute("src")) node.removeAttribute("srcset");
    for (const name of ["src", "srcset", "background", "style"]) {
      if (node.hasAttribute(name)) node.setAttribute(name, embedded(node.getAttribute(name)));
      if (!pictures && name !== "style") node.removeAttribute(name);
    }
  }
  if (!styles) {
    page.querySelectorAll("style").forEach((node) => node.remove());
    page.querySelectorAll("[style]").forEach((node) => node.removeAttribute("style"));
  }
  const head = [
    element("meta", { httpEquiv: "Content-Security-Policy", content: POLICY }),
    element("base", { target: "_blank" }),
    element("style", {}, `:root{color-scheme:${mode}!important}` + OUTLINE + (scheme === "inverted" ? INVERTED : "")),
  ];
  page.head.prepend(...head);
}

// Mark the elements that a slot put into the page, which stand between two comments.
function mark(page, changed) {
  const walker = page.createTreeWalker(page, NodeFilter.SHOW_COMMENT);
  const starts = [];
  while (walker.nextNode()) if (walker.currentNode.data.startsWith("slot:")) starts.push(walker.currentNode);
  for (const start of starts) {
    if (!changed.includes(start.data.slice(5))) continue;
    for (let node = start.nextSibling; node && node.data !== "/slot"; node = node.nextSibling) {
      if (node.nodeType === Node.ELEMENT_NODE) node.setAttribute("data-changed", "");
    }
  }
}

// A sandboxed frame cannot say how tall its page is, so it is reckoned from images, words and blocks, a little too tall.
function estimatedHeight(page, width) {
  const inner = Math.min(width, 600) - 48;
  let height = 160;
  for (const node of page.querySelectorAll("img")) {
    const [wide, high] = [Number(node.getAttribute("width")), Number(node.getAttribute("height"))];
    height += wide && high ? Math.min(1, Math.max(inner, width - 48) / wide) * high : 40;
  }
  for (const node of page.querySelectorAll("p,h1,h2,h3,li,td,a")) {
    const own = [...node.childNodes].filter((each) => each.nodeType === Node.TEXT_NODE).map((each) => each.data.trim()).join("");
    if (own) height += Math.ceil((own.length * 8.5) / inner) * (/^H/.test(node.tagName) ? 40 : 27) + 14;
  }
  return Math.min(Math.round(height * 1.1), 20000);
}
