/** Matrix writes base 64 without padding, Element's key file in lines: both are read. @throws for anything else */
export function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text.replace(/\s/g, "")), (char) => char.charCodeAt(0));
}

/** Unpadded, as Matrix writes ids of sessions. */
export function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replace(/=+$/, "");
}
