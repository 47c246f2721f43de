// The mail in MJML, compiled with its defaults; the html goes to standard output.
import { readFileSync } from "node:fs";
import mjml2html from "mjml";

const source = readFileSync(new URL("mail.mjml", import.meta.url), "utf8");
const { html, errors } = await mjml2html(source);
if (errors.length) throw new Error(JSON.stringify(errors));
process.stdout.write(html);
