// Asks a service for flags with OpenFeature's own client: reads {url, asked: [[key, default, context]]} from standard
// input, and prints the details of each evaluation.
const { OpenFeature } = require("@openfeature/server-sdk");
const { OFREPProvider } = require("@openfeature/ofrep-provider");

async function main() {
	const { url, headers, asked } = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
	await OpenFeature.setProviderAndWait(new OFREPProvider({ baseUrl: url, headers: Object.entries(headers ?? {}) }));
	const client = OpenFeature.getClient();
	const evaluations = [];
	for (const [key, otherwise, context] of asked) {
		const call = { string: "getStringDetails", object: "getObjectDetails", boolean: "getBooleanDetails" }[typeof otherwise];
		evaluations.push(await client[call](key, otherwise, context));
	}
	process.stdout.write(JSON.stringify(evaluations));
	await OpenFeature.close();
}

main();
