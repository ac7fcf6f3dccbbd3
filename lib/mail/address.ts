/**
 * One mailbox and nothing else, as bare ASCII `local@domain` (RFC 5321 dot-string). Quoted locals, lists,
 * comments, line breaks and look-alikes of "@" are refused rather than understood: two parsers that read
 * such an address differently send it to two people (CVE-2026-73420).
 */
export function isOneMailbox(address: string): boolean {
  return address.length <= 254 && /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*$/.test(address);
}
