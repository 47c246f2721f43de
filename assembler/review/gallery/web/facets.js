// What is listed: facets, each of which says what values a card has, and a search over words and names.

import { address } from "address";
import { h, words } from "dom";

const components = (card, model) => model.slots(card).map(([, component]) => component);
const FACETS = {
	show: (card) => [card.status === "new" && "to look at", card.why !== "other" && "the whole plan"],
	status: (card, model) => [model.statusWords(card)],
	campaign: (card) => [card.in.campaign],
	channel: (card) => [card.in.channel],
	locale: (card) => [card.in.locale],
	segment: (card) => card.cells.map(([segment]) => segment ?? "none"),
	stage: (card) => card.cells.map(([, stage]) => stage ?? "none"),
	slot: (card, model) => model.changed(card),
	component: components,
	owner: (card, model) => components(card, model).map((each) => model.components[each]?.owner),
	cause: (card, model) => (card.causes ?? []).map((number) => model.causes[number].title),
};

const text = (card, model) => (card.text ??= [model.part(card, "subject"), card.key, ...components(card, model), ...card.cells.flat()].join(" ").toLowerCase());

export function matching(model) {
	const wanted = address.all();
	const facets = Object.entries(FACETS).filter(([name]) => wanted[name]);
	const sought = (wanted.q ?? "").toLowerCase().split(/\s+/);
	return model.cards.filter((card) => facets.every(([name, of]) => of(card, model).includes(wanted[name])) && sought.every((word) => text(card, model).includes(word)));
}

export function facetForm(model) {
	const now = address.all();
	const controls = Object.entries(FACETS).map(([name, of]) => {
		const values = {};
		for (const card of model.cards) for (const value of new Set(of(card, model))) if (value) values[value] = (values[value] ?? 0) + 1;
		if (Object.keys(values).length < 2 && !now[name]) return null;
		const options = Object.keys(values).sort().map((value) => new Option(`${value} (${values[value].toLocaleString("en")})`, value, false, value === now[name]));
		const select = h("select", { name, onchange: () => address.set({ [name]: select.value }) }, new Option("any", ""), options);
		return h("label", null, words.facets[name], select);
	});
	const search = h("input", { type: "search", value: now.q ?? "", oninput: () => address.set({ q: search.value }) });
	const clear = h("button", { type: "button", onclick: address.clear }, "Clear all");
	return h("form", { class: "facets", role: "search", "aria-label": "Filter", onsubmit: (event) => event.preventDefault() }, h("label", null, "Search", search), controls, clear);
}
