// What the reader decided: handed in at once where the page is served, else kept in this browser until downloaded.

export class Decisions extends EventTarget {
  constructor(model, session) {
    super();
    this.session = session;
    this.place = `assembler review: ${model.name}`;
    this.kept = read(this.place, { decisions: [], opened: [], role: "" });
    this.use(model);
  }

  // Decisions are about content: those about a variant that has changed since stay in the file, and count no more.
  use(model) {
    this.model = model;
    this.opened = new Set(this.kept.opened);
    this.count();
  }

  get waiting() {
    const current = new Set(this.model.cards.map((card) => card.digest));
    return this.kept.decisions.filter((each) => current.has(each.subject));
  }

  open(card) {
    if (this.opened.has(card.digest)) return;
    this.opened.add(card.digest);
    this.kept.opened = [...this.opened];
    this.keep();
  }

  async decide(cards, verdict, about = {}, shown = { how: "single" }) {
    const time = new Date().toISOString();
    return this.hand(cards.map((card) => this.record(card, verdict, { ...about, shown, time })));
  }

  // Take back the last decision about a card that was made here. Says whether there was one.
  async undo(card) {
    if (this.session) return this.decide([card], "withdraw");
    const last = this.kept.decisions.findLast((each) => each.subject === card.digest);
    if (!last) return false;
    this.kept.decisions.splice(this.kept.decisions.lastIndexOf(last), 1);
    this.keep();
    this.count();
    return true;
  }

  record(card, verdict, about) {
    const { campaign, channel, layout, locale } = card.in;
    const role = this.kept.role ? { role: this.kept.role } : {};
    return { schema: 1, subject: card.digest, campaign, channel, layout, locale, slots: this.model.slots(card), shows: this.model.shows(card), verdict, reviewer: "", ...role, ...about, tool: this.model.tool };
  }

  async hand(decisions) {
    if (!this.session) {
      this.kept.decisions.push(...decisions);
      this.keep();
      this.count();
      return true;
    }
    const headers = { "Content-Type": "application/json", "X-Assembler-Token": this.session.token };
    const answer = await fetch("decisions", { method: "POST", headers, body: JSON.stringify({ schema: 1, decisions }) }).catch(() => null);
    const found = answer?.headers.get("Content-Type") === "application/json" ? await answer.json() : { problem: "The server does not answer. Is it still running?" };
    if (found.subjects) this.model.subjects = found.subjects;
    for (const card of this.model.cards) if (found.decisions?.[card.digest]) card.decisions = found.decisions[card.digest];
    const problem = found.problem ?? found.refused?.map((each) => each.reason).join("; ");
    this.count();
    if (problem) this.dispatchEvent(new CustomEvent("refused", { detail: problem }));
    return !problem;
  }

  // What is decided here and not handed in counts as approved, but for defaults in a batch: somebody must look at those.
  count() {
    const { model } = this;
    const numbers = new Map(model.subjects.digests.map((digest, number) => [digest, number]));
    const alone = new Set(model.subjects.alone);
    model.here = new Set();
    model.asked = new Map();
    for (const each of this.session ? [] : this.waiting) {
      const { components, pairs, layout } = each.shows;
      if (each.verdict === "changes") model.asked.set(each.subject, each);
      else {
        model.asked.delete(each.subject);
        const subjects = [...Object.values(components), ...Object.values(pairs), layout].filter(Boolean).map((digest) => numbers.get(digest));
        for (const subject of subjects) if (each.shown.how !== "batch" || !alone.has(subject)) model.here.add(subject);
      }
    }
    this.dispatchEvent(new Event("change"));
  }

  file() {
    return JSON.stringify({ schema: 1, decisions: this.waiting }, null, 1) + "\n";
  }

  role(role) {
    this.kept.role = role;
    for (const each of this.kept.decisions) if (role) each.role = role;
    this.keep();
  }

  forget() {
    this.kept.decisions = [];
    this.keep();
    this.count();
  }

  keep() {
    try {
      localStorage.setItem(this.place, JSON.stringify(this.kept));
    } catch {
      this.dispatchEvent(new CustomEvent("refused", { detail: "This browser keeps nothing: download your decisions before you leave." }));
    }
  }
}

function read(place, otherwise) {
  try {
    return { ...otherwise, ...JSON.parse(localStorage.getItem(place)) };
  } catch {
    return otherwise;
  }
}
