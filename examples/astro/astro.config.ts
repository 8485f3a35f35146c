import { defineConfig } from "astro/config";
import incremental from "./src/incremental";

export default defineConfig({
  trailingSlash: "always",
  // The integration moves it to dist/, where the pages that stay already are.
  outDir: ".cms/out",
  integrations: [incremental()],
  // Files of their own, so that a Content-Security-Policy without exceptions holds.
  build: { inlineStylesheets: "never" },
  vite: { build: { assetsInlineLimit: 0 } },
  devToolbar: { enabled: false },
});
