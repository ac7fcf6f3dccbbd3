import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { SubmitButton } from "#app/_ui/submit-button.tsx";
import { current } from "./current.ts";
import { signOut } from "./sign-out.ts";

/** At the end of the header: who is signed in and the way out, or the way in. */
export async function SignedIn() {
  const t = await getTranslations("common");
  // A database that is down must not take the frame with it: the page itself says what is wrong.
  const found = await current().catch(() => null);
  if (found === null) return null;
  if (found.kind !== "open" && found.kind !== "checking") {
    return (
      <Link href="/sign-in" prefetch={false}>
        {t("signIn")}
      </Link>
    );
  }
  return (
    <>
      <span>{t.rich("signedInAs", { id: () => <bdi dir="ltr">{found.actor.mxid}</bdi> })}</span>
      <form action={signOut}>
        <SubmitButton variant="quiet" pending={t("signingOut")}>
          {t("signOut")}
        </SubmitButton>
      </form>
    </>
  );
}
