// Starlight as in its guide, in Japanese. The sidebar has only the home page: 1,786 entries on
// every page would be unfair to it.
import starlight from "@astrojs/starlight";
import { defineConfig } from "astro/config";

export default defineConfig({
  site: "https://starlight.test",
  integrations: [
    starlight({
      title: "よくある質問",
      locales: { root: { label: "日本語", lang: "ja" } },
      sidebar: [{ label: "ホーム", link: "/" }],
    }),
  ],
});
