// What the page shows, and what follows from it: variants are joined here from texts, not stored.

import { words } from "dom";
import { titleOf } from "frames";

export class Model {
	constructor(contents, images) {
		Object.assign(this, contents);
		this.images = Object.fromEntries(Object.entries(images.addresses).map(([url, number]) => [url, images.data[number]]));
		this.here = new Set(); // subjects approved in this browser and not handed in
		this.alone = new Set(contents.subjects.alone.map((subject) => contents.subjects.digests[subject])); // what defaults show, which a batch does not approve
		this.asked = new Map(); // requests for changes made here, by card
		this.titles = new Map();
		for (const group of this.groups) group.pairs = new Map(group.subjects.pairs.map(([one, two, subject]) => [`${one}+${two}`, subject]));
		for (const card of this.cards) card.in = this.groups[card.group];
		this.byKey = new Map(this.cards.map((card) => [card.key, card]));
	}

	// What stands in a card's slots now, or stood there `before`: pairs of a slot and a component, null for nothing.
	slots(card, before) {
		const edition = before ? card.in.before : card.in;
		return edition.slots.map((slot, number) => [slot, edition.values[(before ? card.before : card.values)[number]][1]]);
	}

	default(card) {
		return { ...card, values: card.in.default };
	}

	// A part of a variant; in HTML each slot stands between comments that name it. Null where there is no such part.
	part(card, name, before) {
		const edition = before ? card.in.before : card.in;
		const values = before ? card.before : card.values;
		const part = values && edition.parts[name];
		if (!part) return null;
		const called = part.calls.map(([slot, fragments], number) => {
			const found = this.texts[fragments[values[slot]]] ?? "";
			const marked = name === "html" && found.includes("<") ? `<!--slot:${edition.slots[slot]}-->${found}<!--/slot-->` : found;
			return marked + this.texts[part.segments[number + 1]];
		});
		return this.texts[part.segments[0]] + called.join("");
	}

	title(card) {
		if (!this.titles.has(card.key)) this.titles.set(card.key, this.part(card, "subject")?.trim() || titleOf(this.part(card, "html") ?? "") || card.key);
		return this.titles.get(card.key);
	}

	// What a slot says otherwise than the default there, or than `before`: by part.
	difference(card, slot, before) {
		const value = card.values[card.in.slots.indexOf(slot)];
		const [edition, values] = before ? [card.in.before, card.before ?? []] : [card.in, card.in.default];
		return edition.differences[`${values[edition.slots.indexOf(slot)]}>${value}`];
	}

	// The slots that differ from the default, or from before.
	changed(card, before) {
		const other = Object.fromEntries(before ? (card.before ? this.slots(card, true) : []) : this.slots(this.default(card)));
		return this.slots(card).filter(([slot, component]) => other[slot] !== component || (before && this.difference(card, slot, true))).map(([slot]) => slot);
	}

	// The subjects that a card shows, each with the slots that it is about: components, then pairs.
	subjectsOf(card) {
		const { slots, subjects, pairs } = card.in;
		const found = [[], []];
		card.values.forEach((one, first) => {
			if (one in subjects.components) found[0].push([slots[first], subjects.components[one]]);
			card.values.slice(first + 1).forEach((two, after) => {
				const subject = pairs.get(`${one}+${two}`);
				if (subject !== undefined) found[1].push([`${slots[first]}+${slots[first + 1 + after]}`, subject]);
			});
		});
		return found;
	}

	// Every subject that must be approved before a card is cleared.
	needs(card) {
		return [card.in.subjects.layout, ...this.subjectsOf(card).flat().map(([, subject]) => subject)];
	}

	// What a decision about a card names.
	shows(card) {
		const { digests } = this.subjects;
		const [components, pairs] = this.subjectsOf(card).map((found) => Object.fromEntries(found.map(([slots, subject]) => [slots, digests[subject]])));
		return { components, pairs, layout: card.default ? digests[card.in.subjects.layout] : null };
	}

	approved(subject) {
		return this.subjects.status[subject] === "a" || this.here.has(this.subjects.digests[subject]);
	}

	status(card) {
		const verdicts = new Map(card.decisions.map((each) => [each.whose, each.verdict]));
		if (this.asked.has(card.digest) || [...verdicts.values()].includes("changes")) return "changes";
		const left = this.needs(card).filter((subject) => !this.approved(subject));
		if (left.some((subject) => this.subjects.status[subject] === "c")) return "changes";
		return !left.length ? "cleared" : !card.default && left.every((subject) => this.alone.has(this.subjects.digests[subject])) ? "default" : "waiting";
	}

	statusWords(card) {
		return words.status[this.status(card)];
	}

	why(card) {
		return words.why[card.why];
	}

	cells(card) {
		return card.cells.length ? card.cells.map(([segment, stage]) => `${segment ?? "no segment"} · ${stage ?? "no stage"}`) : [card.who];
	}
}
