import { resolve } from "node:path";
import type { NextConfig } from "next";

const examples = resolve("..");

const config: NextConfig = {
  // Paths of the CMS end with a slash.
  trailingSlash: true,
  poweredByHeader: false,
  // Title and description are in the head of the first response for everybody.
  htmlLimitedBots: /.*/,
  // ../shared belongs to the site.
  turbopack: { root: examples },
  outputFileTracingRoot: examples,
};

export default config;
