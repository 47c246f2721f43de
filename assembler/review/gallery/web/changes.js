// What changed since an older library, as sentences: each cause once, with its pictures before and after.

import { address } from "address";
import { count, h, language, listed, words } from "dom";
import { marked } from "panel";

export function changes(model, tiles) {
	if (!model.causes.length) return [h("li", words.unchanged)];
	return model.causes.map(({ title, component, sentences, variants }, number) => {
		const look = model.looks.filter((card) => card.causes.includes(number) && model.status(card) !== "approved").length;
		const card = model.cards.find(({ causes }) => causes.includes(number)), slot = card && model.slots(card).find(([, address]) => address && address === component)?.[0];
		const told = sentences.map(({ begins, locales, ends, scraps }) => [h("h2", begins, listed(locales.map(language)), ends), scraps.map((scrap) => h("p", { class: "said" }, marked(scrap)))]);
		const open = variants > 0 && h("button", { onclick: () => address.go({ page: "all", cause: title, against: "before" }) }, `${count(variants, "variant")}, ${look || "none"} to look at`);
		const pictures = (card?.before ? [true, false] : []).map((before) => h("figure", h("figcaption", before ? words.before : words.now), tiles.watch(h("div", { class: "thumb", inert: true }), card, { before, slot })));
		return h("li", told, open, pictures.length > 0 && h("div", { class: "pair" }, pictures));
	});
}
