// Mails and pages as they look, in frames that run nothing and ask for nothing.

import { $, h, rect } from "dom";

const policy = { createHTML: (text) => text }, trusted = globalThis.trustedTypes?.createPolicy("gallery", policy) ?? policy;
const SCHEME = /\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)/gi;
// What tells our comments from those of a template.
export const MARK = `slot ${Math.random()} `;
const LEAST = 240, LONGEST = 200;

const parsed = (html) => new DOMParser().parseFromString(trusted.createHTML(html), "text/html");

// The links of a document: pairs of a label and an address.
export const linksOf = (html) => [...parsed(html).querySelectorAll("a[href]")].map((node) => [(node.textContent.trim() || node.querySelector("img")?.alt) ?? "", node.getAttribute("href")]);

// A live frame. `look` has width, scheme, and what to leave out. Once it is `ready` it is as high as its document.
// The page may read the frame, to find where slots are; without allow-scripts nothing runs in it.
export function frame(html, images, look, label) {
	const page = parsed(html);
	dress(page, images, look);
	const node = h("iframe", { title: label, width: look.width, height: LEAST, sandbox: "allow-same-origin" });
	node.srcdoc = trusted.createHTML("<!doctype html>" + page.documentElement.outerHTML);
	node.ready = new Promise((done) => {
		node.onload = () => {
			if (!node.contentDocument?.body) return;
			node.height = Math.min(Math.max(node.contentDocument.documentElement.scrollHeight, LEAST), 30_000);
			done({ height: Number(node.height), boxes: slotBoxes(node.contentDocument) });
		};
	});
	return node;
}

function dress(page, images, { scheme, styles = true, pictures = true }) {
	const mode = scheme === "dark" ? "dark" : "light";
	const preferred = (css) => css.replace(SCHEME, (_, wanted) => (wanted.toLowerCase() === mode ? "(min-width:0)" : "(max-width:0)"));
	const embedded = (text) => text.replace(/https?:\/\/[^\s"'()]+/g, (url) => (pictures && images.data[images.addresses[url]]) || url);
	for (const node of page.querySelectorAll("script,base,link,iframe,frame,object,embed,meta[http-equiv]")) node.remove();
	for (const node of page.querySelectorAll("style")) styles ? (node.textContent = embedded(preferred(node.textContent))) : node.remove();
	for (const node of page.querySelectorAll("[media]")) node.media = preferred(node.media);
	for (const node of page.querySelectorAll("[src],[srcset],[background],[style]")) {
		if (node.hasAttribute("src")) node.removeAttribute("srcset");
		if (!styles) node.removeAttribute("style");
		for (const { name, value } of [...node.attributes]) {
			if (!pictures && /^(src|srcset|background)$/.test(name)) node.removeAttribute(name);
			else if (value.includes("://") && name !== "href") node.setAttribute(name, embedded(value));
		}
	}
	for (const node of page.querySelectorAll("a,area,button,input,select,textarea,[tabindex]")) node.tabIndex = -1; // keys stay with this page
	page.documentElement.dataset.scheme = scheme ?? mode;
	page.head.prepend($("framed").content.cloneNode(true));
}

// Where each slot is to be seen, by its name, and whether it has a heading; of several places the largest. What fills a
// slot stands between two comments.
function slotBoxes(page) {
	const walker = page.createTreeWalker(page.body, NodeFilter.SHOW_COMMENT), boxes = { __proto__: null }, area = (box) => (box ? box.width * box.height : 1);
	while (walker.nextNode()) {
		const start = walker.currentNode, slot = start.data.slice(MARK.length), range = page.createRange();
		if (!slot || !start.data.startsWith(MARK)) continue;
		let end = start.nextSibling;
		while (end && end.data !== MARK) end = end.nextSibling;
		if (!end) continue;
		range.setStartAfter(start);
		range.setEndBefore(end);
		const box = rect(range);
		box.heading = Boolean(range.cloneContents().querySelector("h1,h2,h3"));
		if (area(box) > area(boxes[slot])) boxes[slot] = box;
	}
	return boxes;
}

const BLOCKS = "p,h1,h2,h3,h4,h5,h6,li,td,th,a,figcaption,blockquote,div,body";
const squeezed = (text) => text.replace(/\s+/g, " ").trim();

// The words at a point, in the smallest piece that they are in; an image speaks by its alternative text.
export function wordsAt(page, x, y) {
	const node = page.elementFromPoint(x, y) ?? page.body, said = node.alt ?? squeezed((node.closest(BLOCKS) ?? node).innerText);
	return said.length <= LONGEST ? said : "";
}

// Where some words are to be seen, or an image with that alternative text; else nothing.
export function boxOf(page, quote) {
	const sought = squeezed(quote), nodes = [...page.querySelectorAll(`${BLOCKS},img`)].filter((node) => (node.alt ?? squeezed(node.innerText)).includes(sought));
	return rect(nodes.find((node) => !nodes.some((inner) => inner !== node && node.contains(inner))));
}
