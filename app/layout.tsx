import type { Metadata, Viewport } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { connection } from "next/server";
import type { ReactNode } from "react";
import { ErrorWordsProvider } from "./_server/error-words.tsx";
import "./_ui/tokens.css";
import "./_ui/base.css";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("common");
  return {
    title: { default: t("name"), template: `%s · ${t("name")}` },
    // Nobody's privacy requests belong in a search engine.
    robots: { index: false, follow: false },
    formatDetection: { telephone: false, email: false, address: false },
  };
}

export const viewport: Viewport = {
  colorScheme: "light dark",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#ffffff" },
    { media: "(prefers-color-scheme: dark)", color: "#141e1d" },
  ],
};

/** Every page is made for its request: a nonce cannot be prepared at build time. */
export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  await connection();
  const t = await getTranslations("public.error");
  const words = { title: t("title"), lead: t("lead"), text: t("text"), id: t("id"), again: t("again"), home: t("home") };
  return (
    <html lang={await getLocale()}>
      <body>
        <ErrorWordsProvider words={words}>{children}</ErrorWordsProvider>
      </body>
    </html>
  );
}
