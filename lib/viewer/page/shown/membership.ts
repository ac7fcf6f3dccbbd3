import { field, text } from "../json.ts";
import type { ViewerEvent } from "../event.ts";
import type { Shown } from "./shown.ts";

/**
 * MSC3759, stable and unstable: the leave says that the account was deactivated. Anybody may write it about anybody, so it
 * counts only where the one who left is the one who says so.
 */
export function saysDeactivated(event: ViewerEvent): boolean {
  const marked = field(event.content, "m.deactivated") === true || field(event.content, "org.matrix.msc3759.deactivated") === true;
  return marked && event.type === "m.room.member" && text(event.content, "membership") === "leave" && event.sender === event.stateKey;
}

export function membership(event: ViewerEvent): Shown {
  const name = text(event.content, "displayname");
  const reason = text(event.content, "reason");
  const user = event.stateKey ?? "";
  const said = text(event.content, "membership");
  if (event.stateKey === event.sender) {
    if (said === "join") {
      const again = event.replaces ? "rejoin" : "join";
      return name === null ? { label: `member.${again}`, text: reason } : { label: `member.${again}As`, values: { name }, text: reason };
    }
    if (saysDeactivated(event)) return { label: "member.deactivated", text: reason };
    if (said === "leave") return { label: "member.leave", text: reason };
    if (said === "knock") return { label: "member.knock", text: reason };
  }
  const act = said === "invite" ? "invite" : said === "leave" ? "kick" : said === "ban" ? "ban" : "other";
  return { label: `member.${act}`, values: { user }, text: reason };
}
