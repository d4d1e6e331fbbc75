// Starlight as its guide sets it up, in Japanese; the side menu leads to the home page only, as
// 1,786 entries on every page would be unfair to it.
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
