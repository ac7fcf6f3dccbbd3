import { getTranslations } from "next-intl/server";
import type { SignInWords } from "./words.ts";

/** Everything the form may have to say. What only the browser knows stays a place to fill: "{time}". */
export async function readWords(server: string, mail: string): Promise<SignInWords> {
  const t = await getTranslations("sign-in");
  const facts = { server, mail, time: "{time}", id: "{id}", provider: "{provider}" };
  const say = (key: string) => t(`form.${key}`, facts);
  const problems = Object.keys(t.raw("problems") as Record<string, string>).map((key) => [key, t(`problems.${key}`, facts)] as const);
  return {
    errorTitle: say("errorTitle"),
    errorPrefix: say("errorPrefix"),
    name: say("name"),
    nameHint: say("nameHint"),
    password: say("password"),
    passwordHint: say("passwordHint"),
    submit: say("submit"),
    working: say("working"),
    asking: say("asking"),
    or: say("or"),
    sso: say("sso"),
    ssoWith: say("ssoWith"),
    ssoWorking: say("ssoWorking"),
    arriving: say("arriving"),
    noWay: say("noWay"),
    tryAgain: say("tryAgain"),
    blankEnds: say("blankEnds"),
    deviceName: t("deviceName"),
    problems: Object.fromEntries(problems),
  };
}
