// The mail in Maizzle, with the metas of its starter and its production settings; the html goes to standard output.
import { readFileSync } from "node:fs";
import { render } from "@maizzle/framework";

const source = readFileSync(new URL("maizzle.html", import.meta.url), "utf8");
const { html } = await render(source, {
  css: {
    inline: true,
    purge: true,
    shorthand: true,
    tailwind: { content: [{ raw: source }], theme: { extend: {}, screens: { sm: { max: "600px" } } } },
  },
});
process.stdout.write(html);
