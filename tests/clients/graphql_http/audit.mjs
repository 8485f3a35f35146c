// Runs every audit of graphql-http against the address given as argument and prints one line for each.
// Ends with 1 if any fails, those that the suite calls optional included.
import { serverAudits } from "graphql-http";

const [url] = process.argv.slice(2);
let failed = 0;
for (const audit of serverAudits({ url, fetchFn: fetch })) {
  const result = await audit.fn();
  failed += result.status !== "ok";
  console.log(`${result.status} ${audit.id} ${audit.name}${result.reason ? `: ${result.reason}` : ""}`);
}
process.exit(failed ? 1 : 0);
