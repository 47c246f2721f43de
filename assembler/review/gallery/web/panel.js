// Beside the picture: what differs in words, why somebody gets it, what it is made of, and what was decided.

import { cloned, h, spoken, words } from "dom";
import { linksOf } from "frames";

export function panel(model, card, look, comment) {
	const node = cloned("parts"), before = look.against === "before" && Boolean(card.in.before), name = before ? words.before : words.default;
	const changed = model.changed(card, before), fill = (place, ...children) => node.querySelector(place).append(...children.flat());
	const said = changed.map((slot) => [slot, model.difference(card, slot, before) ?? {}]);
	if (before && card.before) said.push([words.layout, card.in.before.layout]);
	fill(".differs h3", `What differs from ${name.toLowerCase()}`);
	node.querySelector(".differs").hidden = card.default && !before;
	for (const [slot, parts] of said) if (Object.keys(parts).length || changed.includes(slot)) {
		const told = Object.entries(words.parts).filter(([part]) => parts[part]), quote = (text) => comment({ slot: slot === words.layout ? "" : slot, quote: text });
		const rows = told.map(([part, label]) => {
			const changes = parts[part], text = h("p", { class: changes.some(([kind]) => kind === "=") ? "said" : "said other", onclick: () => quote(String(getSelection()).trim() || changes.filter(([kind]) => kind !== "-").map(([, piece]) => piece).join("").trim().slice(0, 200)) }, marked(changes, look.words));
			return ["text", "links"].includes(part) && told.length > 1 ? h("details", h("summary", label), text) : h("div", told.length > 1 && h("small", label), text);
		});
		fill(".differs", h("section", h("h4", spoken(slot), card.in.slots.includes(slot) && h("button", { class: "plain", ariaLabel: `Comment on the ${spoken(slot)}`, onclick: () => quote("") }, "✎")), rows.length ? rows : h("p", words.picture)));
	}
	if (!node.querySelector("h4")) fill(".differs", h("p", before && !card.before ? words.nothing : words.same));

	fill(".who", card.audience.map((line) => h("li", line)));
	fill(".why", words.why[card.why]);
	const asked = model.requests(card);
	fill(".history", [...new Set([...card.decisions, ...asked])].map((decision) =>
		h("li", asked.includes(decision) && h("span", { class: "number" }, asked.indexOf(decision) + 1), `${words.verdicts[decision.verdict]} by ${decision.reviewer}, ${decision.time.slice(0, 10)}`, decision.slot && `, about the ${spoken(decision.slot)}`, decision.quote && h("q", decision.quote), h("blockquote", decision.comment))));
	if (!node.querySelector(".history").firstChild) fill(".history", h("li", words.undecided));
	fill(".made", model.slots(card).map(([slot, component]) => {
		const { about, hypothesis, findings = [] } = model.components[component] ?? {};
		return [h("dt", spoken(slot)), h("dd", component ?? "nothing", h("small", about), h("small", hypothesis), findings.map((finding) => h("p", `⚠ ${finding}`)))];
	}));
	const links = linksOf(model.part(card, "html") ?? ""), text = model.part(card, "text");
	fill(".links", links.map(([label, href]) => h("li", label || words.image, h("small", href))));
	fill(".text", text ?? "");
	for (const place of [".links", ".text"]) node.querySelector(place).parentNode.hidden = !node.querySelector(place).textContent;
	fill(".files", Object.entries(model.pictures?.[card.key] ?? {}).map(([label, href]) => h("li", h("a", { href, target: "_blank" }, label))));
	return node;
}

// Words that are gone and words that are new, marked; when `plain`, only what is said now.
export const marked = (changes, plain) => changes.map(([kind, text]) => (plain ? kind !== "-" && text : kind === "=" ? text : h(kind === "-" ? "del" : "ins", null, text)));
