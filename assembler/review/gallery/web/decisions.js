// What the reader decided: handed in at once where the page is served, else kept in this browser until downloaded.

import { words } from "dom";

export class Decisions extends EventTarget {
	constructor(model, session, renew) {
		super();
		Object.assign(this, { model, session, renew, place: `assembler review: ${model.name}`, kept: { decisions: [], opened: {} } });
		this.load();
		addEventListener("storage", () => this.count(this.load()));
	}

	// What is kept in this browser, other tabs' too; what cannot be read is not there.
	load() {
		try {
			const { decisions, opened } = JSON.parse(localStorage.getItem(this.place));
			this.kept = { decisions: decisions.filter((each) => each?.shows?.pairs && each.shown), opened: { ...opened } };
		} catch {}
	}

	// Change what is kept. Says what is wrong, or nothing.
	keep(change) {
		this.load();
		change(this.kept);
		try {
			localStorage.setItem(this.place, JSON.stringify(this.kept));
		} catch {
			return words.unsaved;
		}
	}

	// Those about variants as they are now: what has changed since must be looked at again.
	get current() {
		const digests = new Set(this.model.cards.map((card) => card.digest));
		return this.kept.decisions.filter((each) => digests.has(each.subject));
	}

	// Decide about cards. Says what is wrong, or nothing.
	async decide(cards, verdict, about, shown = { how: "single" }) {
		const { model } = this, time = new Date().toISOString();
		const decisions = cards.map((card) => {
			const { campaign, channel, layout, locale } = card.in;
			const what = { subject: card.digest, campaign, channel, layout, locale, slots: Object.fromEntries(model.slots(card)), shows: model.shows(card) };
			return { schema: 1, ...what, verdict, ...about, reviewer: "", time, shown, tool: model.tool };
		});
		if (!this.session) return this.count(this.keep((kept) => kept.decisions.push(...decisions)));
		const headers = { "Content-Type": "application/json", "X-Assembler-Token": this.session.token };
		const answer = await fetch(`decisions?after=${this.session.revision}`, { method: "POST", headers, body: this.file(decisions) }).then((found) => found.json()).catch(() => ({ problem: words.silent }));
		if (answer.revision) this.renew(answer);
		return answer.problem ?? answer.refused.map((each) => each.reason).join("; ");
	}

	// Take back the last decision about a card.
	async undo(card) {
		if (this.session) return this.decide([card], "withdraw");
		this.load();
		const last = this.kept.decisions.findLastIndex((each) => each.subject === card.digest);
		return last < 0 ? words.undecided : this.count(this.keep((kept) => kept.decisions.splice(last, 1)));
	}

	// What is decided here and not handed in counts as approved, but for defaults in a batch: somebody must look at those.
	count(problem) {
		const { here, asked, alone } = this.model;
		here.clear();
		asked.clear();
		for (const each of this.session ? [] : this.current) {
			if (each.verdict === "changes") asked.set(each.subject, each);
			else {
				asked.delete(each.subject);
				const { components, pairs, layout } = each.shows;
				for (const digest of [...Object.values(components), ...Object.values(pairs), layout]) if (each.shown.how !== "batch" || !alone.has(digest)) here.add(digest);
			}
		}
		this.dispatchEvent(new Event("change"));
		return problem;
	}

	file(decisions) {
		return JSON.stringify({ schema: 1, decisions }, null, 1);
	}
}
