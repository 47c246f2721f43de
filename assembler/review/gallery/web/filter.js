// What is listed: a search over words and names, and facets, each of which says what values a card has.

import { address } from "address";
import { h, language, spoken, words } from "dom";

const components = (card, model) => model.slots(card).map(([, component]) => component);
const FACETS = {
	show: (card) => [card.status === "new" && "to look at", card.why !== "other" && "the whole plan"],
	status: (card, model) => [words.status[model.status(card)]],
	campaign: (card) => [card.in.campaign],
	channel: (card) => [card.in.channel],
	locale: (card) => [card.in.locale],
	segment: (card) => card.cells.map(([segment]) => segment ?? "none"),
	stage: (card) => card.cells.map(([, stage]) => stage ?? "none"),
	slot: (card, model) => model.changed(card),
	component: components,
	owner: (card, model) => components(card, model).map((component) => model.components[component]?.owner),
	cause: (card, model) => (card.causes ?? []).map((number) => model.causes[number].title),
};
export const PLACE = { campaign: spoken, channel: spoken, locale: language };

const SPOKEN = { ...PLACE, segment: spoken, stage: spoken, slot: spoken };
const label = (name, value) => (value === "none" && words.none[name]) || (SPOKEN[name]?.(value) ?? value);
const text = (card, model) => (card.text ??= [card.title, card.key, language(card.in.locale), ...components(card, model), ...card.cells.flat()].join(" ").toLowerCase().replaceAll("_", " "));

export const filtered = () => Object.entries(address.all()).some(([name, value]) => value && (name === "q" || (name in FACETS && !(name in PLACE))));

export function matching(model) {
	const wanted = address.all(), facets = Object.entries(FACETS).filter(([name]) => wanted[name]);
	const sought = (wanted.q ?? "").toLowerCase().replaceAll("_", " ").split(/\s+/);
	return model.cards.filter((card) => facets.every(([name, of]) => of(card, model).includes(wanted[name])) && sought.every((word) => text(card, model).includes(word)));
}

// The cards in groups, each with a title; in one without where nothing is grouped.
export function grouped(cards, model) {
	const by = address.all().group, groups = new Map();
	if (!Object.hasOwn(FACETS, by)) return [["", cards]];
	for (const card of cards) for (const value of new Set(FACETS[by](card, model))) if (value) groups.has(value) ? groups.get(value).push(card) : groups.set(value, [card]);
	return [...groups].sort(([one], [two]) => (one < two ? -1 : 1)).map(([value, all]) => [label(by, value), all]);
}

// What is set, as words that can be taken away.
export function chips() {
	const now = address.all(), set = Object.keys(FACETS).filter((name) => now[name]);
	return [
		...set.map((name) => h("button", { type: "button", class: "chip", onclick: () => address.set({ [name]: "" }) }, `${words.facets[name]}: ${label(name, now[name])} ×`)),
		set.length > 1 && h("button", { type: "button", class: "plain", onclick: () => address.set(Object.fromEntries(set.map((name) => [name, ""]))) }, "Clear all"),
	];
}

// The rest of the filter, which opens on demand.
export function selects(model) {
	const now = address.all();
	return Object.entries(FACETS).map(([name, of]) => {
		const values = { __proto__: null };
		for (const card of model.cards) for (const value of new Set(of(card, model))) if (value) values[value] = (values[value] ?? 0) + 1;
		const options = Object.keys(values).sort().map((value) => new Option(`${label(name, value)} (${values[value]})`, value, false, value === now[name]));
		const select = h("select", { name, onchange: () => address.set({ [name]: select.value }) }, new Option("any", ""), options);
		return (options.length > 1 || now[name]) && h("label", words.facets[name], select);
	});
}
