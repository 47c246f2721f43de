// A message without a picture, as a phone shows it.

import { h } from "dom";

export const bubble = (texts) => h("div", { class: "bubble" }, texts.map((text, number) => h(number < texts.length - 1 ? "strong" : "p", null, text.trim())));
