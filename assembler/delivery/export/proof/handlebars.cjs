// Reads {template, people, packages} as JSON, prints {version, rendered} or {missing} or {error}. The helpers are those of
// SendGrid and Iterable, as their documentation has them.
"use strict";
const { template, people, packages } = JSON.parse(require("fs").readFileSync(0, "utf8"));
// Where `npm install -g` puts packages. A project's own are not run: a project is not trusted.
const everybodys = [require("path").resolve(process.execPath, "../../lib"), "/usr/local/lib"];

function answer() {
  let path;
  try {
    path = require.resolve("handlebars", { paths: packages ? [packages] : everybodys });
  } catch {
    return { missing: true };
  }
  const handlebars = require(path).create();
  const same = function (one, other, options) {
    return one === other ? options.fn(this) : options.inverse(this);
  };
  handlebars.registerHelper({ equals: same, ifEq: same });
  try {
    const compiled = handlebars.compile(template);
    return { version: handlebars.VERSION, rendered: people.map((person) => compiled(person)) };
  } catch (error) {
    return { error: String(error.message) };
  }
}

process.stdout.write(JSON.stringify(answer()));
