import { receiver } from "../wrapped.ts";

/** The files beside the page. A page from a disk cannot fetch; it can load scripts, and these only hand over text. */
export interface Parts {
  load(name: string): Promise<readonly string[]>;
  /** When it is at hand already. */
  held(name: string): readonly string[] | null;
}

/** So many stay in memory: about a megabyte each. */
const most = 12;

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}

/** @param wanted called for each text array that arrives; @throws (rejects) when a file is not there */
export function partsOnDisk(): Parts {
  const held = new Map<string, readonly string[]>();
  const loading = new Map<string, Promise<readonly string[]>>();
  const arrived = new Map<string, readonly string[]>();
  const page = globalThis as unknown as { [receiver]: (name: string, texts: readonly string[]) => void; trustedTypes?: TrustedTypes };
  page[receiver] = (name, texts) => void arrived.set(name, texts);
  // The page's policy lets no text become the address of a script but through this.
  const policy = page.trustedTypes?.createPolicy("parts", { createScriptURL: own }) ?? { createScriptURL: own };

  const fetchPart = (name: string) =>
    new Promise<readonly string[]>((resolve, reject) => {
      const script = document.createElement("script");
      script.src = policy.createScriptURL(`viewer/${name}.js`);
      script.onload = () => {
        const texts = arrived.get(name);
        arrived.delete(name);
        script.remove();
        if (texts) resolve(texts);
        else reject(new Error(`${name} holds something else`));
      };
      script.onerror = () => {
        script.remove();
        reject(new Error(`${name} is not there`));
      };
      document.head.append(script);
    });

  return {
    held(name) {
      const texts = held.get(name);
      if (!texts) return null;
      held.delete(name);
      held.set(name, texts);
      return texts;
    },
    load(name) {
      const known = this.held(name);
      if (known) return Promise.resolve(known);
      const under = loading.get(name) ?? fetchPart(name).then((texts) => {
        held.set(name, texts);
        for (const oldest of held.keys()) {
          if (held.size <= most) break;
          held.delete(oldest);
        }
        return texts;
      }).finally(() => loading.delete(name));
      loading.set(name, under);
      return under;
    },
  };
}

function own(url: string): string {
  if (!/^viewer\/[a-z]+(?:-\d{4,})?\.js$/.test(url)) throw new TypeError("not a part of this copy");
  return url;
}
