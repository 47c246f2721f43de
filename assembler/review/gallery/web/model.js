// What the page shows, and what can be worked out from it: parts of variants are joined here, not stored.

import { titleOf } from "gallery/frames.js";

const STATUS = {
  cleared: ["✓", "Approved"],
  changes: ["✎", "Changes asked for"],
  waiting: ["○", "To look at"],
};
const WHY = { default: "The default", cell: "What a segment and stage get", extreme: "Longest or shortest copy", pairs: "Shows pairs", other: "Not in the plan" };

export class Model {
  constructor(contents, images) {
    Object.assign(this, contents);
    this.images = Object.fromEntries(Object.entries(images.addresses).map(([url, number]) => [url, images.data[number]]));
    this.here = new Set(); // subjects approved in this browser and not handed in
    this.asked = new Map(); // cards for which changes were asked here
    this.cards.forEach((card, index) => {
      card.index = index;
      card.in = this.groups[card.group];
    });
    this.byKey = new Map(this.cards.map((card) => [card.key, card]));
    this.titles = new Map();
  }

  // The component in each slot of a card, null for nothing; with `before`, of what stood there before.
  slots(card, before = false) {
    const edition = before ? card.in.before : card.in;
    const values = before ? card.before : card.values;
    return Object.fromEntries(edition.slots.map((slot, number) => [slot, edition.values[values[number]][1]]));
  }

  default(card) {
    return { ...card, values: card.in.default };
  }

  // A part of a variant; in HTML each slot stands between comments that name it. Null where there is no such part.
  part(card, name, before = false) {
    const edition = before ? card.in.before : card.in;
    const values = before ? card.before : card.values;
    const part = edition && values && edition.parts[name];
    if (!part) return null;
    let text = this.texts[part.segments[0]];
    part.calls.forEach(([slot, fragments], number) => {
      const found = this.texts[fragments[values[slot]]] ?? "";
      text += name === "html" && found.includes("<") ? `<!--slot:${edition.slots[slot]}-->${found}<!--/slot-->` : found;
      text += this.texts[part.segments[number + 1]];
    });
    return text;
  }

  title(card) {
    if (!this.titles.has(card)) this.titles.set(card, this.part(card, "subject")?.trim() || titleOf(this.part(card, "html") ?? "") || card.key);
    return this.titles.get(card);
  }

  // The slots in which a card is not like the default, or not like it was before.
  changed(card, before = false) {
    const slots = this.slots(card);
    const others = before ? card.before && this.slots(card, true) : this.slots(this.default(card));
    return Object.keys(slots).filter((slot) => !others || slots[slot] !== others[slot] || (before && this.difference(card, slot, true)));
  }

  // What a slot says otherwise than the default there, or than before: by part.
  difference(card, slot, before = false) {
    const value = card.values[card.in.slots.indexOf(slot)];
    if (!before) return card.in.differences[`${card.in.default[card.in.slots.indexOf(slot)]}>${value}`];
    const old = card.before?.[card.in.before.slots.indexOf(slot)];
    return card.in.before?.differences[`${old}>${value}`];
  }

  pairs(card) {
    card.in.pairOf ??= new Map(card.in.subjects.pairs.map(([one, two, subject]) => [`${one}+${two}`, subject]));
    const found = [];
    card.values.forEach((one, first) => {
      card.values.slice(first + 1).forEach((two, second) => {
        const subject = card.in.pairOf.get(`${one}+${two}`);
        if (subject !== undefined) found.push([`${card.in.slots[first]}+${card.in.slots[first + 1 + second]}`, subject]);
      });
    });
    return found;
  }

  // Every subject that must be approved before a card is cleared.
  needs(card) {
    const { layout, components } = card.in.subjects;
    return [layout, ...card.values.map((value) => components[value]).filter((each) => each !== undefined), ...this.pairs(card).map(([, subject]) => subject)];
  }

  shows(card) {
    const { layout, components } = card.in.subjects;
    const digest = (subject) => this.subjects.digests[subject];
    const filled = card.values.map((value, number) => [card.in.slots[number], components[value]]).filter(([, subject]) => subject !== undefined);
    return {
      components: Object.fromEntries(filled.map(([slot, subject]) => [slot, digest(subject)])),
      pairs: Object.fromEntries(this.pairs(card).map(([slots, subject]) => [slots, digest(subject)])),
      layout: card.default ? digest(layout) : null,
    };
  }

  approved(subject) {
    return this.subjects.status[subject] === "a" || this.here.has(subject);
  }

  status(card) {
    const needs = this.needs(card);
    if (this.asked.has(card.digest) || requested(card)) return "changes";
    if (needs.every((subject) => this.approved(subject))) return "cleared";
    return needs.some((subject) => this.subjects.status[subject] === "c" && !this.here.has(subject)) ? "changes" : "waiting";
  }

  statusWords(card) {
    return STATUS[this.status(card)];
  }

  progress() {
    let all = 0, cleared = 0;
    for (const group of this.groups) {
      all += group.subjects.pairs.length;
      for (const [, , subject] of group.subjects.pairs) cleared += this.approved(subject);
    }
    return { all, cleared };
  }

  why(card) {
    return WHY[card.why];
  }

  cells(card) {
    const named = card.cells.map(([segment, stage]) => [segment ?? "no segment", stage ?? "no stage"].join(" · "));
    return named.length ? named : [card.who];
  }
}

// Whether the last that somebody said of exactly this card is that it must change.
function requested(card) {
  const last = new Map();
  for (const each of card.decisions) last.set(each.whose, each.verdict);
  return [...last.values()].includes("changes");
}
