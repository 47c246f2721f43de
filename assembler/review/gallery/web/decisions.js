// What the reader decided: handed in at once where the page is served, else kept in this browser until downloaded.

import { words } from "dom";

const PORTION = 200; // so many decisions are sent at once

export class Decisions {
	constructor(model, session, renew) {
		Object.assign(this, { model, session, renew, place: `assembler review: ${model.name}`, kept: { decisions: [], opened: {} }, unsaved: [] });
		this.load();
		addEventListener("storage", () => this.count(this.load()));
	}

	// What is kept in this browser, other tabs' too, and what could not be; what cannot be read is not there.
	load() {
		try {
			const { decisions, opened } = JSON.parse(localStorage.getItem(this.place)), left = this.unsaved.filter(({ time, subject }) => !decisions.some((kept) => kept.time === time && kept.subject === subject));
			this.kept = { decisions: [...decisions.filter((decision) => decision?.shows?.pairs && decision.shows.components && decision.shown), ...left], opened: { ...opened } };
		} catch {}
	}

	// Change what is kept. Says what is wrong, or nothing.
	keep(change) {
		this.load();
		change(this.kept);
		try {
			localStorage.setItem(this.place, JSON.stringify(this.kept));
			this.unsaved = [];
		} catch {
			this.unsaved = this.kept.decisions;
			return words.unsaved;
		}
	}

	// Those about variants as they are now: what has changed since must be looked at again.
	get current() {
		const { decisions } = this.kept, digests = new Set(decisions.length && this.model.digests ? this.model.cards.map((card) => card.digest) : []);
		return decisions.filter(({ subject }) => digests.has(subject));
	}

	// Decide about cards. Says what is wrong, or nothing.
	async decide(cards, verdict, about, shown = { how: "single" }) {
		await this.loaded;
		const { model } = this, time = new Date().toISOString();
		const decisions = cards.map((card) => {
			const { campaign, channel, layout, locale } = card.in;
			return { schema: 1, subject: card.digest, campaign, channel, layout, locale, slots: Object.fromEntries(model.slots(card)), shows: model.shows(card), verdict, ...about, reviewer: "", time, shown, tool: model.tool };
		});
		if (!this.session) return this.count(this.keep((kept) => kept.decisions.push(...decisions)));
		const problems = [];
		while (decisions.length) problems.push(await this.send(decisions.splice(0, PORTION)));
		return problems.filter(Boolean).join("; ");
	}

	// Hand in decisions where the page is served. Says what is wrong, or nothing.
	async send(decisions) {
		const headers = { "Content-Type": "application/json", "X-Assembler-Token": this.session.token };
		const answer = await fetch(`decisions?after=${this.session.revision}`, { method: "POST", headers, body: this.file(decisions) }).then((response) => response.json()).catch(() => ({ problem: words.silent }));
		if (answer.revision) this.renew(answer);
		return answer.problem ?? answer.refused.map(({ reason }) => reason).join("; ");
	}

	// Take back the last decision about a card.
	async undo(card) {
		if (this.session) return this.decide([card], "withdraw");
		this.load();
		const last = this.kept.decisions.findLastIndex(({ subject }) => subject === card.digest);
		return last < 0 ? words.yours : this.count(this.keep((kept) => kept.decisions.splice(last, 1)));
	}

	// What is decided here and not handed in counts as approved, but for defaults in a batch: somebody must look at those.
	count(problem) {
		const { here, asked, alone } = this.model, current = this.session ? [] : this.current;
		const subjects = new Map(current.length ? this.model.digests.map((digest, subject) => [digest, subject]) : []);
		here.clear();
		asked.clear();
		for (const decision of current) {
			const { subject, verdict, shows: { components, pairs, layout }, shown } = decision;
			asked.delete(subject);
			if (verdict === "changes") asked.set(subject, decision);
			for (const digest of [...Object.values(components), ...Object.values(pairs), layout]) {
				const one = subjects.get(digest);
				if (verdict === "changes") here.delete(one);
				else if (shown.how !== "batch" || !alone.has(one)) here.add(one);
			}
		}
		this.onchange();
		return problem;
	}

	file(decisions) {
		return JSON.stringify({ schema: 1, decisions }, null, 1);
	}
}
