import { lookup } from "node:dns/promises";
import type { IncomingMessage } from "node:http";
import { request } from "node:https";
import { isIP } from "node:net";
import { checkServerIdentity } from "node:tls";
import { isPublic } from "./public-address.ts";

/** A place on somebody else's network. */
export interface Target {
  /** Name or IP address (without brackets) to connect to. */
  readonly host: string;
  readonly port: number;
  /** The port stands in the server's own name, so that it need not be one of the usual two. */
  readonly named?: boolean;
  /** Host header. */
  readonly authority: string;
  /** Name the certificate must hold; an address for an address. */
  readonly certificateFor: string;
}

export interface SafeRequest {
  readonly method?: "GET" | "POST";
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface SafeAnswer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly date: string | null;
  readonly text: string;
}

export type SafeFetch = (target: Target, request: SafeRequest) => Promise<SafeAnswer>;

/** The address is none that may be asked: trying again cannot help. */
export class AddressRefused extends Error {
  constructor() {
    super("an address that must not be asked");
    this.name = "AddressRefused";
  }
}

/** No answer, or none that can be used. */
export class NoAnswer extends Error {
  constructor(cause?: unknown) {
    super("no answer", { cause });
    this.name = "NoAnswer";
  }
}

/** For tests alone: the composition root gives none of it, and no setting reaches it. */
export interface Network {
  /** Every address of a name. */
  resolve(host: string): Promise<readonly string[]>;
  /** Where a connection to this address and port really goes. */
  dial(address: string, port: number): { readonly host: string; readonly port: number };
  /** Certificate to trust besides the usual ones. */
  readonly ca?: string;
  readonly timeoutMs?: number;
}

const internet: Network = {
  resolve: async (host) => (await lookup(host, { all: true, verbatim: true })).map(({ address }) => address),
  dial: (address, port) => ({ host: address, port }),
};

const usualPorts: readonly number[] = [443, 8448];
const patienceMs = 5_000;
const maxBytes = 64 << 10;

/**
 * HTTPS to a server whose name others chose. The name is resolved once, every address it has must be public, and the connection goes
 * to one of these: a second answer of its DNS server changes nothing. No redirect is followed; 64 KB, five seconds in all.
 * @throws AddressRefused or NoAnswer, neither with an address in its words
 */
export function openSafeFetch(network: Network = internet): SafeFetch {
  return async (target, asked) => {
    if (!target.named && !usualPorts.includes(target.port)) throw new AddressRefused();
    const signal = AbortSignal.timeout(network.timeoutMs ?? patienceMs);
    const addresses = await publicAddresses(target.host, network, signal);
    let last: unknown;
    for (const address of addresses.slice(0, 4)) {
      try {
        return await ask({ ...target, ...network.dial(address, target.port) }, asked, signal, network.ca);
      } catch (error) {
        // Another address of the same name may be reachable; once somebody has answered, that is the answer.
        if (error instanceof NoAnswer) throw error;
        last = error;
      }
    }
    throw new NoAnswer(last);
  };
}

async function publicAddresses(host: string, network: Network, signal: AbortSignal): Promise<readonly string[]> {
  const addresses = isIP(host) === 0 ? await within(network.resolve(host), signal) : [host];
  if (addresses.length === 0) throw new NoAnswer();
  if (!addresses.every(isPublic)) throw new AddressRefused();
  return addresses;
}

/** A resolver cannot be told to stop; it is not waited for. */
async function within<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const end = new Promise<never>((_resolve, reject) => signal.addEventListener("abort", () => reject(new Error("timeout")), { once: true }));
  return Promise.race([work, end]).catch((error: unknown) => {
    throw new NoAnswer(error);
  });
}

function ask(target: Target, { method = "GET", path, headers = {}, body }: SafeRequest, signal: AbortSignal, ca: string | undefined): Promise<SafeAnswer> {
  return new Promise((resolve, reject) => {
    const sent = request({
      host: target.host,
      port: target.port,
      method,
      path,
      signal,
      agent: false,
      // Addresses are not sent as a name; against what the certificate is held is said apart.
      servername: isIP(target.certificateFor) === 0 ? target.certificateFor : "",
      checkServerIdentity: (_name, certificate) => checkServerIdentity(target.certificateFor, certificate),
      headers: { ...headers, host: target.authority, accept: "application/json", ...(body === undefined ? {} : { "content-length": Buffer.byteLength(body) }) },
      ...(ca === undefined ? {} : { ca }),
    });
    sent.on("error", reject);
    sent.on("response", (response) => {
      readText(response).then(
        (text) => resolve({ status: response.statusCode ?? 0, retryAfter: response.headers["retry-after"] ?? null, date: response.headers.date ?? null, text }),
        (error: unknown) => {
          sent.destroy();
          reject(error instanceof NoAnswer ? error : new NoAnswer(error));
        },
      );
    });
    sent.end(body);
  });
}

async function readText(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw new NoAnswer();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
