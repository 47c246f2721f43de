// Mails and pages as they look, in frames that run nothing and ask for nothing.

import { h } from "dom";

const trusted = globalThis.trustedTypes?.createPolicy("gallery", { createHTML: (text) => text }) ?? { createHTML: (text) => text };
const POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";
const INVERTED = "html{filter:invert(1) hue-rotate(180deg);background:#fff;min-height:100%}img,[background]{filter:invert(1) hue-rotate(180deg)}";
const OUTLINE = "[data-changed]{outline:3px dashed #d9480f!important;outline-offset:-3px}";
const SCHEME = /\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)/gi;

const parsed = (html) => new DOMParser().parseFromString(trusted.createHTML(html), "text/html");

export const titleOf = (html) => parsed(html).title.trim();

// A live frame. `look` has width, scheme, and what to leave out; the slots in `changed` are outlined.
export function frame(html, images, look, label, { scale, height, changed = [] }) {
	const page = parsed(html);
	dress(page, images, look, changed);
	height ??= estimatedHeight(page, look.width);
	const node = h("iframe", { title: label, width: look.width, height, sandbox: "" });
	node.style.transform = `scale(${scale})`;
	node.srcdoc = trusted.createHTML("<!doctype html>" + page.documentElement.outerHTML);
	return h("div", { class: "frame", style: `width:${look.width * scale}px;height:${height * scale}px` }, node);
}

function dress(page, images, { scheme, styles = true, pictures = true }, changed) {
	const mode = scheme === "dark" ? "dark" : "light";
	const preferred = (css) => css.replace(SCHEME, (_, wanted) => (wanted.toLowerCase() === mode ? "(min-width:0)" : "(max-width:0)"));
	const embedded = (text) => text.replace(/https?:\/\/[^\s"'()]+/g, (url) => images[url] ?? url);
	for (const node of page.querySelectorAll("script,base,link,iframe,frame,object,embed,meta[http-equiv]")) node.remove();
	mark(page, changed);
	for (const node of page.querySelectorAll("style")) styles ? (node.textContent = embedded(preferred(node.textContent))) : node.remove();
	for (const node of page.querySelectorAll("[media]")) node.media = preferred(node.media);
	for (const node of page.querySelectorAll("[src],[srcset],[background],[style]")) {
		if (node.hasAttribute("src")) node.removeAttribute("srcset");
		if (!styles) node.removeAttribute("style");
		for (const { name, value } of [...node.attributes]) {
			if (!pictures && /^(src|srcset|background)$/.test(name)) node.removeAttribute(name);
			else if (images && value.includes("://") && name !== "href") node.setAttribute(name, embedded(value));
		}
	}
	page.head.prepend(
		h("meta", { httpEquiv: "Content-Security-Policy", content: POLICY }),
		h("base", { target: "_blank" }), // which the sandbox refuses: a link leads nowhere
		h("style", null, `:root{color-scheme:${mode}!important}${OUTLINE}${scheme === "inverted" ? INVERTED : ""}`),
	);
}

// Mark the elements that a slot put into the page, which stand between two comments.
function mark(page, changed) {
	const walker = page.createTreeWalker(page, NodeFilter.SHOW_COMMENT);
	while (walker.nextNode()) {
		const { data } = walker.currentNode;
		if (!data.startsWith("slot:") || !changed.includes(data.slice(5))) continue;
		for (let node = walker.currentNode.nextSibling; node && node.data !== "/slot"; node = node.nextSibling) node.setAttribute?.("data-changed", "");
	}
}

// A sandboxed frame cannot say how tall its page is, so it is reckoned from images and words, rather too tall.
function estimatedHeight(page, width) {
	const inner = Math.min(width, 600) - 48;
	let height = 160;
	for (const node of page.querySelectorAll("img")) {
		const [wide, high] = ["width", "height"].map((name) => Number(node.getAttribute(name)));
		height += wide && high ? Math.min(1, (width - 48) / wide) * high : 40;
	}
	for (const node of page.querySelectorAll("p,h1,h2,h3,li,td,a")) {
		const own = [...node.childNodes].map((each) => (each.nodeType === Node.TEXT_NODE ? each.data.trim() : "")).join("");
		if (own) height += Math.ceil((own.length * 8.5) / inner) * (node.tagName[0] === "H" ? 40 : 27) + 14;
	}
	return Math.min(Math.round(height * (width > 600 ? 1.4 : 1.1)), 20000);
}
