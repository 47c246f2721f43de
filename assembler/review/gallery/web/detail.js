// One variant, beside the default or what stood there before: words first, then pictures.

import { address } from "address";
import { cloned, count, h, link, words } from "dom";
import { frame } from "frames";

const THIS = "This variant";

export function detail(model, card) {
	const look = address.all(), node = cloned("parts");
	const before = look.against === "before" && Boolean(card.in.before), name = before ? "Before" : "The default";
	const other = before ? card : model.default(card), changed = model.changed(card, before);
	const part = (which) => [model.part(card, which), model.part(other, which, before)];
	const fill = (place, ...children) => node.querySelector(place).append(...children.flat());

	const said = changed.map((slot) => [slot, model.difference(card, slot, before) ?? {}]);
	if (before && card.before) said.push(["the layout", card.in.before.layout]);
	const rows = Object.entries(words.parts).flatMap(([key, label]) => said.filter(([, found]) => found[key]).map(([slot, found]) =>
		h("tr", null, h("th", { scope: "row" }, label, h("small", null, slot)), h("td", null, h(key === "text" ? "details" : "div", null, key === "text" && h("summary", null, slot), h("p", { class: found[key].some(([kind]) => kind === "=") ? "said" : "said other" }, marked(found[key], look.words)))))));
	fill("h3", `Words, against ${name.toLowerCase()}`);
	fill(".words", rows);
	if (!rows.length) fill(".none", before && !card.before ? words.nothing : words.same);

	const scheme = Object.hasOwn(words.schemes, look.scheme) ? look.scheme : "light", stacked = ["onion", "slider"].includes(look.view);
	const sizes = { Mobile: 375, Desktop: card.in.envelope === "web" ? 1200 : 600 };
	const chosen = Object.keys(sizes).filter((size) => size.toLowerCase() === look.width);
	const room = document.documentElement.clientWidth - 48;
	fill(".pictures h3", ["Pictures: " + words.schemes[scheme].toLowerCase(), look.styles && "without styles", look.images && "images off"].filter(Boolean).join(", "));
	fill(".files", Object.entries(model.pictures?.[card.key] ?? {}).map(([label, href]) => h("li", null, link(label, href))));
	if (look.view === "text" || !card.in.parts.html) fill(".pictures", pair("Plain text", figures(part("text").map((text) => h("pre", null, text ?? words.none)))));
	else fill(".pictures", (chosen.length ? chosen : Object.keys(sizes)).map((size) => {
		const width = sizes[size], scale = Math.min(1, stacked || room < 700 ? room / width : (room / 2 - 24) / width);
		const frames = part("html").map((html, number) => {
			const label = `${number ? name : THIS}, ${width} pixels wide, ${words.schemes[scheme]}`;
			return html === null ? words.none : frame(html, model.images, { width, scheme, styles: !look.styles, pictures: !look.images }, label, { scale, changed: stacked ? [] : changed });
		});
		return pair(`${size}, ${width} px`, stacked ? stack(frames) : figures(frames));
	}));

	function pair(title, children) {
		return h("div", { class: "pair" }, h("h4", null, title), children);
	}

	function figures(nodes) {
		return nodes.map((each, number) => h("figure", null, h("figcaption", null, number ? name : THIS), each));
	}

	// Two frames one over the other, and how much of the upper one is seen.
	function stack([upper, lower]) {
		const show = () => Object.assign(upper.style, look.view === "onion" ? { opacity: range.value / 100 } : { clipPath: `inset(0 ${100 - range.value}% 0 0)` });
		const range = h("input", { type: "range", oninput: () => show() });
		if (card.before || !before) show();
		return [h("label", { class: "range" }, name, range, THIS), h("div", { class: "stack" }, lower, upper)];
	}

	fill(".made", model.slots(card).map(([slot, component]) => {
		const { path, owner, review, hypothesis, findings = [] } = model.components[component] ?? {};
		return h("tr", null,
			h("th", { scope: "row" }, slot, changed.includes(slot) && h("small", null, `not as ${name.toLowerCase()}`)),
			h("td", null, component ?? "nothing", h("small", null, path), h("ul", { class: "findings" }, findings.map((each) => h("li", null, each)))),
			h("td", null, owner, review && h("small", null, `review by ${review}`)),
			h("td", null, hypothesis));
	}));
	fill(".who", model.cells(card).map((each) => h("li", null, each)));

	const needs = model.needs(card), asked = model.asked.get(card.digest);
	fill(".needs", `${needs.filter((each) => model.approved(each)).length} of ${count(needs.length, "subject")} that it needs approved.`);
	fill(".history", [...card.decisions, ...(asked ? [{ ...asked, reviewer: "you, here" }] : [])].map((each) =>
		h("li", null, `${words.verdicts[each.verdict]} by ${each.reviewer}, ${each.time.slice(0, 10)}`, each.slot && ` (${each.slot})`, h("blockquote", null, each.comment))));
	return node;
}

// Words that are gone and words that are new, marked; when `plain`, only what is said now.
export const marked = (changes, plain) => changes.map(([kind, text]) => (plain ? kind !== "-" && text : kind === "=" ? text : h(kind === "-" ? "del" : "ins", null, text)));
