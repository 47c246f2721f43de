// One variant, beside the default or what stood there before: words first, then pictures.

import { address } from "gallery/address.js";
import { count, element } from "gallery/dom.js";
import { SCHEMES, frame } from "gallery/frames.js";

const PARTS = { subject: "Subject", preheader: "Preheader", body: "Words", links: "Links", text: "Plain text" };
const WIDE = { email: 600, web: 1200, none: 600 };

export function detail(model, card) {
  const look = address.all();
  const before = look.against === "before" && Boolean(card.in.before);
  const other = before ? card : model.default(card);
  const changed = model.changed(card, before);
  const name = before ? "Before" : "The default";
  return element("article", { class: "detail" },
    words(model, card, changed, before, look, name),
    pictures(model, card, other, changed, before, look, name),
    made(model, card, changed, name),
    element("section", {}, element("h3", {}, "Who gets it"), element("ul", { class: "cells" }, model.cells(card).map((each) => element("li", {}, each)))),
    history(model, card));
}

function words(model, card, changed, before, look, name) {
  const slots = changed.map((slot) => [slot, model.difference(card, slot, before)]).filter(([, found]) => found);
  if (before && card.in.before.layout) slots.push(["the layout", card.in.before.layout]);
  const rows = Object.entries(PARTS).flatMap(([part, label]) => slots.filter(([, found]) => found[part]).map(([slot, found]) =>
    element("tr", {}, element("th", { scope: "row" }, label, element("small", {}, slot)), element("td", {}, said(found[part], look.words === "plain")))));
  const none = card.default && !before ? "This is the default." : before && !card.before ? "There was nothing like it before." : "It says the same.";
  const body = rows.length ? element("table", {}, element("tbody", {}, rows)) : element("p", {}, none);
  return element("section", {}, element("h3", {}, `Words, against ${name.toLowerCase()}`), body);
}

// Words that are gone and new ones: marked, or with `plain` only what is said now.
const said = (changes, plain) => element("p", { class: "said" }, changes.filter(([kind]) => !plain || kind !== "-").map(([kind, text]) =>
  kind === "=" || plain ? text : element(kind === "-" ? "del" : "ins", {}, text)));

function pictures(model, card, other, changed, before, look, name) {
  const html = [model.part(card, "html"), model.part(other, "html", before)];
  const scheme = SCHEMES[look.scheme] ? look.scheme : "light";
  const options = { scheme, styles: look.styles !== "off", pictures: look.images !== "off", changed };
  const wide = WIDE[card.in.envelope];
  const widths = look.width === "mobile" ? [375] : look.width === "desktop" ? [wide] : [375, wide];
  const room = Math.max(280, document.documentElement.clientWidth - 48);
  const figures = html[0] === null || look.view === "text" ? texts(model, card, other, before, name) : widths.map((width) => {
    const stacked = look.view === "onion" || look.view === "slider";
    const scale = Math.min(1, stacked || room < 700 ? room / width : (room / 2 - 24) / width);
    const live = (text, label, marked) => text === null ? element("p", {}, "Nothing.") : frame(text, model.images, { ...options, width, changed: marked ? changed : [] }, { label: `${label}, ${width} pixels wide, ${SCHEMES[scheme]}`, tall: true, scale });
    const pair = [live(html[0], "This variant", true), live(html[1], name, !stacked)];
    return element("div", { class: "pair" }, element("h4", {}, `${width === 375 ? "Mobile" : "Desktop"}, ${width} px`), stacked ? stack(pair, look.view, name) : ["This variant", name].map((label, number) => element("figure", {}, element("figcaption", {}, label), pair[number])));
  });
  const shots = ["mobile-light", "mobile-dark", "desktop-light", "desktop-dark"].filter((shot) => model.pictures?.[card.key]?.[shot]);
  const files = shots.map((shot) => element("li", {}, element("a", { href: model.pictures[card.key][shot], target: "_blank" }, shot.replace("-", ", "))));
  return element("section", {}, element("h3", {}, `Pictures: ${SCHEMES[scheme].toLowerCase()}${options.styles ? "" : ", without styles"}${options.pictures ? "" : ", images off"}`), files.length > 0 && element("ul", { class: "cells" }, files), figures);
}

const texts = (model, card, other, before, name) => element("div", { class: "pair" }, [[card, "This variant", false], [other, name, before]].map(([each, label, old]) =>
  element("figure", {}, element("figcaption", {}, label), element("pre", {}, model.part(each, "text", old) ?? "There is no plain text."))));

// Two frames one over the other, and how much of the upper one is seen.
function stack([upper, lower], view, name) {
  const show = (share) => Object.assign(upper.style, view === "onion" ? { opacity: share / 100 } : { clipPath: `inset(0 ${100 - share}% 0 0)` });
  const range = element("input", { type: "range", min: 0, max: 100, value: 50, oninput: () => show(range.value) });
  show(50);
  return [element("label", { class: "range" }, name, range, "This variant"), element("div", { class: "stack" }, lower, upper)];
}

function made(model, card, changed, name) {
  const slots = Object.entries(model.slots(card));
  const rows = slots.map(([slot, component]) => {
    const about = model.components[component] ?? {};
    const findings = (about.findings ?? []).map((each) => element("li", {}, each));
    return element("tr", {}, element("th", { scope: "row" }, slot, changed.includes(slot) && element("small", {}, `not as ${name.toLowerCase()}`)),
      element("td", {}, component ?? "nothing", about.path && element("small", {}, about.path), findings.length > 0 && element("ul", { class: "findings" }, findings)),
      element("td", {}, about.owner, about.review && element("small", {}, `review by ${about.review}`)), element("td", {}, about.hypothesis));
  });
  const head = ["Slot", "Component", "Owner", "Hypothesis"].map((each) => element("th", { scope: "col" }, each));
  return element("section", {}, element("h3", {}, "Made of"), element("div", { class: "wide", tabindex: 0, role: "region", "aria-label": "Components" }, element("table", {}, element("thead", {}, element("tr", {}, head)), element("tbody", {}, rows))));
}

function history(model, card) {
  const needs = model.needs(card);
  const asked = model.asked.get(card.digest);
  const decisions = [...card.decisions, ...(asked ? [{ ...asked, reviewer: "You, here" }] : [])];
  const items = decisions.map((each) => element("li", {}, `${{ approve: "Approved", changes: "Changes asked for", withdraw: "Withdrawn" }[each.verdict]} by ${each.reviewer}, ${each.time.slice(0, 10)}`, each.slot && ` (${each.slot})`, each.comment && element("blockquote", {}, each.comment)));
  return element("section", {}, element("h3", {}, "Decisions"), element("p", {}, `${needs.filter((each) => model.approved(each)).length} of ${count(needs.length, "subject")} that it needs approved.`), element("ul", {}, items));
}
