import Holidays from "date-holidays";
import { z } from "zod";

/**
 * How one variable is read. Every message continues the sentence "<VARIABLE> …" and says what to do,
 * without repeating the value: it may be a secret.
 */
const required = (what: string) => z.string({ error: `is not set: ${what}` });

export const text = (what: string) => required(what).trim().min(1, `is empty: ${what}`);

export const mail = (what: string) => required(`give ${what}`).pipe(z.email(`is not one mail address: give ${what}`));

/** `user@host` or `Name <user@host>`. */
export const sender = () =>
  required("give the address letters come from, like Privacy portal <privacy@example.org>").refine((value) => {
    const parts = /^[^<>\r\n]*<([^<>]+)>$/.exec(value.trim());
    return z.email().safeParse(parts?.[1] ?? value.trim()).success;
  }, "is not a sender: write privacy@example.org or Privacy portal <privacy@example.org>");

export const secret = () =>
  required("give a long random text; `openssl rand -base64 32` makes one")
    .min(32, "is too short: give at least 32 characters; `openssl rand -base64 32` makes them");

/** One key, or several separated by commas while an old one is still needed: the newest first. */
export const keys32 = () =>
  required("give 32 random bytes in base64; `openssl rand -base64 32` makes them")
    .transform((value) => value.split(",").map((key) => key.trim()))
    .refine((keys) => keys.every((key) => /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/.test(key)), "is not 32 bytes in base64; `openssl rand -base64 32` makes them")
    .transform((keys) => keys.map((key) => Buffer.from(key, "base64")));

const parseUrl = (value: string) => (URL.canParse(value) ? new URL(value) : null);

const url = (schemes: readonly string[], what: string) =>
  required(`give the address of ${what}`).refine((value) => {
    const parsed = parseUrl(value);
    return parsed !== null && schemes.includes(parsed.protocol) && parsed.hostname !== "";
  }, `is not an address beginning with ${schemes.map((scheme) => `${scheme}//`).join(" or ")}: give ${what}`);

/** Without a trailing slash, so that a path can be put behind it. */
export const webUrl = (what: string) =>
  url(["https:", "http:"], what)
    .refine((value) => parseUrl(value)?.username === "", "holds a user name: an address that is shown or logged must not")
    .transform((value) => value.replace(/\/+$/, ""));

export const origin = (what: string) =>
  webUrl(what).refine((value) => parseUrl(value)?.origin === value, `has a path or capital letters: give only scheme, host and port of ${what}`);

export const postgresUrl = (what: string) => url(["postgres:", "postgresql:"], what);

export const smtpUrl = () => url(["smtp:", "smtps:"], "the mail server, like smtp://user:password@mail.example.org:587");

export const serverName = () =>
  required("give the homeserver's server_name, the part after the colon in Matrix IDs")
    .regex(/^(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?$/, "is not a server name: give the part after the colon in Matrix IDs, like example.org, without https://");

export const timeZone = () =>
  z.string().refine((value) => {
    try {
      new Intl.DateTimeFormat("en", { timeZone: value });
      return !/^[+-]/.test(value);
    } catch {
      return false;
    }
  }, "is not a time zone: give an IANA name like Europe/Berlin; the legal clock runs in it");

export const holidays = () =>
  required("give the country whose public holidays move a deadline, like DE or GB/ENG").refine((value) => {
    const [country = "", state, ...rest] = value.split("/");
    const known = new Holidays();
    if (rest.length > 0 || !Object.hasOwn(known.getCountries(), country)) return false;
    return state === undefined || Object.hasOwn(known.getStates(country) ?? {}, state);
  }, "is not a country with known holidays: give its two letters and, where they differ inside it, the region, like DE or GB/ENG");

const isMxid = (value: string) => /^@[^:]+:.+$/.test(value);

export const operators = () =>
  required("give the Matrix IDs of the people who decide requests, separated by commas")
    .transform((value) => value.split(/[\s,]+/).filter((part) => part !== ""))
    .refine((list) => list.length > 0, "is empty: give at least one Matrix ID")
    .refine((list) => list.every(isMxid), "holds something that is no Matrix ID: each looks like @name:example.org");

export const mxid = () => z.string().refine(isMxid, "is no Matrix ID: it looks like @name:example.org");

/** Matrix IDs, separated by commas; none where it is not set. */
export const mxids = () =>
  z.string().default("").transform((value) => value.split(/[\s,]+/).filter((part) => part !== ""))
    .refine((list) => list.every(isMxid), "holds something that is no Matrix ID: each looks like @name:example.org");

export const flag = () =>
  z.enum(["true", "false"], { error: "is neither true nor false" }).transform((value) => value === "true");

export const days = (min: number, max: number) =>
  z.string().regex(/^[0-9]{1,5}$/, "is not a whole number of days").transform(Number)
    .refine((value) => value >= min && value <= max, `must be between ${min} and ${max} days`);

const units: Readonly<Record<string, number>> = { "": 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000, y: 365 * 86_400_000 };

/** As Synapse writes a duration: milliseconds, or a number with s, m, h, d, w or y. In milliseconds. */
export const period = (what: string) =>
  z.string().regex(/^[0-9]{1,12}[smhdwy]?$/, `is not a period: write ${what} as in homeserver.yaml, like 7d`)
    .transform((value) => Number.parseInt(value, 10) * (units[value.replace(/[0-9]+/, "")] ?? 1));

export const file = () => z.string().startsWith("/", "is not a full path of a file: begin with /");

/** Full paths, separated by commas. */
export const files = () =>
  z.string().transform((value) => value.split(",").map((part) => part.trim()).filter((part) => part !== ""))
    .refine((paths) => paths.length > 0 && paths.every((path) => path.startsWith("/")), "is not a list of full paths: begin each with /, separate them by commas");

export const folder = () => z.string().startsWith("/", "is not a full path: begin with /");

/** A folder, or "s3:" and the name of a bucket. */
export const storage = () =>
  z.string().regex(/^(?:s3:[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]|(?!s3:).+)$/, "names no bucket: write s3:name-of-the-bucket, or a folder");
