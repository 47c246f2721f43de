// What the page shows, and what follows from it: variants are joined here from texts, not stored.

import { words } from "dom";
import { MARK } from "frames";

export class Model {
	constructor(contents, images) {
		Object.assign(this, contents, { images });
		this.here = new Set(); // subjects approved in this browser and not handed in
		this.alone = new Set(contents.subjects.alone); // what defaults show, which a batch does not approve
		this.asked = new Map(); // requests for changes made here, by card
		this.index();
	}

	// Take the rest of a page, of which there was no more than the first view.
	add({ groups, cards, texts, digests }) {
		groups.forEach((group, number) => Object.assign(this.groups[number], group));
		Object.assign(this, { cards: this.cards.concat(cards), texts: this.texts.concat(texts), digests });
		this.index();
	}

	index() {
		for (const card of this.cards) {
			card.in = this.groups[card.group];
			if (card.default) card.in.card = card;
		}
		this.byKey = new Map(this.cards.map((card) => [card.key, card]));
		this.looks = this.cards.filter((card) => card.why !== "other");
	}

	// The campaign, channel and locale that are nearest to those that are wanted.
	group({ campaign, channel, locale }) {
		const rank = (group) => (group.campaign === campaign) * 4 + (group.channel === channel) * 2 + (group.locale === locale);
		return this.groups.reduce((best, group) => (rank(group) > rank(best) ? group : best));
	}

	// What stands in a card's slots: pairs of a slot and a component, null for nothing.
	slots(card) {
		return card.in.slots.map((slot, number) => [slot, card.in.values[card.values[number]][1]]);
	}

	// A part of a variant; in HTML each slot stands between comments that name it. Null where there is no such part.
	part(card, name, before) {
		const [edition, values] = before ? [card.in.before, card.before] : [card.in, card.values];
		const part = values && edition.parts[name];
		if (!part) return null;
		const called = part.calls.map(([slot, fragments], number) => {
			const text = this.texts[fragments[values[slot]]] ?? "";
			const marked = name === "html" && text.includes("<") ? `<!--${MARK}${edition.slots[slot]}-->${text}<!--${MARK}-->` : text;
			return marked + this.texts[part.segments[number + 1]];
		});
		return this.texts[part.segments[0]] + called.join("");
	}

	// What a message without a picture says, part by part.
	message(card, before) {
		return Object.keys((before ? card.in.before : card.in).parts).map((name) => {
			const text = this.part(card, name, before);
			return name === "json" ? JSON.stringify(JSON.parse(text), null, 1) : text;
		});
	}

	// What a slot says otherwise than the default there, or than `before`: by part.
	difference(card, slot, before) {
		const value = card.values[card.in.slots.indexOf(slot)];
		const [edition, values] = before ? [card.in.before, card.before ?? []] : [card.in, card.in.card.values];
		return edition.differences[`${values[edition.slots.indexOf(slot)]}>${value}`];
	}

	// The slots in which something else is to be seen or read than in the default, or before.
	changed(card, before) {
		return before ? (card.changed_since ?? card.in.slots) : card.changed;
	}

	// Take each subject that a card shows, with the two slots that it is about; a component has one of them twice.
	subjectsOf({ values, in: group }, take) {
		const { values: { length }, subjects: { components, pairs } } = group;
		group.pairs ??= new Map([...Object.keys(components).map((one) => [+one, +one, components[one]]), ...pairs].map(([one, two, subject]) => [one * length + two, subject]));
		values.forEach((one, first) => values.forEach((two, second) => {
			const subject = group.pairs.get(one * length + two);
			if (subject !== undefined) take(subject, first, second);
		}));
	}

	// Every subject that must be approved before a card is.
	needs(card) {
		if (card.needs) return card.needs;
		const needs = [card.in.subjects.layout];
		this.subjectsOf(card, (subject) => needs.push(subject));
		return (card.needs = needs);
	}

	// What a decision about a card names.
	shows(card) {
		const { digests } = this, { slots, subjects } = card.in, components = {}, pairs = {};
		this.subjectsOf(card, (subject, one, two) => {
			if (one === two) components[slots[one]] = digests[subject];
			else pairs[`${slots[one]}+${slots[two]}`] = digests[subject];
		});
		return { components, pairs, layout: card.default ? digests[subjects.layout] : null };
	}

	approved(subject) {
		return this.subjects.status[subject] === "a" || this.here.has(subject);
	}

	// What is asked of a card and not withdrawn.
	requests(card) {
		const last = new Map(card.decisions.map((decision) => [decision.whose, decision])), mine = this.asked.get(card.digest);
		return [...last.values(), ...(mine ? [{ ...mine, reviewer: words.you }] : [])].filter(({ verdict }) => verdict === "changes");
	}

	// Whoever approves what a default shows approves it with the default alone, so other cards need not wait for that.
	status(card) {
		const { status } = this.subjects, left = this.needs(card).filter((subject) => !this.approved(subject) && (card.default || !this.alone.has(subject)));
		if (left.some((subject) => status[subject] === "c") || this.requests(card).length) return "changes";
		return left.length ? "look" : "approved";
	}

	// Whether the default of a card is still to be approved.
	waits(card) {
		return !card.default && this.status(card.in.card) !== "approved";
	}

	// What a reader should know of a card before opening it: its status, then what runs out, then findings.
	marks(card) {
		const status = this.status(card), expired = this.needs(card).some((subject) => this.subjects.status[subject] === "e");
		return [words.status[status], status === "approved" ? this.waits(card) && words.waits : expired && words.expired, ...card.notes].filter(Boolean);
	}
}
