// What is listed: facets, each of which asks a card for the values it has, and a search over words and names.

import { address } from "gallery/address.js";
import { element } from "gallery/dom.js";

const FACETS = {
  show: { label: "Show", of: (card) => [card.status === "new" ? "to look at" : "", card.why !== "other" ? "the whole plan" : ""] },
  status: { label: "Status", of: (card, model) => [model.statusWords(card)[1].toLowerCase()] },
  campaign: { label: "Campaign", of: (card) => [card.in.campaign] },
  channel: { label: "Channel", of: (card) => [card.in.channel] },
  locale: { label: "Locale", of: (card) => [card.in.locale] },
  segment: { label: "Segment", of: (card) => card.cells.map(([segment]) => segment ?? "no segment") },
  stage: { label: "Stage", of: (card) => card.cells.map(([, stage]) => stage ?? "no stage") },
  slot: { label: "Slot that differs", of: (card, model) => model.changed(card) },
  component: { label: "Component", of: (card, model) => Object.values(model.slots(card)) },
  owner: { label: "Owner", of: (card, model) => Object.values(model.slots(card)).map((each) => model.components[each]?.owner) },
  cause: { label: "Cause of change", of: (card, model) => (card.causes ?? []).map((number) => model.causes[number].title) },
};

const text = (card, model) => (card.text ??= [model.part(card, "subject"), card.key, ...Object.values(model.slots(card)), ...card.cells.flat()].join(" ").toLowerCase());

export function matching(model) {
  const wanted = address.all();
  const facets = Object.entries(FACETS).filter(([name]) => wanted[name]);
  const words = (wanted.q ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  return model.cards.filter((card) => facets.every(([name, facet]) => facet.of(card, model).includes(wanted[name])) && words.every((word) => text(card, model).includes(word)));
}

export function facetForm(model) {
  const now = address.all();
  const controls = Object.entries(FACETS).map(([name, facet]) => {
    const values = new Map();
    for (const card of model.cards) for (const value of new Set(facet.of(card, model))) if (value) values.set(value, (values.get(value) ?? 0) + 1);
    if (values.size < 2 && !now[name]) return null;
    const options = [...values].sort(([one], [two]) => one.localeCompare(two)).map(([value, number]) => element("option", { value, selected: value === now[name] }, `${value} (${number.toLocaleString("en")})`));
    const select = element("select", { name, onchange: () => address.set({ [name]: select.value }) }, element("option", { value: "" }, name === "show" ? "every variant" : "any"), options);
    return element("label", {}, facet.label, select);
  });
  const search = element("input", { type: "search", name: "q", value: now.q ?? "", "aria-keyshortcuts": "/", placeholder: "Subject, component, segment …", oninput: () => address.set({ q: search.value }) });
  const clear = element("button", { type: "button", onclick: () => address.set(Object.fromEntries(Object.keys(address.all()).map((key) => [key, ""]))) }, "Clear all");
  return element("form", { class: "facets", role: "search", "aria-label": "Filter", onsubmit: (event) => event.preventDefault() }, element("label", {}, "Search", search), controls, clear);
}
